"""Every CHECK of the migrations is there and bites, on both engines.

The ORM would have left them out without a word.
"""

from __future__ import annotations

import re

import pytest
from tortoise.exceptions import IntegrityError

from gateway.services.database import statement
from models.migrate import SQLITE_OPTIONS, migrations
from tests.conftest import Engine
from tests.models.examples import BAD, GOOD, Values


async def insert(table: str, row: Values) -> None:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - fixed names
    await statement(sql, *row.values())


async def refusal(table: str, row: Values) -> str:
    """What the database says to a row; nothing when it takes it."""
    try:
        await insert(table, row)
    except IntegrityError as error:
        return str(error)
    return ""


TEXT = "\n".join(text for m in migrations(SQLITE_OPTIONS) for text in m.statements)
NAMED = re.findall(r"CONSTRAINT\s+(\w+)\s+CHECK\b", TEXT)
"""A table that is built anew has its constraints a second time."""


def test_each_constraint_of_the_migrations_has_its_bad_rows():
    assert sorted(set(NAMED)) == sorted(BAD)


def test_no_check_goes_without_a_name():
    assert len(re.findall(r"\bCHECK\b", TEXT)) == len(NAMED)


async def test_a_bad_row_is_refused_by_the_very_constraint(engine: Engine, database: str):
    await insert("merchant", GOOD["merchant"])
    passed: list[tuple[str, Values, str]] = []
    for constraint, (table, changes) in BAD.items():
        for change in changes:
            # SQLite names the first CHECK that fails, so an example must break no other one.
            said = await refusal(table, GOOD[table] | change)
            if not re.search(rf"\b{constraint}\b", said):
                passed.append((constraint, change, said))
    assert passed == []


async def test_the_good_rows_are_taken(engine: Engine, database: str):
    """So what refused the bad rows is their one change."""
    for table, row in GOOD.items():
        await insert(table, row)
        [count] = await statement(f"SELECT count(*) AS n FROM {table}")  # noqa: S608 - fixed names
        assert count["n"] == 1


@pytest.mark.parametrize(
    "table",
    ["custom_checkout", "redemption_rule", "earning_rule", "earning_program", "credential"],
)
async def test_configuration_of_no_merchant_is_refused(engine: Engine, database: str, table: str):
    assert "foreign key" in (await refusal(table, GOOD[table])).lower()


@pytest.mark.parametrize("table", ["redemption_rule", "earning_rule"])
async def test_one_version_of_a_rule_is_current(engine: Engine, database: str, table: str):
    await insert("merchant", GOOD["merchant"])
    await insert(table, GOOD[table])
    second = GOOD[table] | {"version": 2}
    assert "unique" in (await refusal(table, second)).lower()
    await insert(table, second | {"current": False})


async def test_one_redemption_holds_for_a_cart(engine: Engine, database: str):
    await insert("redemption", GOOD["redemption"])
    second = GOOD["redemption"] | {"id": 10}
    assert "unique" in (await refusal("redemption", second)).lower()
    await insert("redemption", second | {"status": "RELEASED", "closed_at": 9})


async def test_an_order_is_one_customers(engine: Engine, database: str):
    await insert("customer_order", GOOD["customer_order"])
    second = GOOD["customer_order"] | {"customer_id": 8, "id": 6}
    assert "unique" in (await refusal("customer_order", second)).lower()
    await insert("customer_order", second | {"order_id": "another"})
    await insert("customer_order", second | {"merchant_id": 2})


async def test_an_orders_own_id_is_one_orders(engine: Engine, database: str):
    await insert("customer_order", GOOD["customer_order"])
    second = GOOD["customer_order"] | {"order_id": "another"}
    assert "unique" in (await refusal("customer_order", second)).lower()


async def test_an_occasion_is_rewarded_once(engine: Engine, database: str):
    await insert("award", GOOD["award"])
    assert "unique" in (await refusal("award", GOOD["award"])).lower()
    await insert("award", GOOD["award"] | {"occasion": "BIRTHDAY:2026"})


async def test_two_events_at_one_position_have_numbers_of_their_own(engine: Engine, database: str):
    await insert("outbox", GOOD["outbox"])
    assert "unique" in (await refusal("outbox", GOOD["outbox"])).lower()
    await insert("outbox", GOOD["outbox"] | {"number": 1})
