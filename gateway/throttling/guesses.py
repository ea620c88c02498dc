"""How often one address may show a key that has to be looked up and is not there.

Kept in each process alone: it guards the database, so it must not ask it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager

from gateway.throttling.bucket import Rate
from gateway.throttling.local import LocalLimit
from gateway.throttling.refusing import throttled

WHAT = "look-ups of unknown keys from this address"


class Guesses:
    """Counts failed look-ups by address. Keys that are known already are not asked about here."""

    def __init__(self, rate: Rate | None, clock: Callable[[], int], what: str = WHAT) -> None:
        """Without a rate, nothing is counted. `what` there is too much of, in words."""
        self._what = what
        self._limit = None if rate is None else LocalLimit(rate, clock)

    @contextmanager
    def looking_up(self, address: str) -> Generator[Callable[[], None]]:
        """Look a key up within this block; call what it gives where the key is there.

        Counted before, so that many at the same time do not slip through, and given back where it
        is no guess or nobody could tell. Raises RequestError(THROTTLED). Nothing is counted for an
        address that is not known.
        """
        if self._limit is None or not address:
            yield lambda: None
            return
        limit, key = self._limit, (0, address)
        wait, _ = limit.take_now(key, 1)
        if wait:
            raise throttled(wait, self._what)

        def found() -> None:
            limit.give_back(key, 1)

        try:
            yield found
        except BaseException:
            found()
            raise
