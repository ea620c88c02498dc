"""Imports of small files into a shop, in the words of the tests."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from gateway.ledger.bulk_row import BulkRow
from gateway.services.import_file import records
from gateway.services.import_rows import Errors, Home, RowError, RowReader, read_rows
from gateway.services.imports import ImportReport, import_customers
from models.migrate import migrate
from tests.ledger.shop import MERCHANT, Shop
from tests.services.making import NOW, id_maker

IDS = id_maker()
TABLES = ("customer", "account", "lot", "journal", "redemption", "idempotency", "outbox")
FIXTURES = Path(__file__).parents[1] / "fixtures"


class Importer:
    """A shop with customers, and files to import into it."""

    def __init__(self, url: str, directory: Path) -> None:
        self.shop = Shop(url)
        self._directory = directory
        self._files = 0

    async def open(self) -> None:
        await migrate(self.shop.url)
        await self.shop.open()

    def write(self, content: str | bytes) -> Path:
        """A new file with that content."""
        self._files += 1
        file = self._directory / f"customers-{self._files}.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    async def load(
        self, content: str | bytes | Path, *, dry_run: bool = False, **more: Any
    ) -> ImportReport:
        """Import a file, or one with that content."""
        file = content if isinstance(content, Path) else self.write(content)
        values: dict[str, Any] = {
            "now": self.shop.now,
            "ids": IDS,
            "progress": lambda _: None,
            **more,
        }
        merchant = values.pop("merchant_id", MERCHANT)
        return await import_customers(self.shop.url, merchant, file, dry_run=dry_run, **values)

    async def everything(self) -> dict[str, list[Any]]:
        """All rows that an import could touch."""
        return {
            table: sorted(map(repr, await self.shop.sql(f"SELECT * FROM {table}")))  # noqa: S608 - fixed names
            for table in TABLES
        }

    async def trait(self, external_id: str, *names: str) -> tuple[Any, ...]:
        """Columns of a customer as they are stored."""
        found = await self.shop.sql(
            f"SELECT {', '.join(names)} FROM customer WHERE external_id = $1",  # noqa: S608 - fixed names
            external_id,
        )
        return tuple(found[0])

    async def coins(self, external_id: str) -> tuple[int, int, int, int]:
        """Available, held, pending and debt of a customer."""
        return await self.shop.balance((await self.trait(external_id, "id"))[0])


def read(content: str | bytes, currency: str = "INR") -> tuple[list[BulkRow], list[RowError]]:
    """The rows of a file, and what is wrong with them, without a database."""
    errors = Errors()
    source = BytesIO(content.encode() if isinstance(content, str) else content)

    def reader(header: list[str]) -> RowReader:
        return RowReader(header, Home(currency, "IN", "Asia/Kolkata"), NOW, IDS.next, errors)

    return list(read_rows(records(source, sha256()), reader, errors)), errors.shown


def where(errors: Iterable[RowError]) -> list[tuple[int, str]]:
    """Line and column of each error."""
    return [(error.line, error.column) for error in errors]
