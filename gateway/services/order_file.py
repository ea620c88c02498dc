"""A shop's list of its orders as CSV: its lines checked, and what is wrong with them in words.

An empty cell says nothing. The same reader as that of an import bounds what is read at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from gateway.errors import LoyaltyError
from gateway.ids import from_global_id, id_number
from gateway.money import to_minor
from gateway.services.checks import is_text
from gateway.services.import_file import UnreadableError, records
from gateway.services.import_rows import Errors, instant
from gateway.services.orders import AHEAD, LONGEST_ID

_WHO: Final = ("externalId", "email", "phone")
_AMOUNTS: Final = ("total", "paid")
COLUMNS: Final = (
    "orderId",
    *_AMOUNTS,
    "status",
    "refundedAmount",
    *_WHO,
    "placedAt",
    "redemptionId",
    "cartId",
)


class FileStatus(StrEnum):
    """What the shop says of an order."""

    PAID = "paid"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOrder:
    """One order of the list. `who`: the name of the column, and what stood in it."""

    line: int
    order_id: str
    status: FileStatus
    total_minor: int | None = None
    paid_minor: int | None = None
    refunded_minor: int | None = None
    whole: bool = False
    """Whether all of it was given back: it is refunded, and no amount is said."""
    who: tuple[str, str] | None = None
    placed_at: int | None = None
    redemption: tuple[int, int] | None = None
    """Its customer and its id."""
    cart_id: str | None = None


class _Unread:
    """Takes the bytes of which no digest is wanted."""

    def update(self, data: bytes, /) -> None:
        """Nothing is kept."""


def read_orders(source: BinaryIO, currency: str, now: int, errors: Errors) -> Iterator[FileOrder]:
    """The orders of the file, one at a time; what is wrong is noted, and its line left out.

    Amounts are in `currency`; `now` is in microseconds since the Unix epoch.
    """
    lines = records(source, _Unread())
    try:
        _, header = next(lines, (1, list[str]()))
        _check_header(header)
        for line, cells in lines:
            if not any(cells):
                continue
            if len(cells) != len(header):
                detail = f"The line has {len(cells)} cells, but there are {len(header)} columns."
                errors.add(line, "", detail)
                continue
            order = _Line(line, dict(zip(header, cells, strict=True)), errors).read(currency, now)
            if order is not None:
                yield order
    except UnreadableError as stop:
        errors.add(stop.line, "", f"{stop.message} Nothing from here on was read.")


def _check_header(cells: list[str]) -> None:
    """Raise UnreadableError unless these are the columns of a list of orders, each once."""
    allowed = f"The columns are {', '.join(COLUMNS)}, with commas between them, in any order."
    unknown = [name for name in cells if name not in COLUMNS]
    if unknown:
        raise UnreadableError(1, f'There is no column "{unknown[0][:64]}". {allowed}')
    twice = next((name for name in cells if cells.count(name) > 1), None)
    if twice:
        raise UnreadableError(1, f"The column {twice} is there more than once. {allowed}")
    for names in (("orderId",), _AMOUNTS, _WHO):
        if not set(names) & set(cells):
            raise UnreadableError(1, f"The column {' or '.join(names)} is missing. {allowed}")


@dataclass(slots=True)
class _Line:
    line: int
    cells: dict[str, str]
    errors: Errors
    wrong: bool = False

    def read(self, currency: str, now: int) -> FileOrder | None:
        """The order; None, with all that is wrong noted, where anything is."""
        order_id = self._id("orderId") or self._wrong("orderId", _ID)
        status = self._status()
        total, paid = (self._amount(name, currency) for name in _AMOUNTS)
        refunded = self._amount("refundedAmount", currency)
        if (total is None) == (paid is None) and not self.wrong:
            self._wrong("total", "Give the order's total before points, or what was paid.")
        who = next(((name, self.cells[name]) for name in _WHO if self.cells.get(name)), None)
        if who is None:
            self._wrong("externalId", f"Name the customer: {', '.join(_WHO)}.")
        order = FileOrder(
            line=self.line,
            order_id=order_id or "",
            status=status,
            total_minor=total,
            paid_minor=paid,
            refunded_minor=refunded,
            whole=status is FileStatus.REFUNDED and refunded is None,
            who=who,
            placed_at=self._time(now),
            redemption=self._redemption(),
            cart_id=self._id("cartId"),
        )
        return None if self.wrong else order

    def _wrong(self, column: str, message: str) -> None:
        self.wrong = True
        self.errors.add(self.line, column, message)

    def _id(self, column: str) -> str | None:
        text = self.cells.get(column, "")
        if text and not (is_text(text, LONGEST_ID) and text.isprintable()):
            self._wrong(column, _ID)
        return text or None

    def _status(self) -> FileStatus:
        text = self.cells.get("status", "").lower()
        try:
            return FileStatus(text or "paid")
        except ValueError:
            self._wrong("status", f"A status is one of {', '.join(FileStatus)}; empty is paid.")
            return FileStatus.PAID

    def _amount(self, column: str, currency: str) -> int | None:
        text = self.cells.get(column, "")
        try:
            return to_minor(text, currency, column) if text else None
        except LoyaltyError as error:
            self._wrong(column, error.detail)
            return None

    def _time(self, now: int) -> int | None:
        text = self.cells.get("placedAt", "")
        try:
            at = instant(text, ends=False) if text else None
        except ValueError:
            detail = 'A time is an ISO date such as "2027-12-31" or "2027-12-31T18:30:00+05:30".'
            self._wrong("placedAt", detail)
            return None
        if at is not None and not 0 <= at <= now + AHEAD:
            self._wrong("placedAt", "It lies in the future, or before 1970.")
        return at

    def _redemption(self) -> tuple[int, int] | None:
        text = self.cells.get("redemptionId", "")
        if not text:
            return None
        match [id_number(part) for part in from_global_id(text, "Redemption") or ()]:
            case [int(customer), int(redemption)]:
                return customer, redemption
            case _:
                self._wrong("redemptionId", "It is the id of a redemption, as `apply` answered it.")
                return None


_ID: Final = f"An id has 1 to {LONGEST_ID} printable characters."
