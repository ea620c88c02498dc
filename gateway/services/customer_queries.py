"""The statements by which staff look for customers. Each goes by one index, on both engines."""

from __future__ import annotations

from typing import Any, Final

from gateway.services.customers import COLUMNS
from gateway.services.database import bytewise, statement

Row = dict[str, Any]

LISTED: Final = "merged_into IS NULL AND erased_at IS NULL AND NOT sandbox"
"""Who is a customer, in the words of the indexes."""
NUMBER: Final = "substr(external_id, length(rtrim(external_id, '0123456789')) + 1)"
"""The number that the external id ends with."""
_HAS_NUMBER: Final = (
    "rtrim(external_id, '0123456789') <> '' AND rtrim(external_id, '0123456789') <> external_id"
)
# As a CASE: of a table that was never analysed PostgreSQL believes that hardly a row is without a
# `merged_into`, and would read them all to sort the few.
_NEWEST: Final = (
    f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND id < ?"  # noqa: S608 - fixed names
    f" AND CASE WHEN {LISTED} THEN true ELSE false END ORDER BY id DESC LIMIT ?"
)
_PLACE: Final = (
    f"SELECT external_id, {NUMBER} AS number FROM customer WHERE merchant_id = ? AND id = ?"  # noqa: S608 - fixed names
)
_HIGHEST: Final = "\U0010ffff"
"""Comes after every character that an id can have."""


def newest_sql() -> str:
    """Merchant, the id before which they are, how many."""
    return _NEWEST


def by_beginning_sql() -> str:
    """Merchant, the external id after which they are, the end of the range, how many."""
    name = f"external_id{bytewise()}"
    return (
        f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND {name} > ? AND {name} < ?"  # noqa: S608 - fixed names
        f" AND {LISTED} ORDER BY {name} LIMIT ?"
    )


def by_number_sql() -> str:
    """Merchant; number, its range's end, number and id after which they are; two ends; how many.

    Without those whose whole id begins so: they are found by it.
    """
    name, number = f"external_id{bytewise()}", f"({NUMBER}){bytewise()}"
    return (
        f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND {number} >= ? AND {number} < ?"  # noqa: S608 - fixed names
        f" AND ({number} > ? OR id > ?) AND NOT ({name} >= ? AND {name} < ?)"
        f" AND {LISTED} AND {_HAS_NUMBER} ORDER BY {number}, id LIMIT ?"
    )


async def newest(merchant_id: int, before: int, limit: int) -> list[Row]:
    """Those with an id below `before`."""
    return await statement(newest_sql(), merchant_id, before, limit)


async def by_beginning(merchant_id: int, text: str, after: str, limit: int) -> list[Row]:
    """Those whose external id begins with the text and comes after `after`."""
    values = (merchant_id, after, text + _HIGHEST, limit)
    return await statement(by_beginning_sql(), *values)


async def by_number(merchant_id: int, text: str, after: tuple[str, int], limit: int) -> list[Row]:
    """Those whose external id ends with a number that begins with these digits."""
    number, customer_id = after
    end = text + _HIGHEST
    values = (merchant_id, number, end, number, customer_id, text, end, limit)
    return await statement(by_number_sql(), *values)


async def place_of(merchant_id: int, customer_id: int) -> tuple[str, str] | None:
    """External id of a customer and the number that it ends with; None: there is no such one."""
    found = await statement(_PLACE, merchant_id, customer_id)
    return (found[0]["external_id"], found[0]["number"]) if found else None
