"""One line of an import: its cells checked, and what is wrong with them in words.

The cells of a customer follow the same checks as a customer of the API. An empty cell leaves what
is there. Texts stay texts: nothing in a cell is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Final

from gateway.errors import LoyaltyError
from gateway.ledger.bulk_row import BulkRow
from gateway.money import to_minor
from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.birthdays import next_birthday
from gateway.services.identity import CustomerDraft, columns_of
from gateway.services.import_file import UnreadableError

REQUIRED: Final = "externalId"
_OPTIONAL: Final = ("phone", "email", "birthday", "tier", "tags", "locale")
_LOTS: Final = ("points", "pointsAvailableFrom", "pointsExpireAt", "credits", "creditsExpireAt")
COLUMNS: Final = (REQUIRED, *_OPTIONAL, *_LOTS)

_Text = str | None
_Traits = tuple[str, _Text, _Text, _Text, _Text, _Text, _Text]

SHOWN: Final = 100
"""Errors that are kept; all of them are counted."""

_DAY: Final = 86_400_000_000
_POINTS: Final = re.compile(r"[0-9]{1,16}")
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in a line, as a spreadsheet numbers it; `column` is empty for all of it."""

    line: int
    column: str
    message: str


@dataclass(slots=True)
class Errors:
    """The first errors, and how many there are."""

    count: int = 0
    shown: list[RowError] = field(default_factory=list[RowError])

    def add(self, line: int, column: str, message: str) -> None:
        """Count one error, and keep it while there is room."""
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(RowError(line, column, message))


def check_header(cells: list[str]) -> None:
    """Raise UnreadableError unless these are columns that an import knows, each once."""
    allowed = f"The columns are {', '.join(COLUMNS)}, with commas between them, in any order."
    unknown = [name for name in cells if name not in COLUMNS]
    if unknown:
        raise UnreadableError(1, f'There is no column "{unknown[0][:64]}". {allowed}')
    if REQUIRED not in cells:
        raise UnreadableError(1, f"The column {REQUIRED} is missing. {allowed}")
    twice = next((name for name in cells if cells.count(name) > 1), None)
    if twice:
        raise UnreadableError(1, f"The column {twice} is there more than once. {allowed}")


@dataclass(frozen=True, slots=True)
class Home:
    """What of the merchant is needed to read a line."""

    currency: str
    region: str | None
    """Where phone numbers without a calling code are dialled, alpha-2."""
    time_zone: str


