"""Tiers of a rolling year, in worked numbers."""

from __future__ import annotations

from gateway.rules.earning_rules import Earning, Tier, TierMeasure
from gateway.rules.tiers import DAY_MICROSECONDS, Day, Standing, first_day, standing

SILVER, GOLD = Tier("Silver", 100, 12_500), Tier("Gold", 500, 15_000)
EARNING = Earning(tiers=(SILVER, GOLD))
TODAY = 20_000
NOON = TODAY * DAY_MICROSECONDS + DAY_MICROSECONDS // 2


def stands(*days: tuple[int, int], now: int = NOON, earning: Earning = EARNING) -> Standing:
    """Days are told as (day, points)."""
    return standing(earning, (Day(day, 0, points, 1) for day, points in days), now)


def test_who_has_nothing_has_no_tier_and_sees_the_first():
    assert stands() == Standing(tier=None, counted=0, next_tier=SILVER, missing=100, review_at=None)


def test_a_tier_is_reached_at_its_threshold():
    assert stands((TODAY, 99)).tier is None
    seen = stands((TODAY, 100))
    assert (seen.tier, seen.next_tier, seen.missing) == (SILVER, GOLD, 400)
    assert stands((TODAY, 500)).next_tier is None
    assert stands((TODAY, 500)).missing == 0


def test_a_day_counts_for_365_days_of_which_it_is_the_first():
    leaves = (TODAY + 365) * DAY_MICROSECONDS
    assert stands((TODAY, 100)).review_at == leaves
    assert stands((TODAY, 100), now=leaves - 1).tier == SILVER
    assert stands((TODAY, 100), now=leaves).tier is None
    assert first_day(leaves - 1) == TODAY


def test_the_tier_falls_with_the_day_that_it_cannot_spare():
    """600 points: 60 may go and still 540 are Gold; with the next 50 it is Silver."""
    seen = stands((TODAY - 300, 60), (TODAY - 200, 50), (TODAY, 490))
    assert (seen.tier, seen.counted) == (GOLD, 600)
    assert seen.review_at == (TODAY - 200 + 365) * DAY_MICROSECONDS


def test_days_to_come_do_not_count_yet():
    assert stands((TODAY + 1, 500)).counted == 0


def test_the_measure_says_what_is_counted():
    spent = Earning(tiers=(SILVER, GOLD), tier_measure=TierMeasure.AMOUNT_SPENT)
    days = [Day(TODAY, 500, 100, 1)]
    assert standing(spent, days, NOON).tier == GOLD
    assert standing(EARNING, days, NOON).tier == SILVER


def test_without_tiers_there_is_nothing_to_review():
    seen = stands((TODAY, 500), earning=Earning())
    assert seen == Standing(tier=None, counted=500, next_tier=None, missing=0, review_at=None)


def test_many_days_are_read_once():
    """Ten years of days, each with a point: a year of them counts, and the oldest falls first."""
    days = ((TODAY - n, 1) for n in range(3_650))
    seen = stands(*days, earning=Earning(tiers=(Tier("T", 365),)))
    assert (seen.counted, seen.review_at) == (365, (TODAY + 1) * DAY_MICROSECONDS)
