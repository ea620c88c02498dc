"""Integer ids that grow with time, and the global ids that clients see."""

from __future__ import annotations

import base64
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.ids import (
    EPOCH_MILLISECONDS,
    MAX_GLOBAL_ID_LENGTH,
    MAX_ID,
    SEQUENCE_BITS,
    IdMaker,
    from_global_id,
    id_number,
    to_global_id,
)

NOW = 1_770_000_000_000_000
"""A moment in 2026, in microseconds."""

parts = st.lists(
    st.integers(0, MAX_ID) | st.text("abcXYZ019_-:+/é नम", min_size=1, max_size=12),
    min_size=1,
    max_size=3,
)


class Clock:
    """A clock that a test sets, in microseconds."""

    def __init__(self, now: int = NOW) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def millisecond_of(number: int) -> int:
    return (number >> SEQUENCE_BITS) + EPOCH_MILLISECONDS


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_an_id_holds_its_millisecond_and_fits_a_signed_64_bit_column() -> None:
    assert millisecond_of(IdMaker(Clock()).next()) == NOW // 1000
    last_day = (EPOCH_MILLISECONDS + 2**42 - 1) * 1000
    assert IdMaker(Clock(last_day), lambda bits: 2**bits - 1).next() == MAX_ID


def test_a_millisecond_starts_at_random_and_counts_on() -> None:
    asked: list[int] = []

    def randbits(bits: int) -> int:
        asked.append(bits)
        return 1000

    clock = Clock()
    maker = IdMaker(clock, randbits)
    first = [maker.next() & (2**SEQUENCE_BITS - 1) for _ in range(3)]
    clock.now += 1000
    assert first == [1000, 1001, 1002]
    assert maker.next() & (2**SEQUENCE_BITS - 1) == 1000
    assert asked == [SEQUENCE_BITS, SEQUENCE_BITS]


def test_two_makers_in_the_same_millisecond_start_apart() -> None:
    starts = {IdMaker(Clock()).next() for _ in range(20)}
    assert len(starts) > 15


def test_a_full_millisecond_borrows_from_the_next() -> None:
    clock = Clock()
    maker = IdMaker(clock, lambda bits: 2**bits - 1)
    full = maker.next()
    borrowed = maker.next()
    clock.now += 1000
    assert borrowed == full + 1
    assert millisecond_of(borrowed) == NOW // 1000 + 1
    assert maker.next() == full + 2, "the borrowed millisecond has come: count on within it"


def test_ids_keep_growing_when_the_clock_steps_back() -> None:
    clock = Clock()
    maker = IdMaker(clock)
    before = maker.next()
    clock.now -= 3_600_000_000
    assert maker.next() == before + 1


def test_a_clock_before_2020_still_gives_growing_positive_ids() -> None:
    maker = IdMaker(Clock(0))
    assert 0 < maker.next() < maker.next()


@given(st.lists(st.integers(-5_000, 5_000), min_size=1, max_size=200), st.randoms())
def test_ids_of_one_maker_only_ever_grow(steps: list[int], random: Random) -> None:
    clock = Clock()
    maker = IdMaker(clock, random.getrandbits)
    made: list[int] = []
    for step in steps:
        clock.now += step
        made.append(maker.next())
    assert all(a < b for a, b in pairwise(made))


@given(parts)
def test_a_global_id_reads_back_and_is_url_safe(key: list[int | str]) -> None:
    value = to_global_id("Redemption", *key)
    assert from_global_id(value, "Redemption") == tuple(str(part) for part in key)
    assert set(value) <= set(base64.urlsafe_b64encode(bytes(range(256))).decode() + "-_") - {"="}
    assert value == encoded("Redemption:" + ".".join(map(str, key)))


def test_a_global_id_of_another_type_is_none() -> None:
    assert from_global_id(to_global_id("Customer", 1), "Redemption") is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "!",
        "A",
        "é",
        "\ud800",
        encoded("Redemption"),
        encoded("Redemption:"),
        encoded("Redemption:1."),
        encoded("Redemption:.1"),
        encoded("Redemption:1\x00"),
        encoded("Redemption:1\n"),
        encoded(":1"),
        base64.urlsafe_b64encode(b"Redemption:\xff").decode().rstrip("="),
        encoded("Redemption:12") + "=" * 2,
        encoded("Redemption:12") + "\n",
        " " + encoded("Redemption:12"),
        encoded("Redemption:12")[:4] + "!" + encoded("Redemption:12")[4:],
        base64.b64encode(b"Redemption:???").decode().rstrip("="),
        encoded("Redemption:" + "1" * 200),
    ],
)
def test_anything_but_a_canonical_global_id_is_none(value: str) -> None:
    assert from_global_id(value, "Redemption") is None


def test_spare_bits_at_the_end_make_no_second_id() -> None:
    """The last character of base64 may carry bits that mean nothing; they must be zero."""
    value = to_global_id("Redemption", 12)
    twin = value[:-1] + chr(ord(value[-1]) + 1)
    raw = base64.urlsafe_b64decode(twin + "=" * (-len(twin) % 4))
    assert raw == b"Redemption:12"
    assert from_global_id(twin, "Redemption") is None


@given(st.text(max_size=250))
def test_no_text_makes_reading_fail(value: str) -> None:
    assert from_global_id(value, "Redemption") is None


@pytest.mark.parametrize("key", [(), ("",), ("a.b",), (1, ""), ("a\x00",), ("x" * 200,)])
def test_a_key_that_would_not_read_back_is_refused(key: tuple[int | str, ...]) -> None:
    with pytest.raises(ValueError, match="Redemption id"):
        to_global_id("Redemption", *key)


def test_the_longest_global_id_reads_back() -> None:
    value = to_global_id("T", "x" * 148)
    assert len(value) == MAX_GLOBAL_ID_LENGTH
    assert from_global_id(value, "T") == ("x" * 148,)


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("0", 0),
        ("12", 12),
        (str(MAX_ID), MAX_ID),
        (str(MAX_ID + 1), None),
        ("007", None),
        ("-1", None),
        ("+1", None),
        ("1_0", None),
        ("", None),
        ("\u0967", None),
        ("9" * 5000, None),
    ],
)
def test_only_one_text_stands_for_a_number(part: str, number: int | None) -> None:
    assert id_number(part) == number
