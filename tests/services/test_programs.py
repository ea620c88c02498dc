"""The configuration: every edit is one version, none is lost, and a version never changes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.ledger.programs import ProgramCache, decode
from gateway.rules.program import ClawbackPolicy, MinimumPayment, MinimumPaymentKind
from gateway.services.database import statement, transaction
from gateway.services.merchants import find_merchant
from gateway.services.programs import (
    CheckoutChange,
    current_program,
    edit,
    program_version,
    update_checkout,
)
from gateway.services.rules import create_rule, list_rules
from tests.models.together import run_together
from tests.services.making import NOW, draft, said

FIXED, PERCENT, NONE = (
    MinimumPaymentKind.FIXED,
    MinimumPaymentKind.PERCENT,
    MinimumPaymentKind.NONE,
)
CHANGES: list[tuple[str, Any]] = [
    ("enabled", True),
    ("minimum_payment", MinimumPayment(FIXED, 5_000)),
    ("minimum_payment", MinimumPayment(PERCENT, 2_000)),
    ("hold_seconds", 60),
    ("hold_seconds", 86_400),
    ("quote_seconds", 10),
    ("refund_grace_seconds", 0),
    ("clawback_policy", ClawbackPolicy.DEBT),
]

EDITS = """
import asyncio, sys, time
from gateway.ids import IdMaker
from gateway.services import database
from gateway.services.programs import current_program
from gateway.services.rules import create_rule
from gateway.settings import Settings
from tests.services.making import NOW, draft

async def main(url, shop):
    await database.open_database(Settings(database_url=url, sqlite_busy_timeout_ms=30_000))
    database.LOCKED_TRIES = 1  # waiting must do, without a second try
    ids = IdMaker(lambda: time.time_ns() // 1000)
    await current_program(shop)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(15):
        await create_rule(shop, draft(), NOW, ids)
    await database.close_database()

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def versions(shop: int) -> dict[int, Any]:
    rows = await statement("SELECT version, body FROM program WHERE merchant_id = ?", shop)
    return {row["version"]: decode(row["body"]) for row in rows}


async def test_a_change_is_the_next_version_and_leaves_all_else(shop: int):
    expected = [await current_program(shop)]
    for name, value in CHANGES:
        last = expected[-1]
        expected.append(replace(last, version=last.version + 1, **{name: value}))
        assert await update_checkout(shop, CheckoutChange(**{name: value}), NOW) == expected[-1]
        assert await current_program(shop) == expected[-1]
    assert await versions(shop) == {program.version: program for program in expected}


async def test_all_settings_can_change_at_once_and_change_back(shop: int):
    before = await current_program(shop)
    await update_checkout(shop, CheckoutChange(**dict(CHANGES)), NOW)
    back = CheckoutChange(
        **{name: getattr(before, name) for name in dict(CHANGES)},
    )
    assert await update_checkout(shop, back, NOW) == replace(before, version=3)


async def test_a_change_of_nothing_makes_no_version(shop: int):
    before = await current_program(shop)
    assert await update_checkout(shop, CheckoutChange(), NOW) == before
    assert list(await versions(shop)) == [1]


async def test_an_edit_touches_no_other_merchant(shop: int, other_shop: int):
    before = await current_program(other_shop)
    await update_checkout(shop, CheckoutChange(enabled=True, hold_seconds=60), NOW)
    assert await current_program(other_shop) == before


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (CheckoutChange(hold_seconds=59), Code.INVALID_INPUT, "holdSeconds"),
        (CheckoutChange(hold_seconds=86_401), Code.INVALID_INPUT, "holdSeconds"),
        (CheckoutChange(quote_seconds=9), Code.INVALID_INPUT, "quoteSeconds"),
        (CheckoutChange(refund_grace_seconds=-1), Code.INVALID_INPUT, "refundGraceSeconds"),
        (
            CheckoutChange(minimum_payment=MinimumPayment(FIXED, 0)),
            Code.INVALID_AMOUNT,
            "fixed",
        ),
        (
            CheckoutChange(minimum_payment=MinimumPayment(FIXED, 2**53)),
            Code.INVALID_AMOUNT,
            "fixed",
        ),
        (
            CheckoutChange(minimum_payment=MinimumPayment(PERCENT, 10_001)),
            Code.INVALID_INPUT,
            "percent",
        ),
        (
            CheckoutChange(minimum_payment=MinimumPayment(NONE, 1)),
            Code.INVALID_INPUT,
            "minimumPayment",
        ),
    ],
)
async def test_a_setting_out_of_bounds_is_refused_with_its_field(
    change: CheckoutChange, code: Code, field: str
):
    with pytest.raises(LoyaltyError) as caught:
        await update_checkout(1, change, NOW)
    assert said(caught.value) == (code, field)


