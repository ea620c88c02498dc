"""All that is kept of one customer, for the customer who asks: a page of it at a time.

What was merged into the customer is a part of it. Rows are told as they are stored, with times in
microseconds since the epoch and amounts in minor units: it is a copy, not a presentation.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import orjson

from gateway.errors import bad_input
from gateway.services.audit import Actor, record
from gateway.services.database import statement, transaction
from gateway.services.directory import Known

PAGE: Final = 500
"""Rows of one page."""


_OF_CUSTOMER: Final = "merchant_id = ? AND customer_id = ?"


class Section(NamedTuple):
    """Rows of one table that belong to a customer, and the column by which they are paged."""

    name: str
    table: str
    key: str
    where: str = _OF_CUSTOMER


SECTIONS: Final = (
    Section("customers", "customer", "id", "merchant_id = ? AND id = ?"),
    Section("formerlyKnownAs", "customer_alias", "value", "merchant_id = ? AND source_id = ?"),
    Section("balances", "account", "wallet"),
    *(
        Section("lots", "lot", "number", f"{_OF_CUSTOMER} AND wallet = '{w}'")
        for w in ("COINS", "CREDITS")
    ),
    Section("redemptions", "redemption", "id"),
    Section("orders", "customer_order", "order_id"),
    Section("awards", "award", "occasion"),
    *(
        Section("journal", "journal", "sequence", f"{_OF_CUSTOMER} AND wallet = '{w}'")
        for w in ("COINS", "CREDITS")
    ),
)
NAMES: Final = tuple(dict.fromkeys(section.name for section in SECTIONS))
_TEXT: Final = frozenset({"value", "wallet", "order_id", "occasion"})


def as_json(rows: object) -> str:
    """Rows as JSON."""
    return orjson.dumps(rows).decode()


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Some rows by section; `after` is where the next page begins, None: this was the last."""

    rows: dict[str, list[dict[str, Any]]]
    after: str | None


async def note_export(merchant_id: int, who: Known, now: int, by: Actor) -> None:
    """Tell the audit log that all of a customer is read, before any of it is.

    It changes nothing, and yet is told: whoever was shown a person's data is to be known.
    """
    name = who.external_id or str(who.id)
    await transaction(lambda: record(merchant_id, by, now, "customer.export", name))


async def export_page(merchant_id: int, customer_id: int, after: str | None = None) -> ExportPage:
    """Up to PAGE rows of the customer from `after` on. Raises RequestError for another `after`."""
    people = await _people(merchant_id, customer_id)
    section, person, key = _read(after, len(people))
    rows: dict[str, list[dict[str, Any]]] = {}
    left = PAGE
    while section < len(SECTIONS):
        the = SECTIONS[section]
        found = await _rows(the, merchant_id, people[person], key, left + 1)
        shown = found[:left]
        if shown:
            rows.setdefault(the.name, []).extend(shown)
        if len(found) > left:
            last = shown[-1][the.key] if shown else key
            return ExportPage(rows, _written(section, person, last))
        left -= len(found)
        key = None
        section, person = (section, person + 1) if person + 1 < len(people) else (section + 1, 0)
    return ExportPage(rows, None)


async def export_pages(merchant_id: int, customer_id: int) -> AsyncIterator[ExportPage]:
    """All pages, one after the other."""
    page = await export_page(merchant_id, customer_id)
    yield page
    while page.after is not None:
        page = await export_page(merchant_id, customer_id, page.after)
        yield page


async def _people(merchant_id: int, customer_id: int) -> list[int]:
    """The customer, and those who were merged into it."""
    found = await statement(
        "SELECT id FROM customer WHERE merchant_id = ? AND merged_into = ? ORDER BY id",
        merchant_id,
        customer_id,
    )
    return [customer_id, *(row["id"] for row in found)]


async def _rows(
    section: Section, merchant_id: int, customer_id: int, after: object, limit: int
) -> list[dict[str, Any]]:
    later = "" if after is None else f" AND {section.key} > ?"
    sql = (
        f"SELECT * FROM {section.table} WHERE {section.where}{later}"  # noqa: S608 - fixed names
        f" ORDER BY {section.key} LIMIT ?"
    )
    values = (merchant_id, customer_id, *(() if after is None else (after,)), limit)
    return [
        {name: value for name, value in row.items() if name != "merchant_id"}
        for row in await statement(sql, *values)
    ]


def _written(section: int, person: int, key: object) -> str:
    return f"{section}:{person}:{'' if key is None else key}"


def _read(after: str | None, people: int) -> tuple[int, int, object]:
    """Where a page begins: section, customer and the last key that was told."""
    if after is None:
        return 0, 0, None
    first, _, rest = after.partition(":")
    second, _, key = rest.partition(":")
    fine = first.isdecimal() and second.isdecimal() and len(first + second) < len("1000000")
    if fine and int(first) < len(SECTIONS) and int(second) < people:
        section = SECTIONS[int(first)]
        if not key:
            return int(first), int(second), None
        if section.key in _TEXT and key.isprintable():
            return int(first), int(second), key
        if key.isdecimal() and int(key) < 2**63:
            return int(first), int(second), int(key)
    raise bad_input("after is the `next` of the page before.", "after")
