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


def statements() -> str:
    return "\n".join(text for m in migrations(SQLITE_OPTIONS) for text in m.statements)


def named_checks() -> list[str]:
    """Their names; one that a rebuilt table took over is there once more."""
    return re.findall(r"CONSTRAINT\s+(\w+)\s+CHECK", statements())


def test_each_constraint_of_the_migrations_has_its_bad_rows():
    assert set(named_checks()) == set(BAD)


def test_no_check_goes_without_a_name():
    checks = re.findall(r"(\w+)\s+CHECK\b", statements())
    assert len(checks) == len(named_checks())


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
    ["custom_checkout", "redemption_rule", "credential", "earning_program", "earning_rule"],
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
