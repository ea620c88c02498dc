"""A flood of keys costs no memory, and does not free those who are throttled."""

from __future__ import annotations

from gateway.throttling.bucket import Rate
from gateway.throttling.kept import SHARED
from gateway.throttling.local import LocalLimit
from tests.e2e.serving import Clock

RATE = Rate(1, 10)
SIZE = 100


def limit(clock: Clock) -> LocalLimit:
    return LocalLimit(RATE, clock, SIZE)


def test_a_flood_of_keys_does_not_push_out_the_one_that_is_throttled():
    clock = Clock()
    buckets = limit(clock)
    assert buckets.take_now((1, "hostile"), 10).wait == 0
    for number in range(20_000):
        buckets.take_now((1, number), 1)
    assert buckets.take_now((1, "hostile"), 1).wait > 0
    assert len(buckets._full_at) <= SIZE + SHARED


def test_whoever_finds_no_room_shares_a_bucket_and_is_limited_too():
    clock = Clock()
    buckets = limit(clock)
    for number in range(SIZE):
        buckets.take_now((1, number), 10)
    admitted = sum(not buckets.take_now((2, number), 1).wait for number in range(50_000))
    assert 0 < admitted <= SHARED * 10


def test_full_buckets_make_room():
    clock = Clock()
    buckets = limit(clock)
    for number in range(SIZE):
        buckets.take_now((1, number), 10)
    clock.advance(10)
    for number in range(SIZE):
        assert buckets.take_now((2, number), 10).wait == 0
        assert buckets.take_now((2, number), 1).wait > 0
    assert len(buckets._full_at) <= SIZE


def test_units_given_back_may_be_taken_again():
    clock = Clock()
    buckets = limit(clock)
    buckets.take_now((1, "a"), 10)
    buckets.give_back((1, "a"), 4)
    assert buckets.take_now((1, "a"), 4).wait == 0
    assert buckets.take_now((1, "a"), 1).wait > 0
