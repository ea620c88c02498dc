"""The past of a demo: the same each time, and one that can be told."""

from __future__ import annotations

from datetime import date

from gateway.services.demo_plan import DAYS, FIRST_SHOPPERS, Ending, planned

LAST = date(2026, 11, 29)


def test_the_same_past_is_told_each_time():
    assert list(planned(LAST)) == list(planned(LAST))


def test_days_go_by_in_order_and_nobody_comes_before_they_joined_or_twice_at_once():
    known, last, numbers = 0, (-1, 0), set[int]()
    for hour in planned(LAST):
        assert last < (hour.day, hour.minute) < (DAYS, 0)
        last = hour.day, hour.minute
        assert hour.joined.start == known
        known = hour.joined.stop
        some = [visit.shopper for visit in hour.visits]
        assert len(set(some)) == len(some)
        assert max(some, default=0) < known
        numbers |= {visit.number for visit in hour.visits}
    assert known > 2 * FIRST_SHOPPERS
    assert numbers == set(range(len(numbers)))


def test_more_and_more_use_their_points():
    visits = [(hour.day, visit) for hour in planned(LAST) for visit in hour.visits]

    def liking(days: range) -> float:
        some = [visit for day, visit in visits if day in days]
        return sum(visit.likes_points for visit in some) / len(some)

    assert liking(range(30)) < liking(range(60, 90))
    assert {visit.ending for _, visit in visits} == set(Ending)
