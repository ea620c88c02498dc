"""A customer's balances now, and again after each change of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gateway.errors import RequestCode, RequestError
from gateway.ledger.commands import Balance
from gateway.ledger.lanes import Ledger
from gateway.ledger.reads import Lookup, Snapshot
from gateway.services.changes import Changes, Watch

T = TypeVar("T")
State = tuple[int, Balance, Balance]


@dataclass(frozen=True, slots=True)
class Pace:
    """How often at most, and at least, the balances are read."""

    gap_seconds: float = 0.1
    """Between two readings: what changes meanwhile is told once, as its latest state."""
    refresh_seconds: float = 60.0
    """Word of a change can be lost (a crash, another program): so read again after this long."""
    pause_seconds: float = 1.0
    """Before reading again where the database was away."""


PACE = Pace()


class Following(Generic[T]):
    """An asynchronous iterator that never ends by itself. To be closed with `aclose`.

    At least the latest state, soon: not each state in between, and nothing is decided on it.
    `show` makes an event of a reading.
    """

    def __init__(
        self, ledger: Ledger, watch: Watch, show: Callable[[Snapshot], T], pace: Pace = PACE
    ) -> None:
        self._ledger = ledger
        self._watch = watch
        self._show = show
        self._pace = pace
        self._shown: State | None = None

    def __aiter__(self) -> Following[T]:
        return self

    async def __anext__(self) -> T:
        """The balances, as soon as they differ from the last ones. Raises RequestError."""
        while self._shown is not None:
            # The gap comes first, so that all changes within it are covered by one reading.
            await asyncio.sleep(self._pace.gap_seconds)
            await self._watch.changed(self._pace.refresh_seconds)
            snapshot = await self._again()
            if snapshot is not None and _state(snapshot) != self._shown:
                return self._told(snapshot)
        return self._told(await self._read())

    async def aclose(self) -> None:
        """Stop watching."""
        self._watch.close()

    def _told(self, snapshot: Snapshot) -> T:
        self._shown = _state(snapshot)
        return self._show(snapshot)

    async def _read(self) -> Snapshot:
        merchant_id, customer_id = self._watch.who
        lookup = Lookup(merchant_id=merchant_id, customer_id=customer_id)
        snapshot = await self._ledger.read(lookup)
        if snapshot is None:
            raise RequestError(RequestCode.BAD_USER_INPUT, "The customer is no longer there.")
        return snapshot

    async def _again(self) -> Snapshot | None:
        """Read; None where the database was away, which a subscription outlives."""
        try:
            return await self._read()
        except RequestError as error:
            if error.code is not RequestCode.OVERLOADED:
                raise
        await asyncio.sleep(self._pace.pause_seconds)
        self._watch.wake()
        return None


def _state(snapshot: Snapshot) -> State:
    return snapshot.sequence, snapshot.coins, snapshot.credits


def follow(
    ledger: Ledger,
    changes: Changes,
    who: tuple[int, int],
    show: Callable[[Snapshot], T],
    pace: Pace = PACE,
) -> Following[T]:
    """Follow a customer's balances. Raises RequestError beyond the caps of `changes`."""
    # Watching begins before the first reading: no change can fall in between.
    return Following(ledger, changes.watch(who), show, pace)
