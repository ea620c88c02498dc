"""What a bulk import needs of a database engine: a staging table, one transaction, sets in and out.

The rows of the file are staged first, in a temporary table that only this connection sees. That
locks nothing and keeps the memory small; all that must be looked up then is one statement each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from gateway.ledger.bulk_row import BulkRow
from gateway.ledger.changes import Changes
from gateway.ledger.rows import Row
from gateway.ledger.state import Holder, HolderKey


class BulkSession(Protocol):
    """One connection. SQL is text for both engines, with `$1`, `$2` for its values."""

    async def stage(self, rows: Sequence[BulkRow]) -> None:
        """Add rows to the staging table."""
        ...

    async def staged(self) -> None:
        """All rows are staged: make looking them up fast."""
        ...

    async def begin(self, merchant_id: int, *, writing: bool) -> None:
        """Begin the transaction. `writing` keeps other imports of the merchant out until its end.

        On SQLite it keeps out every writer, of this process and of others.
        """
        ...

    async def commit(self) -> None:
        """All is durable when this returns."""
        ...

    async def rollback(self) -> None:
        """Drop what the transaction did; nothing happens when there is none."""
        ...

    async def fetch(self, sql: str, *values: int | str) -> Sequence[Row]:
        """The rows of a query."""
        ...

    async def execute(self, sql: str, *values: int | str) -> None:
        """Run a statement that answers nothing."""
        ...

    async def load(self, keys: list[HolderKey]) -> dict[HolderKey, Holder]:
        """Lock these customers' accounts, in the order of the keys, and load them."""
        ...

    async def write(self, changes: Changes) -> None:
        """Write what changed of customers that were loaded."""
        ...
