"""The verification finds each kind of damage, on both engines, and reads one moment only."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gateway.ledger import verify as verification
from gateway.ledger.commands import Wallet, WalletUse
from gateway.ledger.invariants import INVARIANTS
from gateway.ledger.replay import Replay
from gateway.ledger.report import Report
from gateway.ledger.verify import PostgresSnapshot, SqliteSnapshot, examine, verify
from gateway.rules.program import ClawbackPolicy
from tests.ledger.damage import DAMAGE, HELD, LATE, REFUNDED, SOLD, UNCONSTRAINED
from tests.ledger.ordering import RATE, WELCOME, award, complete, earning, give_back
from tests.ledger.shop import DAY, SECOND, SWEEP_SECONDS, Shop, done


async def a_life(shop: Shop) -> None:
    """Something of everything: lots of each kind, each state of a redemption, credit and debt."""
    policy = ClawbackPolicy.DEBT
    await earning(shop, rules=(RATE, WELCOME), expiry_seconds=None, clawback_policy=policy)
    await shop.do(shop.grant(60, expires_at=shop.now + 90 * DAY, key="first"))
    await shop.do(shop.grant(20, expires_at=shop.now + 900 * DAY))
    await shop.do(shop.grant(4_000, wallet=Wallet.CREDITS))
    await shop.held(5, cart="late", redemption_id=LATE)
    await shop.do(shop.withdraw(300, 3))
    shop.now += 1_000 * SECOND
    done(await shop.do(shop.capture(LATE)))
    await shop.held(12, cart="part", redemption_id=REFUNDED)
    done(await shop.do(shop.capture(REFUNDED, points=10)))
    done(await shop.do(shop.refund(REFUNDED, points=4)))
    await shop.do(shop.grant(30, available_from=shop.now + 400 * DAY))
    await shop.held(3, cart="sold", redemption_id=SOLD)
    done(await shop.do(complete(shop, "sold", redemption_id=SOLD)))
    done(await shop.do(give_back(shop, 10_000, order="sold")))
    done(await shop.do(award(shop)))
    use = WalletUse.COINS_AND_CREDITS
    await shop.do(shop.apply(40, cart="now", total=20_000, wallets=use, redemption_id=HELD))
    await shop.sql("UPDATE redemption SET program_version = 1 WHERE id = $1", LATE)
    assert (await shop.verified()).ok


def violations(report: Report) -> dict[str, tuple[dict[str, Any], ...]]:
    return {check.name: check.violations for check in report.checks if not check.ok}


async def test_each_kind_of_damage_is_found_by_its_check(shop: Shop):
    await a_life(shop)
    missed = []
    for kind, (name, damage) in DAMAGE.items():
        found = await found_after(shop, damage)
        rows = found.get(name, ({},))
        if (rows[0].get("merchant_id"), rows[0].get("customer_id")) not in {(1, 1), (1, 2), (1, 3)}:
            missed.append((kind, set(found)))
    assert missed == []


@pytest.mark.parametrize(("name", "table", "damage"), UNCONSTRAINED.values(), ids=UNCONSTRAINED)
async def test_what_the_constraints_rule_out_is_found_where_they_are_missing(
    shop: Shop, name: str, table: str, damage: str
):
    await a_life(shop)
    if shop.sqlite:
        await shop.sql("PRAGMA ignore_check_constraints = ON")
        assert name in await found_after(shop, damage)
        return
    checks = (
        "SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = $1::text::regclass"
    )
    dropped = [f"DROP CONSTRAINT {constraint}" for (constraint,) in await shop.sql(checks, table)]
    assert name in await found_after(shop, f"ALTER TABLE {table} {', '.join(dropped)}", damage)


async def found_after(shop: Shop, *damage: str) -> dict[str, tuple[dict[str, Any], ...]]:
    """What is found once the statements are run; they are then rolled back."""
    await shop.sql("BEGIN")
    for statement in damage:
        await shop.sql(statement)
    snapshot = SqliteSnapshot(shop.desk) if shop.sqlite else PostgresSnapshot(shop.desk)
    report = await examine(snapshot, now=shop.now, sweep_seconds=SWEEP_SECONDS)
    await shop.sql("ROLLBACK")
    return violations(report)


def test_every_check_has_a_kind_of_damage_that_it_must_find():
    tried = {name for name, *_ in [*DAMAGE.values(), *UNCONSTRAINED.values()]}
    replayed = {f"replay_{name}" for name in ("accounts", "lots", "running", "sequence", "clock")}
    assert tried == {invariant.name for invariant in INVARIANTS} | replayed


async def test_a_sound_ledger_of_many_windows_is_found_sound_and_counted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    """Pages of three rows, so that customers and their lots are cut everywhere.

    What a window holds does not grow with the ledger.
    """
    await a_life(shop)
    monkeypatch.setattr(verification, "PAGE", 3)
    windows: list[int] = []
    close = Replay.close

    def noted_close(replay: Replay) -> None:
        windows.append(len(replay._lots))
        close(replay)

    monkeypatch.setattr(Replay, "close", noted_close)
    for customer in range(4, 20):
        for n in range(customer % 5):
            await shop.do(shop.grant(3, customer, expires_at=shop.now + n * DAY + 1))
    report = await shop.verified()
    checks = {check.name: check.checked for check in report.checks}
    for name, table in (("replay_accounts", "account"), ("replay_lots", "lot")):
        assert [(checks[name],)] == await shop.sql(f"SELECT count(*) FROM {table}")  # noqa: S608 - fixed names
    assert [(checks["replay_sequence"],)] == await shop.sql("SELECT count(*) FROM journal")
    assert report.ok
    assert sum(windows) == checks["replay_lots"] > 30
    assert max(windows) <= 12


@pytest.mark.parametrize("page", [1, 2, 5_000])
async def test_rows_of_no_account_are_found_wherever_they_are(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, page: int
):
    """Before the first account, between two of them, and after the last."""
    monkeypatch.setattr(verification, "PAGE", page)
    for customer in (10, 20, 30, 40, 50):
        await shop.do(shop.grant(7, customer))
    shop.broken = True
    await shop.sql("DELETE FROM account WHERE customer_id IN (10, 30, 50)")
    found = violations(await shop.verified())
    for name in ("replay_accounts", "account_journal"):
        assert [row["customer_id"] for row in found[name]] == [10, 30, 50]
    assert set(found["replay_accounts"][0]) >= {"stored", "replayed"}


async def test_all_violations_are_counted_and_the_first_twenty_shown(shop: Shop):
    for customer in range(1, 31):
        await shop.do(shop.grant(7, customer))
    shop.broken = True
    await shop.sql("UPDATE account SET available = available + 1")
    checks = {check.name: check for check in (await shop.verified()).checks}
    for name in ("account_lots", "replay_accounts"):
        assert checks[name].violation_count == 30
        assert [row["customer_id"] for row in checks[name].violations] == list(range(1, 21))
    assert checks["account_lots"].violations[0]["available"] == 8
    assert checks["account_lots"].violations[0]["lots_available"] == 7
    assert checks["account_lots"].checked == 30


async def test_a_hold_may_be_overdue_for_one_sweep_period(shop: Shop):
    await shop.do(shop.grant(7))
    await shop.held(7, hold_seconds=60)
    shop.now += (60 + SWEEP_SECONDS) * SECOND
    assert (await shop.verified()).ok
    shop.now += 1
    assert set(violations(await shop.verified())) == {"hold_in_time"}
    await shop.do(shop.settle())


async def test_records_older_than_they_must_be_kept_may_be_tidied_away(shop: Shop):
    await shop.do(shop.grant(7, key="old"))
    shop.now += 31 * DAY
    await shop.do(shop.grant(7))
    await shop.sql("DELETE FROM idempotency WHERE key = 'old'")
    assert (await shop.verified()).ok


async def test_a_ledger_at_work_is_seen_at_one_moment(shop: Shop):
    """Whatever is committed meanwhile, no check sees half of it."""
    for customer in range(1, 11):
        await shop.do(shop.grant(500, customer))
    stop = asyncio.Event()
    workers = [asyncio.create_task(worker(shop, n, stop)) for n in range(1, 11)]
    before, reports = len(shop.store.batches), list[Report]()
    while len(shop.store.batches) - before < 60 or len(reports) < 5:
        reports.append(await shop.verified())
    stop.set()
    await asyncio.gather(*workers)
    assert [violations(report) for report in reports] == [{}] * len(reports)
    for report in reports:
        checked = {check.name: check.checked for check in report.checks}
        assert checked["journal_running"] == checked["replay_sequence"]


async def worker(shop: Shop, customer: int, stop: asyncio.Event) -> None:
    while not stop.is_set():
        redemption = await shop.captured(2, customer)
        done(await shop.do(shop.refund(redemption, customer)))


async def test_a_file_that_is_not_there_is_an_error_and_stays_away(tmp_path: Path):
    path = tmp_path / "nothing.db"
    with pytest.raises(sqlite3.OperationalError):
        await verify(f"sqlite:///{path}", now=0, sweep_seconds=1)
    assert not path.exists()
