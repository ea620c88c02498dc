"""Several customers of one request: their years are read at once."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

import pytest

from gateway import loaders
from gateway.loaders import Years
from gateway.rules.tiers import Day
from tests.services.making import NOW

Asked = list[tuple[int, frozenset[int], int]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Each statement: of which merchant, for whom, and when."""
    seen: Asked = []

    async def years_of(merchant: int, whose: Collection[int], now: int) -> dict[int, list[Day]]:
        seen.append((merchant, frozenset(whose), now))
        await asyncio.sleep(0)
        if 13 in whose:
            raise LookupError("13")
        return {each: [Day(each, 1, 1)] for each in whose if each % 2}

    monkeypatch.setattr(loaders, "years_of", years_of)
    return seen


async def test_all_who_are_asked_for_together_are_one_statement(asked: Asked):
    years = Years()
    found = await asyncio.gather(*(years.of(1, each, NOW) for each in (1, 2, 3, 3)))
    assert [[day.day for day in days] for days in found] == [[1], [], [3], [3]]
    assert asked == [(1, frozenset({1, 2, 3}), NOW)]


async def test_who_asks_later_is_answered_by_the_next_statement(asked: Asked):
    years = Years()
    first = asyncio.ensure_future(years.of(1, 1, NOW))
    for _ in range(2):  # its turn, and that of its statement
        await asyncio.sleep(0)
    assert len(asked) == 1
    assert [day.day for day in await years.of(1, 5, NOW + 1)] == [5]
    assert [day.day for day in await first] == [1]
    assert asked == [(1, frozenset({1}), NOW), (1, frozenset({5}), NOW + 1)]


async def test_a_fault_reaches_all_who_asked_and_nobody_after(asked: Asked):
    years = Years()
    found = await asyncio.gather(
        *(years.of(1, each, NOW) for each in (1, 13)), return_exceptions=True
    )
    assert [type(each) for each in found] == [LookupError] * 2
    assert [day.day for day in await years.of(1, 3, NOW)] == [3]


async def test_who_goes_away_takes_nothing_from_the_others(asked: Asked):
    years = Years()
    gone = asyncio.ensure_future(years.of(1, 1, NOW))
    stays = asyncio.ensure_future(years.of(1, 3, NOW))
    await asyncio.sleep(0)
    gone.cancel()
    assert [day.day for day in await stays] == [3]
