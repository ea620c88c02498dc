"""Many customers and lots at once: all of them in one transaction, as one command of the ledger.

A session is opened, rows are staged, and `check` or `carry_out` does the rest. The import has one
idempotency record and one event; both stand under customer 0, the event at the import's own id.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from gateway.ledger import bulk_new, bulk_sql
from gateway.ledger.bulk_lots import open_lots
from gateway.ledger.bulk_postgres import postgres_bulk
from gateway.ledger.bulk_session import BulkSession
from gateway.ledger.bulk_sqlite import sqlite_bulk
from gateway.ledger.commands import Outcome, Wallet
from gateway.ledger.rows import outcome_json
from gateway.ledger.settle import MICROSECONDS
from gateway.ledger.store_trouble import BatchConflict

CALLER: Final = "import"
EVENT: Final = "customers.imported"
TRIES: Final = 5
"""Of a transaction that clashes with another one."""

STRIDE: Final = 20_000
"""Lines whose new customers are written with one set of statements."""

Progress = Callable[[int, int], None]
"""Takes how many rows are written, and how many there are in all."""


@dataclass(frozen=True, slots=True)
class Import:
    """Which import it is; `now` in microseconds since the epoch."""

    merchant_id: int
    id: int
    digest: str
    """SHA-256 of the file, in hexadecimal: the same file is imported once."""
    now: int

    @property
    def key(self) -> str:
        """The idempotency key, under the caller "import"."""
        return f"import:{self.digest}"


@dataclass(frozen=True, slots=True)
class Totals:
    """What an import brings: rows of the file, customers, points, minor units of store credit."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    points: int = 0
    credits_minor: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """A row that does not go with another row (`twice`), a customer (`taken`), a balance (`room`).

    `merged`: it names somebody who is a part of another customer now. `other` is that row's line,
    that customer's external id, or the points that still fit in.
    """

    kind: Literal["twice", "taken", "merged", "room"]
    column: str
    line: int
    other: int | str


