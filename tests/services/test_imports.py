"""Importing customers: all of a file or nothing, once, and through the ledger."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from gateway.errors import RequestError
from gateway.ledger.commands import Wallet
from gateway.rules.program import MAX_SAFE_INTEGER, ClawbackPolicy
from tests.ledger.shop import DAY, MERCHANT, PROGRAM, SECOND, START, done
from tests.services.importing import FIXTURES, Importer, where


@pytest.fixture
async def csv(database_url: str, tmp_path: Path) -> AsyncGenerator[Importer]:
    """A shop with the customers customer-1 to customer-50. Its ledger is verified afterwards."""
    importer = Importer(database_url, tmp_path)
    await importer.open()
    yield importer
    report = await importer.shop.verified()
    await importer.shop.close()
    assert [check for check in report.checks if not check.ok] == []


def micros(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp()) * SECOND


async def test_a_file_brings_traits_and_lots(csv: Importer):
    report = await csv.load(FIXTURES / "customers.csv")
    assert (report.rows, report.created, report.updated) == (5, 4, 1)
    assert (report.points, report.credits_minor, report.error_count) == (790, 1_955, 0)
    assert await csv.trait("new-1", "phone", "email", "tier", "tags", "locale") == (
        "+919800000001",
        "asha@example.com",
        "gold",
        '["app","vip"]',
        "hi-IN",
    )
    assert await csv.trait("new-3", "phone", "email", "tier", "tags", "locale") == (
        None,
        None,
        None,
        "[]",
        None,
    )
    assert await csv.trait("customer-1", "phone", "tier", "tags") == (
        "+919800000002",
        "silver",
        "[]",
    )
    assert await csv.coins("new-1") == (500, 0, 0, 0)
    assert await csv.coins("new-2") == (0, 0, 250, 0)
    assert await csv.coins("customer-1") == (40, 0, 0, 0)


async def test_a_date_is_the_end_of_its_day_in_utc_and_an_offset_counts(csv: Importer):
    await csv.load(FIXTURES / "customers.csv")
    lots = await csv.shop.sql(
        "SELECT external_id, wallet, amount, available_from, expires_at, source FROM lot"
        " JOIN customer c ON c.id = customer_id ORDER BY external_id, wallet"
    )
    assert [tuple(lot) for lot in lots] == [
        ("customer-1", "COINS", 40, START, None, "IMPORT"),
        ("customer-1", "CREDITS", 5, START, None, "IMPORT"),
        ("new, four", "CREDITS", 700, START, None, "IMPORT"),
        ("new-1", "COINS", 500, START, micros(2100, 1, 1), "IMPORT"),
        ("new-1", "CREDITS", 1250, START, micros(2098, 7, 1), "IMPORT"),
        ("new-2", "COINS", 250, micros(2097, 12, 31, 18, 30), None, "IMPORT"),
    ]


async def test_what_looks_like_a_formula_stays_text(csv: Importer):
    await csv.load(FIXTURES / "customers.csv")
    assert await csv.trait("new, four", "tier", "tags") == ("=1+1", '["-2","@SUM(A1)"]')


async def test_an_import_is_one_event_and_one_record(csv: Importer):
    await csv.load(FIXTURES / "customers.csv")
    (event,) = await csv.shop.sql("SELECT customer_id, kind, caller, key, payload FROM outbox")
    records = await csv.shop.sql("SELECT customer_id, caller, key, accepted FROM idempotency")
    assert len(records) == 1
    assert event[:2] == (0, "customers.imported")
    assert (event[0], *event[2:4], True) == tuple(records[0])
    assert event[2] == "import"
    body = json.loads(event[4])
    assert event[3] == f"import:{body.pop('sha256')}"
    assert body == {"rows": 5, "created": 4, "updated": 1, "points": 790, "credits_minor": 1955}


async def test_a_new_customer_gets_the_very_rows_that_the_ledger_makes(csv: Importer):
    """Written by the database for new ones, by `decide` for those who are there."""
    await remind_two_weeks_ahead(csv)
    lines = [
        f"{points},{start},{end},{money},{money_end}"
        for points in ("", "7")
        for start in ("", "2000-01-01", "2090-01-01")
        for end in ("", "2095-01-01")
        for money in ("", "1.25")
        for money_end in ("", "2094-01-01", "2096-01-01")
    ]
    header = "externalId,points,pointsAvailableFrom,pointsExpireAt,credits,creditsExpireAt"
    await csv.shop.add_customers(range(101, 101 + len(lines)))
    old = [f"customer-{number},{line}" for number, line in enumerate(lines, 101)]
    new = [f"new-{number},{line}" for number, line in enumerate(lines, 101)]
    report = await csv.load("\n".join((header, *new, *old)))
    assert (report.created, report.updated, report.error_count) == (len(lines), len(lines), 0)
    for table in ("account", "lot", "journal"):
        found = await csv.shop.sql(
            f"SELECT c.external_id, t.* FROM {table} t JOIN customer c ON c.id = t.customer_id"  # noqa: S608 - fixed names
        )
        both: dict[str, list[Any]] = {"new": [], "customer": []}
        for external_id, merchant, _, *row in found:
            kind, _, number = external_id.partition("-")
            both[kind].append((merchant, number, *row))
        assert len(both["new"]) >= 24
        assert sorted(both["new"], key=repr) == sorted(both["customer"], key=repr), table


async def test_who_was_imported_is_reminded_before_points_expire(csv: Importer):
    await remind_two_weeks_ahead(csv)
    await csv.load("externalId,points,pointsExpireAt\nnew,7,2095-01-20\ncustomer-1,5,2095-01-20")
    found = await csv.shop.sql(
        "SELECT expiry_at - remind_at, next_due_at - remind_at FROM account WHERE remind_at > 0"
    )
    assert [tuple(row) for row in found] == [(14 * DAY, 0)] * 2


async def remind_two_weeks_ahead(csv: Importer) -> None:
    """As a merchant has it that was made by a command."""
    await csv.shop.sql(
        "INSERT INTO earning_program SELECT id, 0, NULL, 1209600, 'POINTS_EARNED',"
        " '[]', '[]', '[]' FROM merchant"
    )


async def test_a_second_run_of_the_same_file_changes_nothing(csv: Importer):
    first = await csv.load(FIXTURES / "customers.csv")
    before = await csv.everything()
    copy = csv.write((FIXTURES / "customers.csv").read_bytes())
    again = await csv.load(copy, now=csv.shop.now + DAY)
    assert again == replace(first, already=True)
    assert (await csv.load(copy, dry_run=True)).already
    assert await csv.everything() == before


async def test_two_runs_at_the_same_time_import_once(csv: Importer):
    file = FIXTURES / "customers.csv"
    reports = await asyncio.gather(csv.load(file), csv.load(file))
    assert sorted(report.already for report in reports) == [False, True]
    assert await csv.coins("customer-1") == (40, 0, 0, 0)


async def test_a_dry_run_counts_and_writes_nothing(csv: Importer):
    before = await csv.everything()
    rehearsed = await csv.load(FIXTURES / "customers.csv", dry_run=True)
    assert await csv.everything() == before
    assert rehearsed == await csv.load(FIXTURES / "customers.csv")
    assert await csv.everything() != before


@pytest.mark.parametrize("dry_run", [False, True])
async def test_one_wrong_line_keeps_the_whole_file_out(csv: Importer, dry_run: bool):
    before = await csv.everything()
    lines = [f"new-{number},5" for number in range(6_000)]
    report = await csv.load("\n".join(("externalId,points", *lines, "late,-1")), dry_run=dry_run)
    assert where(report.errors) == [(6_002, "points")]
    assert (report.rows, report.created, report.points, report.error_count) == (6_001, 0, 0, 1)
    assert await csv.everything() == before


async def test_a_failure_while_writing_leaves_nothing_behind(csv: Importer):
    before = await csv.everything()
    content = "externalId,points\nnew-1,5\ncustomer-1,6"
    seen: list[int] = []

    def stop_at_writing(size: int) -> None:
        seen.append(size)
        if len(seen) == 2:
            raise RuntimeError("the terminal has gone away")

    with pytest.raises(RuntimeError):
        await csv.load(content, progress=stop_at_writing)
    assert len(content) // 2 <= sum(seen) < len(content)
    assert await csv.everything() == before
    assert (await csv.load(content)).rows == 2


@pytest.mark.parametrize("dry_run", [False, True])
async def test_progress_adds_up_to_the_bytes_of_the_file(csv: Importer, dry_run: bool):
    lines = "".join(f"new-{number},1\n" for number in range(25_000))
    content = f"externalId,points\ncustomer-1,1\n{lines}"
    seen: list[int] = []
    await csv.load(content, dry_run=dry_run, progress=seen.append)
    assert sum(seen) == len(content)
    assert len(seen) > 5
    assert min(seen) > 0


async def test_points_come_on_top_after_what_is_due_and_debts_are_paid_first(csv: Importer):
    shop = csv.shop
    await shop.publish(replace(PROGRAM, version=2, clawback_policy=ClawbackPolicy.DEBT))
    done(await shop.do(shop.grant(100, 1, expires_at=shop.now + DAY)))
    done(await shop.do(shop.grant(30, 1)))
    done(await shop.do(shop.withdraw(70, 2)))
    done(await shop.do(shop.grant(500, 3)))
    await shop.held(80, 3, hold_seconds=60)
    shop.now += 2 * DAY
    await csv.load("externalId,points\ncustomer-3,1\ncustomer-2,100\ncustomer-1,5")
    assert await shop.balance(1) == (35, 0, 0, 0)
    assert await shop.balance(2) == (30, 0, 0, 0)
    assert await shop.balance(3) == (501, 0, 0, 0)
    kinds = await shop.sql("SELECT kind FROM journal WHERE customer_id = 1 ORDER BY sequence")
    assert [kind for (kind,) in kinds] == ["GRANT", "GRANT", "EXPIRE", "GRANT"]
    expired = await shop.sql("SELECT count(*) FROM outbox WHERE kind = 'redemption.expired'")
    assert expired[0][0] == 1


async def test_an_empty_cell_leaves_a_trait_and_an_unchanged_customer_is_not_touched(csv: Importer):
    await csv.load("externalId,tier,tags,email\ncustomer-1,gold,a|b,a@example.com")
    csv.shop.now += DAY
    await csv.load("externalId,tier,tags,email\ncustomer-1,,c,\ncustomer-2,,,")
    columns = ("tier", "tags", "email", "updated_at")
    assert await csv.trait("customer-1", *columns) == (
        "gold",
        '["c"]',
        "a@example.com",
        START + DAY,
    )
    assert await csv.trait("customer-2", "updated_at") == (START,)


async def test_a_repeated_customer_phone_or_email_is_told_with_both_lines(csv: Importer):
    report = await csv.load(
        "externalId,phone,email\n"
        "one,+919800000001,a@example.com\n"
        "two,+919800000002,A@EXAMPLE.COM\n"
        "one,,\n"
        "three,+919800000002,b@example.com\n"
    )
    assert where(report.errors) == [(3, "email"), (4, "externalId"), (5, "phone")]
    named = [error.message.split(" has ")[0] for error in report.errors]
    assert named == ["Line 2", "Line 2", "Line 3"]


async def test_a_repeated_phone_alone_is_found_by_the_unique_key_and_told(csv: Importer):
    before = await csv.everything()
    lines = "one,+919800000001\ntwo,+919800000001\n"
    assert where((await csv.load(f"externalId,phone\n{lines}")).errors) == [(3, "phone")]
    known = lines.replace("one", "customer-1").replace("two", "customer-2")
    assert where((await csv.load(f"externalId,phone\n{known}")).errors) == [(3, "phone")]
    assert await csv.everything() == before


async def test_what_another_customer_has_is_refused_unless_it_is_given_up_in_the_file(
    csv: Importer,
):
    header = "externalId,phone,email\n"
    first = "customer-1,+919800000001,a@example.com\ncustomer-2,+919800000002,b@example.com\n"
    await csv.load(header + first)
    report = await csv.load(header + "new,+919800000001,\ncustomer-3,,b@example.com\n")
    assert where(report.errors) == [(2, "phone"), (3, "email")]
    assert "customer-1" in report.errors[0].message
    swapped = "customer-1,+919800000002,\ncustomer-2,+919800000001,c@example.com\n"
    report = await csv.load(header + swapped + "new,,b@example.com\n")
    assert report.error_count == 0
    assert await csv.trait("customer-1", "phone", "email") == ("+919800000002", "a@example.com")
    assert await csv.trait("customer-2", "phone", "email") == ("+919800000001", "c@example.com")
    assert await csv.trait("new", "phone", "email") == (None, "b@example.com")


async def test_another_merchants_customers_are_not_in_the_way(csv: Importer):
    other = (MERCHANT + 1, "Other", "JPY", "en", "UTC", 1, START)
    await csv.shop.sql("INSERT INTO merchant VALUES ($1, $2, $3, $4, $5, $6, $7)", *other)
    text = "externalId,phone,credits\ncustomer-1,+919800000001,5\n"
    assert (await csv.load(text)).updated == 1
    report = await csv.load(text, merchant_id=MERCHANT + 1)
    assert (report.created, report.already, report.credits_minor) == (1, False, 5)


async def test_a_balance_that_would_not_count_exactly_is_refused(csv: Importer):
    done(await csv.shop.do(csv.shop.grant(MAX_SAFE_INTEGER - 10, 1)))
    done(await csv.shop.do(csv.shop.grant(MAX_SAFE_INTEGER - 150, 1, wallet=Wallet.CREDITS)))
    report = await csv.load("externalId,points,credits\ncustomer-1,11,1.51\n")
    assert where(report.errors) == [(2, "points"), (2, "credits")]
    assert [error.message.split("most ")[1] for error in report.errors] == [
        "10 points fit in.",
        "1.50 credits fit in.",
    ]
    assert (await csv.load("externalId,points,credits\ncustomer-1,10,1.50\n")).updated == 1


async def test_only_the_first_hundred_errors_are_told_and_all_are_counted(csv: Importer):
    repeated = "same,1\n" * 120
    report = await csv.load("externalId,points\n" + "x,-1\n" * 130 + repeated + "late,-1\n")
    assert report.error_count == 130 + 129 + 119 + 1
    assert len(report.errors) == 100
    assert max(report.errors, key=lambda error: error.line).line <= 52


async def test_customers_of_more_than_one_chunk_are_all_updated(csv: Importer):
    await csv.shop.add_customers(range(51, 5_201))
    lines = "".join(f"customer-{number},{number}\n" for number in range(5_200, 0, -1))
    report = await csv.load(f"externalId,points\n{lines}")
    assert (report.created, report.updated, report.error_count) == (0, 5_200, 0)
    wrong = "SELECT count(*) FROM account WHERE available <> customer_id"
    assert (await csv.shop.sql(wrong))[0][0] == 0
    assert (await csv.shop.sql("SELECT count(*) FROM lot"))[0][0] == 5_200


async def test_an_unknown_merchant_is_refused(csv: Importer):
    with pytest.raises(RequestError, match="merchant"):
        await csv.load("externalId\nx\n", merchant_id=99)


async def test_grants_and_an_import_at_the_same_time_all_count(csv: Importer):
    shop = csv.shop
    lines = "\n".join(f"customer-{number},10" for number in range(1, 51))
    await asyncio.gather(
        csv.load(f"externalId,points\n{lines}"),
        *(shop.do(shop.grant(1, number)) for number in range(50, 0, -1) for _ in range(4)),
    )
    assert {await shop.balance(number) for number in range(1, 51)} == {(14, 0, 0, 0)}


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_a_customer_made_meanwhile_is_updated_instead(csv: Importer):
    """The unique key makes the import wait, then fail, then find the customer."""
    rival: Any = await asyncpg.connect(csv.shop.url)
    begun = rival.transaction()
    await begun.start()
    await rival.execute(
        "INSERT INTO customer (merchant_id, id, external_id, tags, created_at, updated_at)"
        " VALUES (1, 77, 'new', '[]', 1, 1)"
    )
    running = asyncio.create_task(csv.load("externalId,tier,points\nnew,gold,5\nnewer,,6"))
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while not await rival.fetchval(waiting):
        assert not running.done()
        await asyncio.sleep(0.01)
    await begun.commit()
    report = await running
    await rival.close()
    assert (report.created, report.updated) == (1, 1)
    assert await csv.trait("new", "id", "tier") == (77, "gold")
    assert await csv.coins("new") == (5, 0, 0, 0)


async def test_an_import_that_is_cancelled_writes_nothing_and_blocks_nobody(csv: Importer):
    before = await csv.everything()
    seen: list[int] = []

    def cancel_at_writing(size: int) -> None:
        seen.append(size)
        if len(seen) == 2:
            running.cancel()

    content = "externalId,points\nnew-1,5\n"
    running = asyncio.create_task(csv.load(content, progress=cancel_at_writing))
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(seen) == 2
    assert await csv.everything() == before
    done(await csv.shop.do(csv.shop.grant(1)))


async def test_a_file_that_changes_under_the_import_is_refused(csv: Importer):
    """Else the digest, by which it is imported once, would be that of another file."""
    lines = "".join(f"new-{number}\n" for number in range(20_000))
    file = csv.write(f"externalId\n{lines}")

    def append(size: int) -> None:
        with file.open("a") as more:
            more.write(f"another-{file.stat().st_size + size}\n")

    report = await csv.load(file, progress=append)
    assert [error.message for error in report.errors] == ["The file has changed while it was read."]
    assert (await csv.load(file)).error_count == 0
