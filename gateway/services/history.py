"""What has happened to a customer's points: pages of the journal and of redemptions.

Pages are cut by key, newest first, so that what comes in between two pages shifts nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

import models
from gateway.errors import bad_input
from gateway.ledger import rows
from gateway.ledger.commands import Redemption, Status, Wallet

T = TypeVar("T")

MOST_ITEMS = 100
"""Of one page."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items, newest first; `more`: there are older ones than the last."""

    items: tuple[T, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """One movement of points between two buckets of an account, and the balances after it.

    `sequence` counts the account's entries from 1; `at` is in microseconds since the Unix epoch,
    UTC. In the wallet CREDITS points are minor units of the merchant's currency.
    """

    wallet: Wallet
    sequence: int
    kind: str
    source: str
    target: str
    points: int
    lot_number: int | None
    redemption_id: int | None
    reason: str | None
    at: int
    available_after: int
    held_after: int
    pending_after: int
    debt_after: int


async def ledger_entries(
    merchant_id: int, customer_id: int, wallet: Wallet, first: int, after: int | None = None
) -> Page[EntryView]:
    """Up to `first` entries older than the sequence `after`, the latest when that is None.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    found = models.JournalEntry.filter(
        merchant_id=merchant_id, customer_id=customer_id, wallet=wallet.value
    )
    if after is not None:
        found = found.filter(sequence__lt=after)
    listed: Any = await found.order_by("-sequence").limit(first + 1)
    return page_of([_entry(row) for row in listed], first)


async def redemptions(
    merchant_id: int, customer_id: int, first: int, after: int | None, now: int
) -> Page[Redemption]:
    """Up to `first` redemptions older than the one with the id `after`, as of `now`.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    found = models.Redemption.filter(merchant_id=merchant_id, customer_id=customer_id)
    if after is not None:
        found = found.filter(id__lt=after)
    listed: Any = await found.order_by("-id").limit(first + 1).values_list(*rows.REDEMPTION)
    return page_of([_as_of(now, rows.redemption(row)) for row in listed], first)


async def find_redemption(
    merchant_id: int, customer_id: int, redemption_id: int, now: int
) -> Redemption | None:
    """The redemption as of `now`, None when that customer has no such one."""
    found = models.Redemption.filter(
        merchant_id=merchant_id, customer_id=customer_id, id=redemption_id
    )
    listed: Any = await found.values_list(*rows.REDEMPTION)
    return _as_of(now, rows.redemption(listed[0])) if listed else None


async def find_released(merchant_id: int, customer_id: int, cart_id: str) -> Redemption | None:
    """The customer's latest redemption for that cart that was released, None when none was."""
    found = models.Redemption.filter(
        merchant_id=merchant_id,
        customer_id=customer_id,
        cart_id=cart_id,
        status=Status.RELEASED.value,
    )
    listed: Any = await found.order_by("-id").limit(1).values_list(*rows.REDEMPTION)
    return rows.redemption(listed[0]) if listed else None


async def carts_of(
    merchant_id: int, customer_id: int, redemption_ids: Collection[int]
) -> dict[int, tuple[str, str | None]]:
    """Of redemptions of the customer, by their ids: the cart, and the order that took it."""
    if not redemption_ids:
        return {}
    found: Any = await models.Redemption.filter(
        merchant_id=merchant_id, customer_id=customer_id, id__in=redemption_ids
    ).values_list("id", "cart_id", "order_id")
    return {number: (cart, order) for number, cart, order in found}


def _as_of(now: int, stored: Redemption) -> Redemption:
    """A hold whose time is up has ended, also where no command has written that down yet."""
    if stored.status is not Status.HELD or stored.expires_at > now:
        return stored
    return replace(
        stored, status=Status.EXPIRED, close_reason="HOLD_RAN_OUT", closed_at=stored.expires_at
    )


def page_of(found: Sequence[T], first: int) -> Page[T]:
    """The page, of up to one item more than it has."""
    return Page(tuple(found[:first]), more=len(found) > first)


def checked_size(first: int) -> None:
    """Refuse the size of a page that is not 1 to 100."""
    if not 1 <= first <= MOST_ITEMS:
        raise bad_input(f"first is 1 to {MOST_ITEMS}.", "first")


def _entry(row: models.JournalEntry) -> EntryView:
    return EntryView(
        wallet=Wallet(row.wallet),
        sequence=row.sequence,
        kind=row.kind,
        source=row.source,
        target=row.target,
        points=row.points,
        lot_number=row.lot_number,
        redemption_id=row.redemption_id,
        reason=row.reason,
        at=row.at,
        available_after=row.available_after,
        held_after=row.held_after,
        pending_after=row.pending_after,
        debt_after=row.debt_after,
    )