class RowReader:
    """Turns lines into rows to stage, and notes what is wrong with them."""

    def __init__(
        self,
        header: list[str],
        home: Home,
        now: int,
        next_id: Callable[[], int],
        errors: Errors,
        *,
        sign_up: bool = False,
    ) -> None:
        """`header` is checked; `now` in microseconds since the epoch.

        `sign_up`: new customers are due for what is given for signing up.
        """
        self._width = len(header)
        # A column that the file lacks is read from an empty cell behind the last one.
        places = [header.index(name) if name in header else self._width for name in COLUMNS]
        self._in_order = itemgetter(*places)
        self._home = home
        self._sign_up = sign_up
        self._now = now
        self._next_id = next_id
        self._errors = errors

    def read(self, line: int, cells: list[str]) -> BulkRow | None:
        """The row; None for a blank line, or when not even its customer is known.

        A row with errors comes with what is right in it, so that it can still be held against
        the others.
        """
        if not any(cells):
            return None
        if len(cells) != self._width:
            detail = f"The line has {len(cells)} cells, but there are {self._width} columns."
            self._errors.add(line, "", detail)
            return None
        cells.append("")
        *who, points, starts, ends, money, credits_end = self._in_order(cells)
        traits = self._traits(line, who)
        lot = self._points(line, points, starts, ends)
        credit = self._credits(line, money, credits_end)
        if traits is None:
            return None
        due = self._due(traits[3])
        return BulkRow(line, self._next_id(), *traits, *lot, *credit, *due)

    def _due(self, birthday: str | None) -> tuple[int | None, int | None]:
        """When awards are due for a new customer, and for one who is there."""
        if birthday is None:
            return (self._now if self._sign_up else None), None
        next_one = next_birthday(birthday, self._now, self._home.time_zone)
        return (self._now if self._sign_up else next_one), next_one

    def _traits(self, line: int, cells: Sequence[str]) -> _Traits | None:
        """The customer's columns as they are staged; None when the external id is wrong."""
        external_id, phone, email, birthday, *shared = cells
        who = CustomerDraft(
            external_id=external_id,
            phone=phone or None,
            email=email or None,
            birthday=birthday or None,
        )
        try:
            get = columns_of(who, self._home.region).get
            return external_id, get("phone"), get("email"), get("birthday"), *_shared(*shared)
        except LoyaltyError:
            group = _group(external_id, *shared)
            draft = replace(group, phone=who.phone, email=who.email, birthday=who.birthday)
            return self._right_ones(line, draft)

    def _right_ones(self, line: int, draft: CustomerDraft) -> _Traits | None:
        """Note each column that is wrong, and answer the columns without these."""
        while True:
            try:
                return _columns(draft, self._home.region)
            except LoyaltyError as error:
                column = (error.refusal.field or ("",))[0]
                self._errors.add(line, column, error.detail)
                if column not in _OPTIONAL:
                    return None
                draft = replace(draft, **{column: None})

    def _points(self, line: int, text: str, start: str, end: str) -> tuple[int, int, int | None]:
        points = 0
        if text:
            if _POINTS.fullmatch(text) and int(text) <= MAX_SAFE_INTEGER:
                points = int(text)
            else:
                detail = f"Points are a whole number from 0 to {MAX_SAFE_INTEGER}, digits only."
                self._errors.add(line, "points", detail)
        starts = self._time(line, "pointsAvailableFrom", start, ends=False) if start else None
        starts = max(starts or 0, self._now)
        ends = self._time(line, "pointsExpireAt", end, ends=True) if end else None
        if not points:
            return 0, starts, None
        if ends is not None and ends <= starts:
            detail = "Points must expire later than now and than pointsAvailableFrom."
            self._errors.add(line, "pointsExpireAt", detail)
        return points, starts, ends

    def _credits(self, line: int, text: str, end: str) -> tuple[int, int | None]:
        minor = 0
        if text:
            try:
                minor = to_minor(text, self._home.currency, "credits")
            except LoyaltyError as error:
                self._errors.add(line, "credits", error.detail)
        ends = self._time(line, "creditsExpireAt", end, ends=True) if end else None
        if not minor:
            return 0, None
        if ends is not None and ends <= self._now:
            self._errors.add(line, "creditsExpireAt", "Credits must expire later than now.")
        return minor, ends

    def _time(self, line: int, column: str, text: str, *, ends: bool) -> int | None:
        try:
            return instant(text, ends=ends)
        except ValueError:
            detail = 'A time is an ISO date such as "2027-12-31" or "2027-12-31T18:30:00+05:30".'
            self._errors.add(line, column, detail)
            return None


def read_rows(
    lines: Iterator[tuple[int, list[str]]], reader: Callable[[list[str]], RowReader], errors: Errors
) -> Iterator[BulkRow]:
    """The rows to stage; what is wrong is noted, and ends the reading where it must.

    `reader` makes the reader of the rows from the header.
    """
    try:
        _, header = next(lines, (1, list[str]()))
        check_header(header)
        read = reader(header).read
        for line, cells in lines:
            row = read(line, cells)
            if row is not None:
                yield row
    except UnreadableError as stop:
        errors.add(stop.line, "", f"{stop.message} Nothing from here on was read.")


def _columns(draft: CustomerDraft, region: str | None = None) -> _Traits:
    """The columns of a customer, in the order in which they are staged. Raises LoyaltyError."""
    get = columns_of(draft, region).get
    own = get("phone"), get("email"), get("birthday")
    return draft.external_id, *own, get("tier"), get("tags"), get("locale")


@lru_cache(1024)  # most customers share these with many others
def _shared(tier: str, tags: str, locale: str) -> tuple[str | None, str | None, str | None]:
    """The columns of tier, tags and locale."""
    return _columns(_group("-", tier, tags, locale))[4:]


def _group(external_id: str, tier: str, tags: str, locale: str) -> CustomerDraft:
    return CustomerDraft(
        external_id=external_id,
        tier=tier or None,
        tags=frozenset(tags.split("|")) if tags else None,
        locale=locale or None,
    )


@lru_cache(1024)  # most lines of a file name the same few days
def instant(text: str, *, ends: bool) -> int:
    """An ISO date or date-time in microseconds since the epoch; without an offset it is UTC.

    A date alone is the end of that day when `ends`, else its beginning. Raises ValueError.
    """
    if _TIME.fullmatch(text) is None:
        raise ValueError(text)
    if len(text) == len("2027-12-31"):
        return (date.fromisoformat(text).toordinal() - _EPOCH.toordinal() + ends) * _DAY
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    since = moment - _EPOCH
    return since.days * _DAY + since.seconds * 1_000_000 + since.microseconds
