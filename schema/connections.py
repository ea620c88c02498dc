"""Pages of a customer's history and redemptions: Relay connections by keyset, newest first."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.errors import bad_input
from gateway.ids import from_global_id, id_number, to_global_id
from gateway.services.history import EntryView
from schema.describe import about
from schema.enums import Wallet
from schema.node import PageInfo
from schema.redemption import Redemption
from schema.scalars import Points, instant

_CURSOR = "Cursor"


@strawberry.type(description="One movement of points between two buckets of an account.")
class LedgerEntry:
    """One movement of points between two buckets of an account."""

    wallet: Wallet = about("Which account.")
    sequence: int = about("Counts the account's movements from 1, without a gap.")
    kind: str = about(
        "What happened: GRANT, EARN, AWARD, MATURE, HOLD, HOLD_EXPIRED, CAPTURE, RELEASE, REFUND,"
        " EXPIRE, CLAWBACK, WITHDRAW, DEBT, DEBT_PAYMENT, DEBT_PAID or MERGE. More may come: show"
        " what you do not know as it is."
    )
    source: str = about(
        "The bucket the points left: pending, available, held or debt of the customer, or issued,"
        " refunded, spent, expired, clawed_back or owed of the merchant; moved and merged between"
        " two customers who became one."
    )
    target: str = about("The bucket the points went to, one of the same.")
    points: Points = about("How many moved; always above 0. Minor units for CREDITS.")
    reason: str | None = about(
        "Why, where a person gave a reason; the order of EARN and CLAWBACK, the occasion of AWARD;"
        " the `id` of the other customer of MERGE; else null."
    )
    cart_id: str | None = about("The cart of its redemption; null: it belongs to none of these.")
    order_id: str | None = about("The order that took its redemption; null: none did.")
    at: datetime = about("When.")
    available_after: Points = about("Spendable after it.")
    held_after: Points = about("Reserved after it.")


@strawberry.type(description="One entry of a page.")
class LedgerEntryEdge:
    """One entry of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: LedgerEntry = about("The entry.")


@strawberry.type(description="A page of a customer's history.")
class LedgerEntryConnection:
    """A page of a customer's history."""

    edges: list[LedgerEntryEdge] = about("The entries, newest first.")
    page_info: PageInfo = about("Whether there is more.")


@strawberry.type(description="One redemption of a page.")
class RedemptionEdge:
    """One redemption of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: Redemption = about("The redemption.")


@strawberry.type(description="A page of a customer's redemptions.")
class RedemptionConnection:
    """A page of a customer's redemptions."""

    edges: list[RedemptionEdge] = about("The redemptions, newest first.")
    page_info: PageInfo = about("Whether there is more.")


def cursor(key: int) -> str:
    """The cursor of a key."""
    return to_global_id(_CURSOR, key)


def key_of(after: str | None) -> int | None:
    """The key of a cursor. Raises RequestError for a text that no page gave."""
    if after is None:
        return None
    parts = from_global_id(after, _CURSOR)
    key = id_number(parts[0]) if parts and len(parts) == 1 else None
    if key is None:
        raise bad_input("`after` must be a cursor of an earlier page.", "after")
    return key


def page_info(cursors: list[str], *, more: bool, after: str | None) -> PageInfo:
    """Where the page begins and ends."""
    return PageInfo(
        has_next_page=more,
        has_previous_page=after is not None,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )


def _reason(entry: EntryView) -> str | None:
    """Of a merge, the other customer's global id."""
    if entry.kind == "MERGE" and entry.reason is not None:
        return to_global_id("Customer", int(entry.reason))
    return entry.reason


def entry_edge(entry: EntryView, cart: tuple[str, str | None] | None) -> LedgerEntryEdge:
    """The edge of one journal entry; `cart` and order are those of its redemption."""
    cart_id, order_id = cart or (None, None)
    return LedgerEntryEdge(
        cursor=cursor(entry.sequence),
        node=LedgerEntry(
            wallet=Wallet[entry.wallet.name],
            sequence=entry.sequence,
            kind=entry.kind,
            source=entry.source,
            target=entry.target,
            points=Points(entry.points),
            reason=_reason(entry),
            cart_id=cart_id,
            order_id=order_id,
            at=instant(entry.at),
            available_after=Points(entry.available_after),
            held_after=Points(entry.held_after),
        ),
    )
