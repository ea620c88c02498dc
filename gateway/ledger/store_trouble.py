"""How a database engine says that it failed, and what then."""

from __future__ import annotations

from gateway.ledger.commands import Outcome


class StoreUnavailable(Exception):  # noqa: N818 - it names a state of the store
    """The database cannot be reached, or the fate of a commit is unknown: run the batch again.

    Running it again with the same keys is safe: what was committed is read back and replayed.
    """


class CommitUnknown(StoreUnavailable):
    """The connection broke within COMMIT. `outcomes` are the batch's answers, if it went in."""

    def __init__(self, reason: str, outcomes: list[Outcome]) -> None:
        super().__init__(reason)
        self.outcomes = outcomes


class AccountsLocked(Exception):  # noqa: N818 - it names a state of the store
    """Accounts of the batch are locked elsewhere for longer than a batch may wait.

    Nothing was written. `places` are those of the commands that cannot go on now; none where it is
    not known which they are.
    """

    def __init__(self, places: frozenset[int] = frozenset()) -> None:
        super().__init__(f"locked elsewhere: {len(places) or 'unknown'}")
        self.places = places


class BatchConflict(Exception):  # noqa: N818 - it names an event, and is always retried
    """Another transaction got in between (a key, an order, a deadlock).

    Nothing was written; run it again.
    """