async def test_an_edit_that_fails_leaves_version_and_settings_alone(shop: int):
    before = await current_program(shop)

    async def fail() -> None:
        await statement("UPDATE custom_checkout SET hold_seconds = 77 WHERE merchant_id = ?", shop)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await edit(shop, NOW, fail)
    assert await current_program(shop) == before
    program = await update_checkout(shop, CheckoutChange(enabled=True), NOW)
    assert program == replace(before, version=2, enabled=True)


async def test_edits_at_the_same_time_all_count(shop: int, ids: IdMaker):
    await asyncio.gather(*(create_rule(shop, draft(priority=n), NOW, ids) for n in range(20)))
    program = await current_program(shop)
    assert program.version == 21
    assert sorted(rule.priority for rule in program.rules) == list(range(20))
    made = await versions(shop)
    assert sorted(made) == list(range(1, 22))
    assert [len(made[version].rules) for version in sorted(made)] == list(range(21))


async def test_edits_of_several_processes_all_count(database: str, shop: int):
    """Read-then-write in Tortoise's deferred transactions would fail or lose some on SQLite."""
    await run_together(2, EDITS, database, str(shop))
    program = await current_program(shop)
    assert (program.version, len(program.rules)) == (31, 30)


async def test_a_caller_that_goes_away_interrupts_no_edit(shop: int):
    """Tortoise would keep the lock of a transaction that is cancelled while it begins."""
    for delay in range(12):
        edits = asyncio.create_task(update_checkout(shop, CheckoutChange(enabled=True), NOW))
        for _ in range(delay):
            await asyncio.sleep(0)
        edits.cancel()
        with pytest.raises(asyncio.CancelledError):
            await edits
    await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()}, timeout=10)
    program = await asyncio.wait_for(update_checkout(shop, CheckoutChange(enabled=True), NOW), 10)
    # The first one went away before it had begun; the others were carried out all the same.
    assert program.version == 13
    assert sorted(await versions(shop)) == list(range(1, 14))


async def test_a_transaction_is_not_seen_before_it_is_whole(shop: int):
    async def work() -> None:
        await statement("UPDATE merchant SET name = 'New' WHERE id = ?", shop)
        await statement("UPDATE nowhere SET n = 1")

    with pytest.raises(Exception, match="nowhere"):
        await transaction(work)
    merchant = await find_merchant(shop)
    assert merchant is not None
    assert merchant.name == "Shop"


async def test_an_old_version_stays_readable_and_is_kept_in_memory(shop: int, ids: IdMaker):
    first = await current_program(shop)
    await create_rule(shop, draft(), NOW, ids)
    cache = ProgramCache()
    assert await program_version(cache, shop, 1) == first
    await statement("DELETE FROM program WHERE version = 1")
    assert await program_version(cache, shop, 1) is cache.get((shop, 1))


async def test_a_merchant_or_version_that_is_not_there_is_an_error_of_the_caller(shop: int):
    with pytest.raises(LookupError):
        await current_program(shop + 1)
    with pytest.raises(LookupError):
        await update_checkout(shop + 1, CheckoutChange(enabled=True), NOW)
    with pytest.raises(LookupError):
        await program_version(ProgramCache(), shop, 2)
    assert await list_rules(shop + 1, archived=True) == []
