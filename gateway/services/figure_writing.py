"""Writes the days of customers, and which days are to be summed up again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import orjson

from gateway.services.counted import marks
from gateway.services.customer_days import COLUMNS
from gateway.services.database import json_rows, statement

Values = tuple[int | None, ...]

_ASK_DAYS: Final = """
    INSERT INTO figure_day_due (merchant_id, day, asked) {rows}
    ON CONFLICT (merchant_id, day) DO UPDATE SET asked = excluded.asked
"""
_ALL: Final = ("merchant_id", "customer_id", *COLUMNS)
_KNOWN: Final = f"""
    SELECT customer_id, {", ".join(COLUMNS)} FROM customer_figure
    WHERE merchant_id = ? AND customer_id IN {{ids}}
"""  # noqa: S608 - fixed names
_PUT: Final = f"""
    INSERT INTO customer_figure ({", ".join(_ALL)}) {{rows}}
    ON CONFLICT (merchant_id, customer_id, day)
    DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])}
"""


async def known(merchant_id: int, customers: Sequence[int]) -> dict[tuple[int, int], Values]:
    """The rows of these customers, by customer and day."""
    rows = await statement(_KNOWN.format(ids=marks(len(customers))), merchant_id, *customers)
    return {(row["customer_id"], row["day"]): tuple(row[name] for name in COLUMNS) for row in rows}


async def put(merchant_id: int, rows: list[tuple[int, Values]]) -> None:
    """Write rows, each with whose it is."""
    if rows:
        listed = [(merchant_id, whose, *row) for whose, row in rows]
        await statement(_PUT.format(rows=json_rows(len(_ALL))), orjson.dumps(listed).decode())


async def drop(merchant_id: int, gone: list[tuple[int, int]]) -> None:
    """Take out days on which there is nothing any more; there are hardly ever any."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    for customer_id, day in gone:
        days[customer_id].append(day)
    for customer_id, theirs in days.items():
        sql = (
            "DELETE FROM customer_figure WHERE merchant_id = ? AND customer_id = ?"  # noqa: S608 - fixed text
            f" AND day IN {marks(len(theirs))}"
        )
        await statement(sql, merchant_id, customer_id, *theirs)


async def ask_days(merchant_id: int, days: set[int], now: int) -> None:
    """Have these days summed up again."""
    if not days:
        return
    listed = [(merchant_id, day, now) for day in sorted(days)]
    await statement(_ASK_DAYS.format(rows=json_rows(3)), orjson.dumps(listed).decode())
