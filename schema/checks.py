"""Checks of input that is malformed, whatever the state: each error names its field."""

from __future__ import annotations

import re

from gateway.errors import RequestError, bad_input
from gateway.ids import from_global_id, id_number
from gateway.rules.program import MAX_SAFE_INTEGER

MAX_ID_LENGTH = 255
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,126}[\x21-\x7e])?")


def text(value: str, *path: str, longest: int = MAX_ID_LENGTH) -> str:
    """A text of 1 … `longest` characters without control characters."""
    if not 0 < len(value) <= longest or not value.isprintable() or value != value.strip():
        name = ".".join(path)
        allowed = f"1 to {longest} printable characters and no space around them"
        raise bad_input(f"`{name}` must have {allowed}.", *path)
    return value


def idempotency_key(value: str) -> str:
    """A key of 1 … 128 printable ASCII characters."""
    if not _KEY.fullmatch(value):
        raise bad_input(
            "`idempotencyKey` must have 1 to 128 printable ASCII characters; a UUID is advised.",
            "idempotencyKey",
        )
    return value


def within(value: int, low: int, high: int, *path: str) -> int:
    """A whole number from `low` to `high`."""
    if not low <= value <= high:
        name = ".".join(path)
        raise bad_input(f"`{name}` must be from {low} to {high}.", *path)
    return value


def first(value: int) -> int:
    """The size of a page."""
    return within(value, 1, 100, "first")


def points_delta(value: int) -> int:
    """A change of points, in either direction, but a change."""
    if value == 0:
        raise bad_input("`delta` must not be 0.", "delta")
    return within(value, -MAX_SAFE_INTEGER, MAX_SAFE_INTEGER, "delta")


def numbers(global_id: str, type_name: str, count: int) -> tuple[int, ...] | None:
    """The numbers inside a global id of that type; None for any other text."""
    parts = from_global_id(global_id, type_name)
    if parts is None or len(parts) != count:
        return None
    found = [id_number(part) for part in parts]
    return None if None in found else tuple(n for n in found if n is not None)


def missing(name: str, *path: str) -> RequestError:
    """The error for an input that this caller has to give."""
    return bad_input(f"`{name}` is required with this credential.", *path)
