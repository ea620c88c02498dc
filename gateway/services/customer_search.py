"""Customers as staff look for them: by id, phone or e-mail, or the newest.

First who is meant exactly, then ids that begin so, then ids that end with a number that begins so.
Whoever was merged into another customer leads to that one; whoever was forgotten, or made up for a
trial of the setup, is not found.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum

from gateway.errors import bad_input
from gateway.ids import from_global_id, id_number
from gateway.services import customer_queries as queries
from gateway.services.customers import CustomerRef, CustomerView, find_customer, view_of
from gateway.services.history import Page, checked_size, page_of
from gateway.services.identity import LONGEST_EXTERNAL_ID
from gateway.services.merchants import MerchantView
from gateway.services.phones import NotAPhoneError, sought

_NEWEST_ID = 2**63 - 1


class Part(IntEnum):
    """The parts of an answer, in their order."""

    NEWEST = 0
    EXACT = 1
    BEGINNING = 2
    NUMBER = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: after this customer, in this part of the answer."""

    part: Part
    customer_id: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, and where in the answer it stands."""

    place: Place
    view: CustomerView


async def search_customers(
    merchant: MerchantView, search: str, first: int, after: Place | None = None
) -> Page[Hit]:
    """Up to `first` customers whom the text may mean, after that place.

    Without a text the newest. Raises RequestError(BAD_USER_INPUT): a size that is not 1 to 100, a
    text of more than 255 characters, a place that is none of this answer.
    """
    checked_size(first)
    text = search.strip()
    if len(text) > LONGEST_EXTERNAL_ID:
        raise bad_input(f"search has at most {LONGEST_EXTERNAL_ID} characters.", "search")
    if (after is not None) and (after.part is Part.NEWEST) == bool(text):
        raise _elsewhere()
    if not text:
        before = _NEWEST_ID if after is None else after.customer_id
        found = await queries.newest(merchant.id, before, first + 1)
        return page_of(_hits(Part.NEWEST, [view_of(row) for row in found]), first)
    if not text.isprintable():
        return Page((), more=False)  # no id has it, and not every engine can even look for it
    return page_of(await _found(merchant, text, first + 1, after), first)


async def _found(merchant: MerchantView, text: str, limit: int, after: Place | None) -> list[Hit]:
    """Part by part, until there are enough."""
    start = after or Place(Part.EXACT, _NEWEST_ID)
    exact = await _exact(merchant, text)
    hits: list[Hit] = []
    if start.part is Part.EXACT:
        hits = _hits(Part.EXACT, [v for v in exact if v.id < start.customer_id])
    known = {view.id for view in exact}
    for part in (Part.BEGINNING, Part.NUMBER):
        if len(hits) >= limit or start.part > part:
            continue
        from_id = start.customer_id if start.part is part else None
        # As many more as may be among them again.
        wanted = limit - len(hits) + len(known)
        rows = await _rows(part, merchant.id, text, from_id, wanted)
        views = [view_of(row) for row in rows]
        hits += _hits(part, [view for view in views if view.id not in known])
    return hits[:limit]


async def _rows(
    part: Part, merchant_id: int, text: str, from_id: int | None, limit: int
) -> list[queries.Row]:
    if part is Part.NUMBER and not (text.isascii() and text.isdigit()):
        return []
    name, number, customer_id = text, text, 0
    if from_id is not None:
        place = await queries.place_of(merchant_id, from_id)
        begins = place is not None and place[part is Part.NUMBER].startswith(text)
        if place is None or not begins:
            raise _elsewhere()
        (name, number), customer_id = place, from_id
    if part is Part.BEGINNING:
        return await queries.by_beginning(merchant_id, text, name, limit)
    return await queries.by_number(merchant_id, text, (number, customer_id), limit)


async def _exact(merchant: MerchantView, text: str) -> list[CustomerView]:
    """Those whom the text names, newest first; also by what they were known by before a merge."""
    refs = [CustomerRef(external_id=text, old_names=True)]
    number = _global_id(text)
    if number is not None:
        refs.append(CustomerRef(id=number))
    if "@" in text:
        refs.append(CustomerRef(email=text, old_names=True))
    else:
        with suppress(NotAPhoneError):
            refs.append(CustomerRef(phone=sought(text, merchant.region), old_names=True))
    found: dict[int, CustomerView] = {}
    for ref in refs:
        view = await find_customer(merchant.id, ref)
        if view is not None and view.merged_into is not None:
            view = await find_customer(merchant.id, CustomerRef(id=view.merged_into))
        if view is not None and view.erased_at is None and not view.sandbox:
            found[view.id] = view
    return sorted(found.values(), key=lambda view: -view.id)


def _global_id(text: str) -> int | None:
    parts = from_global_id(text, "Customer")
    return id_number(parts[0]) if parts and len(parts) == 1 else None


def _hits(part: Part, views: list[CustomerView]) -> list[Hit]:
    return [Hit(Place(part, view.id), view) for view in views]


def _elsewhere() -> Exception:
    return bad_input("`after` must be a cursor of an earlier page of this search.", "after")