@dataclass(frozen=True, slots=True)
class Checked:
    """How the staged rows stand to the database: the first clashes of each kind, all counted."""

    rows: int
    known: int
    last_line: int
    clashes: tuple[Clash, ...] = ()
    clash_count: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an import; with clashes, or when it was `already` done, nothing was written."""

    totals: Totals
    checked: Checked
    already: bool = False


def open_session(database_url: str) -> AbstractAsyncContextManager[BulkSession]:
    """A connection of its own to that database, with empty staging tables.

    Raises StoreUnavailable when the database cannot be reached.
    """
    opened = sqlite_bulk if database_url.startswith("sqlite:") else postgres_bulk
    return opened(database_url)


async def earlier(session: BulkSession, the: Import) -> Totals | None:
    """What the same file brought when it was imported; None when it was not."""
    found = await session.fetch(bulk_sql.EARLIER, the.merchant_id, CALLER, the.key)
    return Totals(**json.loads(found[0][0])["import"]) if found else None


async def check(session: BulkSession, merchant_id: int) -> Checked:
    """Hold the staged rows against each other and against the database; changes nothing."""
    await session.begin(merchant_id, writing=False)
    try:
        return await _check(session, merchant_id, thorough=True)
    finally:
        await session.rollback()


async def carry_out(session: BulkSession, the: Import, given: Totals, progress: Progress) -> Done:
    """Write all staged rows in one transaction, durable when this returns; or none on a clash.

    `given` is what the file holds; the answer says also how many customers are new. `progress` is
    told how far it is, again from the beginning after a clash. Raises StoreUnavailable, or
    BatchConflict after a few tries; nothing was written then, unless the connection was lost in
    the very commit: doing it again tells.
    """
    for tried in range(TRIES):
        try:
            return await _attempt(session, the, given, progress, thorough=tried > 0)
        except BatchConflict:
            await session.rollback()
            if tried + 1 == TRIES:
                raise
    raise AssertionError("unreachable")


async def _attempt(
    session: BulkSession, the: Import, given: Totals, progress: Progress, *, thorough: bool
) -> Done:
    await session.begin(the.merchant_id, writing=True)
    # Again, now that no other import of this merchant can come in between.
    first = await earlier(session, the)
    if first is not None:
        await session.rollback()
        return Done(first, Checked(0, 0, 0), already=True)
    checked = await _check(session, the.merchant_id, thorough=thorough)
    if checked.clashes and not thorough:
        checked = await _check(session, the.merchant_id, thorough=True)  # to tell all of them
    created = checked.rows - checked.known
    totals = replace(given, created=created, updated=checked.known)
    if checked.clashes:
        await session.rollback()
        return Done(totals, checked)
    (reminder_seconds,) = (await session.fetch(bulk_sql.REMINDER, the.merchant_id))[0]
    if checked.known:
        await _write_known(session, the, checked, progress, reminder_seconds)
    if created:
        await _write_new(session, the, checked, progress, reminder_seconds)
    await _announce(session, the, totals)
    await session.commit()
    return Done(totals, checked)


async def _check(session: BulkSession, merchant_id: int, *, thorough: bool) -> Checked:
    """Ask all questions; unless `thorough`, not those that the unique keys answer as well."""
    await session.execute(bulk_sql.FORGET)
    await session.execute(bulk_sql.KNOW, merchant_id)
    rows, known, last_line = (await session.fetch(bulk_sql.COUNTS))[0]
    clashes: list[Clash] = []
    count = 0
    for kind, column, sql, values in _questions(merchant_id, thorough=thorough):
        found = await session.fetch(sql, *values)
        clashes.extend(Clash(kind, column, line, other) for line, other, _ in found)
        count += found[0][2] if found else 0
    return Checked(rows, known, last_line, tuple(clashes), count)


def _questions(
    merchant: int, *, thorough: bool
) -> list[tuple[Literal["twice", "taken", "merged", "room"], str, str, tuple[int, ...]]]:
    """All queries for what is wrong, with the column that each blames."""
    # Sorting a million phones to find none twice takes seconds, and a unique key finds one too;
    # but it cannot say which lines they are in.
    repeated = ("external_id", "phone", "email") if thorough else ("external_id",)
    return [
        *(("twice", name, bulk_sql.twice(name), ()) for name in repeated),
        *(("taken", name, bulk_sql.taken(name), (merchant,)) for name in ("phone", "email")),
        ("merged", "external_id", bulk_sql.MERGED, (merchant,)),
        ("room", "points", bulk_sql.too_much(Wallet.COINS, "points"), (merchant,)),
        ("room", "credits", bulk_sql.too_much(Wallet.CREDITS, "credits_minor"), (merchant,)),
    ]


async def _write_known(
    session: BulkSession, the: Import, checked: Checked, progress: Progress, reminder_seconds: int
) -> None:
    """Customers who are there: their traits, and their lots in the order of the ledger's locks."""
    for column in ("phone", "email"):
        await session.execute(bulk_sql.release(column), the.merchant_id)
    await session.execute(bulk_sql.UPDATE, the.merchant_id, the.now)
    last = done = 0
    while page := await session.fetch(bulk_sql.LOTS, last):
        last = page[-1][0]
        holders = await session.load([(the.merchant_id, row[0]) for row in page])
        await session.write(open_lots(the.merchant_id, holders, page, the.now, reminder_seconds))
        done += len(page)
        progress(done, checked.rows)


async def _write_new(
    session: BulkSession, the: Import, checked: Checked, progress: Progress, reminder_seconds: int
) -> None:
    """Customers who are not: they are all made before any other transaction can see one."""
    created = checked.rows - checked.known
    statements = bulk_new.statements(reminder_seconds * MICROSECONDS)
    for first in range(1, checked.last_line + 1, STRIDE):
        last = min(first + STRIDE - 1, checked.last_line)
        for statement in statements:
            await session.execute(statement, the.merchant_id, the.now, first, last)
        progress(checked.known + created * last // checked.last_line, checked.rows)


async def _announce(session: BulkSession, the: Import, totals: Totals) -> None:
    """Store the import's one idempotency record and its one event."""
    counts: dict[str, Any] = asdict(totals)
    outcome = json.dumps({**json.loads(outcome_json(Outcome())), "import": counts})
    key = (CALLER, the.key)
    await session.execute(
        bulk_sql.RECORD_INSERT, the.merchant_id, *key, the.digest, outcome, the.now
    )
    payload = json.dumps({"sha256": the.digest, **counts})
    await session.execute(
        bulk_sql.EVENT_INSERT, the.merchant_id, the.id, EVENT, *key, payload, the.now
    )
