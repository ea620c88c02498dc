"""What the ledger's statements for PostgreSQL are given: rows turned into one array a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.ledger.loading import Wanted


def columns(rows: Sequence[Sequence[Any]], width: int) -> list[list[Any]]:
    """Rows to columns; as many empty columns when there is no row."""
    if not rows:
        return [[] for _ in range(width)]
    return [list(column) for column in zip(*rows, strict=True)]


def load_arguments(keys: Wanted) -> list[list[Any]]:
    """The arguments of `postgres_sql.load`, in its order."""
    return [
        *columns(keys.holders, 2),
        *columns(keys.records, 3),
        *columns(keys.redemptions, 3),
        keys.merchants,
        *columns(keys.orders, 3),
    ]
