"""Fills tables with many rows, past the gateway: what it would have left there."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

import asyncpg

from models.migrate import migrate, sqlite_path

COLUMNS: Final = {
    "customer": "merchant_id id external_id tags created_at updated_at",
    "checkout_seen": "merchant_id customer_id cart_id day redeemable available_points total_minor"
    " discount_minor previews first_at last_at tier tags lines",
    "customer_order": "merchant_id customer_id order_id id digest total_minor paid_minor placed_at"
    " completed_at refunds refunded_minor earned_points clawed_points forgiven_points earnings"
    " created_at updated_at",
    "redemption": "merchant_id customer_id id cart_id status points credits_minor discount_minor"
    " total_minor eligible_minor program_version captured_points captured_credits_minor"
    " captured_discount_minor refunded_points refunded_credits_minor order_id order_total_minor"
    " created_at expires_at closed_at",
}


async def fill(url: str, rows: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
    """Write the rows, each with the name of its table."""
    await migrate(url)
    tables: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for table, row in rows:
        tables[table].append(row)
    if url.startswith("sqlite:"):
        _fill_sqlite(url, tables)
        return
    module: Any = asyncpg
    connection: Any = await module.connect(url)
    try:
        for table, found in tables.items():
            columns = COLUMNS[table].split()
            await connection.copy_records_to_table(table, records=found, columns=columns)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


def _fill_sqlite(url: str, tables: dict[str, list[tuple[Any, ...]]]) -> None:
    with sqlite3.connect(sqlite_path(url)) as connection:
        for table, found in tables.items():
            columns = COLUMNS[table].split()
            places = ", ".join("?" * len(columns))
            sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - fixed names
            connection.executemany(sql, found)
    connection.close()
