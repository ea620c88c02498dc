"""The tables that a migration builds anew keep their rows, and lose nothing that guards them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import models.migrate
from gateway.services.database import close_database, open_database, statement
from gateway.settings import Settings
from models.migrate import migrate
from tests.models.examples import GOOD, Values
from tests.models.test_constraints import insert

REBUILT = "0006_orders"
NEW = {("lot", "moved"), ("outbox", "number")}
BEFORE: dict[str, Values] = {
    table: {name: value for name, value in GOOD[table].items() if (table, name) not in NEW}
    for table in ("merchant", "customer", "account", "lot", "outbox", "redemption", "journal")
}
LOTS = (
    {"number": 2, "source": "REFUND", "expires_at": 9, "held": 40, "available": 60},
    {"number": 3, "source": "IMPORT", "available": 0, "spent": 70, "expired": 20, "open": False}
    | {"clawed_back": 10},
    {"number": 4, "wallet": "CREDITS", "pending": 100, "available": 0},
)
EVENTS = (
    {"position": 2, "redemption_id": 9, "caller": "backend", "key": "k", "payload": '{"a": 1}'},
    {"position": 3, "delivered_at": 8},
)


@pytest.fixture
async def moved(database_url: str, tmp_path: Path) -> list[dict[str, list[Values]]]:
    """Lots and events as they were before the tables were built anew, and as they are after."""
    own = Path(models.migrate.__file__).parent / "migrations"
    earlier = tmp_path / "earlier"
    earlier.mkdir()
    for file in own.glob("*.sql"):
        if file.stem < REBUILT:
            shutil.copy(file, earlier)
    await migrate(database_url, earlier)
    await open_database(Settings(database_url=database_url))
    for table, row in BEFORE.items():
        await insert(table, row)
    for change in LOTS:
        await insert("lot", BEFORE["lot"] | change)
    for change in EVENTS:
        await insert("outbox", BEFORE["outbox"] | change)
    before = {table: await rows(table) for table in ("lot", "outbox")}
    await close_database()
    await migrate(database_url)
    await open_database(Settings(database_url=database_url))
    after = {table: await rows(table) for table in ("lot", "outbox")}
    await close_database()
    return [before, after]


async def rows(table: str) -> list[Values]:
    order = {"lot": "number", "outbox": "position"}[table]
    return [dict(row) for row in await statement(f"SELECT * FROM {table} ORDER BY {order}")]  # noqa: S608 - fixed names


async def test_lots_and_events_are_what_they_were(moved: list[dict[str, list[Values]]]):
    before, after = moved
    assert [len(before[table]) for table in ("lot", "outbox")] == [4, 3]
    # Later migrations have added columns.
    named = (*before["lot"][0], "moved")
    found = [{name: row[name] for name in named} for row in after["lot"]]
    assert found == [row | {"moved": 0} for row in before["lot"]]
    assert after["outbox"] == [row | {"number": 0} for row in before["outbox"]]


async def test_the_other_tables_of_the_ledger_only_gain_columns(
    moved: list[dict[str, list[Values]]], database_url: str
):
    await open_database(Settings(database_url=database_url))
    for table, new in (("account", {"remind_at", "reminded_until"}), ("redemption", set[str]())):
        [row] = [dict(r) for r in await statement(f"SELECT * FROM {table}")]  # noqa: S608 - fixed names
        assert {name: row[name] for name in BEFORE[table]} == BEFORE[table]
        assert [row[name] for name in new] == [None] * len(new)
    await close_database()


async def test_no_index_is_lost_but_the_one_that_was_replaced(
    moved: list[dict[str, list[Values]]], database_url: str
):
    """Events are found by age among the delivered or the waiting alone."""
    await open_database(Settings(database_url=database_url))
    found = await indexes(database_url)
    await close_database()
    assert found["lot"] == {"lot_open_by_customer"}
    assert found["outbox"] == {"outbox_waiting", "outbox_delivered"}


async def indexes(url: str) -> dict[str, set[str]]:
    """The indexes of each rebuilt table that are not its primary key."""
    if url.startswith("sqlite:"):
        sql = (
            "SELECT tbl_name AS t, name AS i FROM sqlite_master WHERE type = 'index' AND sql <> ''"
        )
    else:
        sql = (
            "SELECT t.relname AS t, i.relname AS i FROM pg_index x"
            " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
            " WHERE NOT x.indisprimary"
        )
    found: dict[str, set[str]] = {"lot": set(), "outbox": set()}
    for row in await statement(sql):
        found.get(row["t"], set()).add(row["i"])
    return found


async def test_tables_are_stored_as_before(database_url: str):
    """SQLite keeps them by their key alone; PostgreSQL leaves room in the pages of lots."""
    await migrate(database_url)
    await open_database(Settings(database_url=database_url))
    sqlite = database_url.startswith("sqlite:")
    table, name, options = (
        ("sqlite_master", "name", "sql LIKE '%WITHOUT ROWID%'")
        if sqlite
        else ("pg_class", "relname", "reloptions IS NOT NULL")
    )
    sql = f"SELECT {name} AS name FROM {table} WHERE {name} IN ('lot', 'outbox') AND {options}"  # noqa: S608 - fixed names
    found = sorted(row["name"] for row in await statement(sql))
    await close_database()
    assert found == (["lot", "outbox"] if sqlite else ["lot"])
