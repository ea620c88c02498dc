"""What happens to one part of a batch does not happen to the others."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest

from gateway.errors import RequestError
from gateway.ledger import lanes
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.lanes import Ledger
from gateway.ledger.postgres import PostgresStore
from gateway.ledger.programs import ProgramCache, ProgramKey, encode
from gateway.ledger.reads import Lookup
from gateway.ledger.store_trouble import StoreUnavailable
from gateway.rules.program import Program
from tests.ledger.shop import MERCHANT, PROGRAM, Shop, Watched, codes

POISONED, OUT_OF_REACH = 7, 18


class Troubled(Watched):
    """One customer's command breaks its batch, and another's is where the database goes away."""

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        customers = {command.customer_id for command in commands}
        if POISONED in customers:
            raise ValueError("a batch with this customer is broken")
        if OUT_OF_REACH in customers:
            raise StoreUnavailable("gone")
        return await super().run(commands, now)


async def test_who_was_told_nothing_wrong_was_told_the_truth(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    """The first half of a halved batch was committed when the second found no database."""
    monkeypatch.setattr(lanes, "FIRST_PAUSE_SECONDS", 0)
    store = Troubled(shop.store._store)
    store.lanes = 1
    ledger = Ledger(store, lambda: shop.now)
    answers = await asyncio.gather(
        *(ledger.submit(shop.grant(5, n)) for n in range(1, 21)), return_exceptions=True
    )
    failed = {n: a for n, a in enumerate(answers, 1) if not isinstance(a, Outcome)}
    assert list(failed) == [POISONED, *range(11, 21)]
    assert isinstance(failed[POISONED], ValueError)
    assert isinstance(failed[OUT_OF_REACH], RequestError)
    stored = await shop.sql("SELECT customer_id FROM account WHERE available = 5")
    assert {row[0] for row in stored} == set(range(1, 21)) - set(failed)
    assert codes([a for a in answers if isinstance(a, Outcome)]) == {"ok": 20 - len(failed)}
    await ledger.drain()


async def test_a_probe_waits_for_no_batch_and_disturbs_no_read(postgres_shop: Shop):
    store = postgres_shop.store._store
    assert isinstance(store, PostgresStore)
    writers = [await store._free.get() for _ in range(store.lanes)]
    lookup = Lookup(merchant_id=MERCHANT, customer_id=1)
    async with asyncio.timeout(5):
        await asyncio.gather(
            *(store.ping() for _ in range(20)), *(store.read([lookup], 0) for _ in range(20))
        )
    for writer in writers:
        store._free.put_nowait(writer)


def test_a_thread_does_not_drop_a_program_that_another_has_just_found():
    """SQLite's writer and reader are threads that share what was decoded."""
    cache = ProgramCache(size=1)
    cache.add(encode(PROGRAM))
    later = encode(replace(PROGRAM, version=2))
    other = Thread(target=cache.add, args=(later,))

    class Interrupted(OrderedDict[ProgramKey, Program]):
        """Gives the other thread its chance when a program was found, before it is marked used."""

        def get(self, key: ProgramKey, default: Any = None) -> Any:
            found = super().get(key, default)
            other.start()
            other.join(0.1)
            return found

    cache._programs = Interrupted(cache._programs)
    assert cache.get((MERCHANT, 1)) == PROGRAM
    other.join()
    assert list(cache._programs) == [(MERCHANT, 2)]
