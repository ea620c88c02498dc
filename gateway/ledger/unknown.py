"""Telling one's own first attempt, whose commit went unanswered, from somebody else's.

A batch whose connection broke within COMMIT is run again, and finds what it committed under its
keys. To the callers these are first answers, not replays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gateway.ledger.commands import Command, Outcome
from gateway.ledger.store import Store
from gateway.ledger.store_trouble import CommitUnknown


class OwnAttempts:
    """Runs the batches of one call of a lane, and remembers what their lost commits held.

    `replayed` is taken back where the stored outcome is, to the microsecond and the balance, the
    one that this process had decided itself. If that commit was in truth lost, and another process
    decided the same key alike in the meantime, both callers are told that they were first.
    """

    def __init__(self, store: Store) -> None:
        """`store` carries the batches out."""
        self._store = store
        self._decided: dict[int, Outcome] = {}

    async def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """See gateway.ledger.store.Store.run."""
        try:
            outcomes = await self._store.run(commands, now)
        except CommitUnknown as lost:
            for command, outcome in zip(commands, lost.outcomes, strict=True):
                if not outcome.replayed:
                    self._decided[id(command)] = outcome
            raise
        if not self._decided:
            return outcomes
        return [self._told(c, outcome) for c, outcome in zip(commands, outcomes, strict=True)]

    def _told(self, command: Command, outcome: Outcome) -> Outcome:
        first = replace(outcome, replayed=False)
        return first if self._decided.get(id(command)) == first else outcome
