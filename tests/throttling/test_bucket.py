"""The bucket in one integer does what a bucket with drops in it does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.throttling.bucket import HOUR_SECONDS, SECOND, Rate, take

START = 1_790_000_000 * SECOND
RATES = st.builds(
    Rate, st.integers(1, 100_000), st.integers(1, 10_000), st.sampled_from([1, HOUR_SECONDS])
)
STEPS = st.lists(st.tuples(st.integers(0, 3 * SECOND), st.integers(1, 12_000)), max_size=60)


class Pail:
    """A bucket as one would draw it: drops in it, in exact fractions, and a tap."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self.drops = Fraction(rate.burst)
        self.at = START

    def fill(self, now: int) -> None:
        came = Fraction(now - self.at, self.rate.interval)
        self.drops, self.at = min(Fraction(self.rate.burst), self.drops + came), now

    def take(self, now: int, units: int) -> bool:
        self.fill(now)
        wanted = min(units, self.rate.burst)
        enough = self.drops >= wanted
        self.drops -= wanted if enough else 0
        return enough


@given(RATES, STEPS)
def test_it_admits_exactly_what_a_naive_bucket_admits(rate: Rate, steps: list[tuple[int, int]]):
    pail, full_at, now = Pail(rate), 0, START
    for pause, units in steps:
        now += pause
        full_at, wait = take(rate, full_at, now, units)
        assert (wait == 0) is pail.take(now, units)
        assert rate.left(full_at, now) == int(pail.drops)


@given(RATES, STEPS, st.integers(1, 12_000))
def test_the_wait_is_the_shortest_one_that_helps(
    rate: Rate, steps: list[tuple[int, int]], units: int
):
    full_at, now = 0, START
    for pause, wanted in steps:
        now += pause
        full_at = take(rate, full_at, now, wanted).full_at
    wait = take(rate, full_at, now, units).wait
    assert take(rate, full_at, now + wait, units).wait == 0
    if wait:
        assert take(rate, full_at, now + wait - 1, units).wait == 1


@given(RATES, st.integers(1, 10_000), st.integers(1, 10**9))
def test_a_clock_that_steps_back_keeps_nobody_out_for_longer_than_a_bucket_takes_to_fill(
    rate: Rate, units: int, seconds: int
):
    full_at = take(rate, 0, START, rate.burst).full_at
    earlier = START - seconds * SECOND
    assert take(rate, full_at, earlier, units).wait <= rate.span


@pytest.mark.parametrize("units", [1, 3, 7, 999, 70_001, 100_000])
def test_a_rate_is_rounded_to_the_slower_side_by_less_than_one_in_ten_thousand(units: int):
    rate = Rate(units, 1)
    assert rate.interval * units >= SECOND
    assert rate.interval * units < SECOND + SECOND // 10_000
