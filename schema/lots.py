"""Lots: points that came in together, with one expiry, and where they are now."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.errors import bad_input
from gateway.ids import from_global_id, id_number, to_global_id
from gateway.ledger.commands import Wallet as Inside
from gateway.services import lots as service
from gateway.services.history import Page
from schema.connections import page_info
from schema.describe import about
from schema.node import PageInfo
from schema.scalars import Points, instant, instant_or_none

_CURSOR = "LotCursor"


@strawberry.type(description="Points that came in together. Minor units in the wallet CREDITS.")
class Lot:
    """Points that came in together."""

    number: int = about("The `sequence` of the movement that brought it, in the history.")
    source: str = about(
        "What brought it: GRANT, EARN, AWARD, REFUND, IMPORT or MERGE. More may come: show what"
        " you do not know as it is."
    )
    reason: str | None = about(
        "Why, where a person gave a reason; the order of EARN, the occasion of AWARD; else null."
    )
    amount: Points = about("How many came in: the sum of the next seven.")
    pending: Points = about("Not yet cleared.")
    available: Points = about("Spendable.")
    held: Points = about("Reserved by open redemptions; these do not lapse.")
    spent: Points = about("Taken by orders; a refund of them is another lot.")
    expired: Points = about("Lapsed.")
    clawed_back: Points = about("Taken back, or taken by hand.")
    moved: Points = about("Gone to the customer that this one was merged into.")
    created_at: datetime = about("When it came in.")
    available_from: datetime = about("When it is spendable from.")
    expires_at: datetime | None = about("When what is left lapses; null: never.")


@strawberry.type(description="One lot of a page.")
class LotEdge:
    """One lot of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: Lot = about("The lot.")


@strawberry.type(description="A page of a customer's lots.")
class LotConnection:
    """A page of a customer's lots."""

    edges: list[LotEdge] = about("The lots, in the order that was asked for.")
    page_info: PageInfo = about("Whether there is more.")


async def lots(
    merchant_id: int,
    customer_id: int,
    wallet: Inside,
    first: int,
    after: str | None,
    now: int,
    *,
    used_up: bool,
) -> LotConnection:
    """One page, by keyset."""
    if used_up:
        last = _place(after)
        number = last[1] if last else None
        page = await service.closed_lots(merchant_id, customer_id, wallet, first, number)
    else:
        place = _place(after)
        page = await service.open_lots(merchant_id, customer_id, wallet, first, place, now)
    return _connection(page, after)


def _connection(page: Page[service.LotView], after: str | None) -> LotConnection:
    edges = [
        LotEdge(cursor=to_global_id(_CURSOR, *view.place), node=_lot(view)) for view in page.items
    ]
    ends = page_info([edge.cursor for edge in edges], more=page.more, after=after)
    return LotConnection(edges=edges, page_info=ends)


def _place(after: str | None) -> tuple[int, int] | None:
    """The place that a cursor names. Raises RequestError for a text that no page gave."""
    if after is None:
        return None
    found = [id_number(part) for part in from_global_id(after, _CURSOR) or ()]
    if len(found) != 2 or found[0] is None or found[1] is None:  # noqa: PLR2004 - expiry, number
        raise bad_input("`after` must be a cursor of an earlier page.", "after")
    return found[0], found[1]


def _lot(view: service.LotView) -> Lot:
    return Lot(
        number=view.number,
        source=view.source,
        reason=None if view.source == "MERGE" else view.reason,
        amount=Points(view.amount),
        pending=Points(view.pending),
        available=Points(view.available),
        held=Points(view.held),
        spent=Points(view.spent),
        expired=Points(view.expired),
        clawed_back=Points(view.clawed_back),
        moved=Points(view.moved),
        created_at=instant(view.created_at),
        available_from=instant(view.available_from),
        expires_at=instant_or_none(view.expires_at),
    )
