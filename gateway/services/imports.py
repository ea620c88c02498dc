"""Importing customers and their points from a CSV file: all of it, or nothing.

The file is read twice from its beginning: once for its digest, by which the same file is imported
only once, and once for its rows, a chunk at a time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader
from itertools import islice
from pathlib import Path

from gateway.errors import bad_input
from gateway.ids import IdMaker
from gateway.ledger import bulk, bulk_sql
from gateway.ledger.bulk import Checked, Clash, Import, Totals
from gateway.ledger.bulk_row import CHUNK
from gateway.ledger.bulk_session import BulkSession
from gateway.money import to_decimal
from gateway.services.import_file import records
from gateway.services.import_rows import SHOWN, Errors, Home, RowError, RowReader, read_rows
from gateway.services.phones import home_country

_COLUMNS = {"external_id": "externalId"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, or in a dry run would do; with errors it did nothing.

    `rows` are the customers of the file, `credits_minor` minor units of the merchant's currency.
    `already`: the same file was imported before, and these are the figures of that time.
    """

    rows: int = 0
    created: int = 0
    updated: int = 0
    points: int = 0
    credits_minor: int = 0
    already: bool = False
    errors: tuple[RowError, ...] = ()
    """The first 100, by line."""
    error_count: int = 0


async def import_customers(  # noqa: PLR0913 - what the command line asks for
    database_url: str,
    merchant_id: int,
    file: Path,
    *,
    now: int,
    ids: IdMaker,
    dry_run: bool,
    sign_up: bool = False,
    progress: Callable[[int], None],
) -> ImportReport:
    """Import the customers of a CSV file in one transaction, as one command of the ledger.

    Customers who are there get the traits that are given, and their points as a new lot on top of
    what they have; their debts are paid first. Nothing is written when any line has an error, or
    in a dry run. What the merchant gives for signing up goes to new customers only with `sign_up`:
    who comes from elsewhere has signed up long ago. It is safe to repeat: the same file is
    imported once, as long as its idempotency record is kept. `now` is in microseconds since the
    epoch. Nobody else uses `ids` meanwhile. `progress` is told how many more bytes of the file
    are done; in the end they are all of them. A byte that is read counts half, the other half when
    its row is written.

    SQLite has one writer: while the rows are written, every other writer waits and may give up
    after its busy timeout, so import when it is quiet. On PostgreSQL only commands of customers
    in the file wait.

    Raises RequestError(BAD_USER_INPUT) for an unknown merchant, OSError when the file cannot be
    read, StoreUnavailable or BatchConflict when the database is away or too busy. Nothing was
    written then, except perhaps when the connection broke in the very commit; repeat it to know.
    """
    with file.open("rb") as source:
        digest, size = await asyncio.to_thread(_digest, source)
        the = Import(merchant_id, ids.next(), digest, now)
        async with bulk.open_session(database_url) as session:
            home = await _home(session, merchant_id)
            first = await bulk.earlier(session, the)
            if first is not None:
                return _report(first, already=True)
            work = _Work(session, the, home, _Bar(progress, size))
            given = await work.stage(source, ids, sign_up=sign_up)
            report = await (work.rehearse if dry_run else work.carry_out)(given)
            work.bar.reach(1, 1)
            return report


@dataclass(slots=True)
class _Bar:
    """Tells how many more bytes of the file are done."""

    tell: Callable[[int], None]
    size: int
    told: int = 0

    def read(self, size: int) -> None:
        """So many bytes were read."""
        self.reach(size, 2 * self.size)

    def written(self, done: int, rows: int) -> None:
        """So many of the rows were written."""
        self.reach(rows + done, 2 * rows)

    def reach(self, part: int, whole: int) -> None:
        """It has come so far; told only where that is farther than before."""
        done = self.size * part // whole if whole else 0
        if done > self.told:
            more, self.told = done - self.told, done
            self.tell(more)


@dataclass(frozen=True, slots=True)
class _Work:
    """One import on its way."""

    session: BulkSession
    the: Import
    home: Home
    bar: _Bar
    errors: Errors = field(default_factory=Errors)

    async def stage(self, source: BufferedReader, ids: IdMaker, *, sign_up: bool) -> Totals:
        """Stage all rows, and add up what they bring."""
        digest = hashlib.sha256()
        reader = partial(
            RowReader,
            home=self.home,
            sign_up=sign_up,
            now=self.the.now,
            next_id=ids.next,
            errors=self.errors,
        )
        rows = read_rows(records(source, digest), reader, self.errors)
        count = points = credits_minor = 0
        # Reading is work for the processor, so it does not belong on the event loop either.
        while chunk := await asyncio.to_thread(lambda: list(islice(rows, CHUNK))):
            await self.session.stage(chunk)
            count += len(chunk)
            points += sum(row.points for row in chunk)
            credits_minor += sum(row.credits_minor for row in chunk)
            self.bar.read(source.tell())
        if digest.hexdigest() != self.the.digest and not self.errors.count:
            self.errors.add(1, "", "The file has changed while it was read.")
        await self.session.staged()
        return Totals(rows=count, points=points, credits_minor=credits_minor)

    async def rehearse(self, given: Totals) -> ImportReport:
        """Find all that is wrong, and count; write nothing."""
        checked = await bulk.check(self.session, self.the.merchant_id)
        created = checked.rows - checked.known
        return self._answer(replace(given, created=created, updated=checked.known), checked)

    async def carry_out(self, given: Totals) -> ImportReport:
        """Write all, unless something is wrong."""
        if self.errors.count:
            return await self.rehearse(given)
        done = await bulk.carry_out(self.session, self.the, given, self.bar.written)
        if done.already:
            return _report(done.totals, already=True)
        return self._answer(done.totals, done.checked)

    def _answer(self, totals: Totals, checked: Checked) -> ImportReport:
        count = self.errors.count + checked.clash_count
        if not count:
            return _report(totals)
        found = [*self.errors.shown, *(self._row_error(clash) for clash in checked.clashes)]
        found.sort(key=lambda error: error.line)
        return ImportReport(rows=totals.rows, errors=tuple(found[:SHOWN]), error_count=count)

    def _row_error(self, clash: Clash) -> RowError:
        column = _COLUMNS.get(clash.column, clash.column)
        if clash.kind == "twice":
            message = f"Line {clash.other} has the same {column}; every customer has its own."
        elif clash.kind == "taken":
            message = f"The customer {clash.other} has this {column}; every customer has its own."
        elif clash.kind == "merged":
            message = f"This customer was merged into {clash.other}; name that one."
        else:
            room = to_decimal(int(clash.other), self.home.currency)
            most = room if column == "credits" else clash.other
            message = f"The balance would grow too large: at most {most} {column} fit in."
        return RowError(clash.line, column, message)


def _digest(source: BufferedReader) -> tuple[str, int]:
    """Digest and size of the whole file, which is then at its beginning again."""
    digest = hashlib.file_digest(source, "sha256").hexdigest()
    size = source.tell()
    source.seek(0)
    return digest, size


async def _home(session: BulkSession, merchant_id: int) -> Home:
    found = await session.fetch(bulk_sql.HOME, merchant_id)
    if not found:
        raise bad_input("There is no merchant with this id.", "merchant")
    currency, locale, time_zone = found[0]
    return Home(currency, home_country(locale, currency, time_zone), time_zone)


def _report(totals: Totals, *, already: bool = False) -> ImportReport:
    return ImportReport(
        rows=totals.rows,
        created=totals.created,
        updated=totals.updated,
        points=totals.points,
        credits_minor=totals.credits_minor,
        already=already,
    )
