"""Buckets that several processes share, spent from small leases so that few requests ask for more.

A lease is units that a process has taken out of the shared bucket and holds in its memory; what it
has not spent within 5 seconds is lost. So in any time `t` all processes together admit from it at
most a full bucket and what comes back in `t` plus 5 seconds, however many they are. Besides, each
process has a sixteenth of the limit for itself: who asks for little, as nearly everyone does, costs
no question at all.

Where the shared buckets cannot be asked, each process goes by a bucket of its own for a second, and
then asks again: never without a limit, and never closed because of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from gateway.throttling.bucket import MICROSECOND, SECOND, Rate, Taken, take
from gateway.throttling.kept import Kept, Key
from gateway.throttling.local import KEYS, Answer, LocalLimit

LEASE = 5 * SECOND
"""How long units may be held unspent, in nanoseconds."""
ALONE = SECOND
"""How long a process goes by itself after a failure, in nanoseconds."""
PATIENCE_SECONDS = 0.25
_PART = 8
"""A lease is at most this part of a bucket, so that one process does not hold all of it."""
OWN = 16
"""Each process has this part of a limit for itself."""


class Ask(NamedTuple):
    """A wish to take units out of the shared bucket of a key, all or none."""

    key: Key
    units: int


@dataclass(slots=True, eq=False)
class _Lease:
    units: int = 0
    until: int = 0
    full_at: int = 0
    """When the shared bucket is full, as far as this process knows: not before this."""
    asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def held(self, now: int) -> int:
        """Units that may be spent."""
        return self.units if now < self.until else 0


class SharedLimit:
    """See `Limit`. `ask` takes units out of a shared bucket, in whichever process it is."""

    def __init__(
        self,
        rate: Rate,
        clock: Callable[[], int],
        ask: Callable[[Ask], Awaitable[Taken]],
        on_failure: Callable[[Exception], object],
        keys: int = KEYS,
    ) -> None:
        """`clock` gives microseconds. `on_failure` hears once a second at most of a fault."""
        self.rate = rate
        self._clock = clock
        self._ask = ask
        self._on_failure = on_failure
        self._share = max(1, min(rate.burst // _PART, LEASE // rate.interval))
        self._leases: Kept[_Lease] = Kept(keys, lambda lease: max(lease.full_at, lease.until))
        own = Rate(rate.units, rate.burst // OWN, rate.seconds * OWN) if rate.burst >= OWN else None
        self._own = None if own is None else LocalLimit(own, clock, keys)
        self._alone = LocalLimit(rate, clock, keys)
        self._alone_until = 0

    async def take(self, key: Key, units: int) -> Answer:
        """Take the units from what this process has; asks for a lease where that is spent."""
        units = min(units, self.rate.burst)
        own = self._own
        if own is None or units > own.rate.burst:
            return await self._leased(key, units)
        free = own.take_now(key, units)
        if not free.wait:
            return Answer(0, free.left + self.rate.burst - own.rate.burst)
        wait, left = await self._leased(key, units)
        return Answer(min(wait, free.wait), left)

    async def _leased(self, key: Key, units: int) -> Answer:
        place, lease = self._lease(key)
        answer = self._at_hand(lease, units)
        if answer is not None:
            return answer
        async with lease.asking:
            # Whoever had the lock may have brought enough for this one too.
            answer = self._at_hand(lease, units)
            if answer is None and self._now() >= self._alone_until:
                answer = await self._renewed(place, lease, units)
        return answer or self._alone.take_now(key, units)

    def give_back(self, key: Key, units: int) -> None:
        """Put the units where this process can spend them."""
        if self._now() < self._alone_until:
            self._alone.give_back(key, units)
        elif self._own is not None:
            self._own.give_back(key, units)
        else:
            self._lease(key)[1].units += min(units, self.rate.burst)

    def _now(self) -> int:
        return self._clock() * MICROSECOND

    def _lease(self, key: Key) -> tuple[Key, _Lease]:
        place = self._leases.place(key, self._now())
        lease = self._leases.get(place)
        if lease is None:
            lease = _Lease()
            self._leases.put(place, lease)
        return place, lease

    def _at_hand(self, lease: _Lease, units: int) -> Answer | None:
        """The answer where this process knows it without asking."""
        now = self._now()
        held = lease.held(now)
        if held >= units:
            lease.units = held - units
            return Answer(0, lease.units + self.rate.left(lease.full_at, now))
        wait = self._wait(lease, units, now)
        return Answer(wait, held + self.rate.left(lease.full_at, now)) if wait else None

    def _wait(self, lease: _Lease, units: int, now: int) -> int:
        """After which time the shared bucket has what the lease lacks; 0: it may be there now."""
        wait = take(self.rate, lease.full_at, now, units - lease.held(now)).wait
        outlived = lease.held(now) and now + wait >= lease.until
        return take(self.rate, lease.full_at, now, units).wait if wait and outlived else wait

    async def _renewed(self, place: Key, lease: _Lease, units: int) -> Answer | None:
        """Ask for a share, else for what is needed. None where nobody answers."""
        held = lease.held(self._now())
        need, lease.units = units - held, 0
        try:
            for wish in dict.fromkeys((max(need, self._share), need)):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    lease.full_at, wait = await self._ask(Ask(place, wish))
                if not wait:
                    lease.units += wish - need
                    now = self._now()
                    lease.until = now + LEASE
                    return Answer(0, lease.units + self.rate.left(lease.full_at, now))
                if self._wait(lease, need, self._now()):
                    break
        except Exception as error:  # noqa: BLE001 - whatever keeps it from being asked
            self._alone_until = self._now() + ALONE
            self._on_failure(error)
            return None
        lease.units += held
        now = self._now()
        left = lease.held(now) + self.rate.left(lease.full_at, now)
        return Answer(max(1, self._wait(lease, units, now)), left)
