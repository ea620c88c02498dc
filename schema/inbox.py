"""What shops have sent, as staff see it: each delivery as it came, and how far it has got."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

import strawberry

from gateway.ids import to_global_id
from gateway.services import inbox_items as inside
from gateway.services.history import Page
from gateway.services.inbox_care import body_of
from gateway.services.order_source_values import SourceView
from schema.connections import cursor, page_info
from schema.describe import about
from schema.errors import RedemptionError
from schema.node import PageInfo
from schema.order_source import OrderSource, order_source
from schema.payloads import ERRORS
from schema.scalars import instant

if TYPE_CHECKING:
    from gateway.services.inbox_items import InboxState
else:
    _STATES = {
        "WAITING": "To be carried out, now or again later.",
        "DONE": "The order was told what it says.",
        "DEAD": "Given up, for `lastError`. It stays until it is replayed or discarded.",
        "IGNORED": "There was nothing to do, or somebody discarded it.",
    }
    InboxState = strawberry.enum(
        Enum(
            "InboxState",
            {
                state.name: strawberry.enum_value(state.value, description=_STATES[state.name])
                for state in inside.InboxState
            },
        ),
        description="How far a delivery has got.",
    )


@strawberry.type(description="A header of a delivery.")
class InboxHeader:
    """A header of a delivery."""

    name: str = about("In small letters.")
    value: str = about("As it came, at most 500 characters.")


@strawberry.type(description="One delivery of a shop, as it came.")
class InboxItem:
    """One delivery of a shop, as it came."""

    id: strawberry.ID = about("Opaque.")
    source: OrderSource | None = about("Who sent it; null: the source was deleted since.")
    delivery_id: str = about("The sender's id of it; the same one never comes in twice.")
    topic: str = about("What its headers say that it is about; empty where only the body does.")
    order_id: str | None = about("The shop's id of the order; null until it was read.")
    state: InboxState = about("How far it has got.")
    attempts: int = about("How often it was tried so far.")
    received_at: datetime = about("When it came.")
    next_attempt_at: datetime | None = about("When it is tried next; null unless it waits.")
    last_error: str | None = about(
        "Why the last try failed, or why there was nothing to do; null where nothing was amiss."
    )
    headers: list[InboxHeader] = about("Those that were kept: never a signature or a secret.")
    merchant_id: strawberry.Private[int]
    number: strawberry.Private[int]

    @strawberry.field(
        description="As it came, with personal data of the shop's customer; empty once that one"
        " was erased."
    )
    async def body(self) -> str:
        """Read only where it is asked for: it may be long."""
        return await body_of(self.merchant_id, self.number)


@strawberry.type(description="One delivery of a page.")
class InboxEdge:
    """One delivery of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: InboxItem = about("The delivery.")


@strawberry.type(description="A page of deliveries.")
class InboxConnection:
    """A page of deliveries."""

    edges: list[InboxEdge] = about("The deliveries, newest first.")
    page_info: PageInfo = about("Whether there is more.")


def inbox_connection(
    page: Page[inside.InboxItem], sources: Sequence[SourceView], after: str | None
) -> InboxConnection:
    """The outside form of a page."""
    by_id = {source.id: order_source(source) for source in sources}
    edges = [
        InboxEdge(cursor=cursor(item.id), node=_item(item, by_id.get(item.source_id)))
        for item in page.items
    ]
    ends = page_info([edge.cursor for edge in edges], more=page.more, after=after)
    return InboxConnection(edges=edges, page_info=ends)


def _item(item: inside.InboxItem, source: OrderSource | None) -> InboxItem:
    waits = item.state is inside.InboxState.WAITING
    return InboxItem(
        id=strawberry.ID(to_global_id("InboxItem", item.id)),
        source=source,
        delivery_id=item.delivery_id,
        topic=item.topic,
        order_id=item.order_id,
        state=InboxState[item.state.name],
        attempts=item.attempts,
        received_at=instant(item.received_at),
        next_attempt_at=instant(item.next_attempt_at) if waits else None,
        last_error=item.last_error,
        headers=[InboxHeader(name=name, value=value) for name, value in item.headers.items()],
        merchant_id=item.merchant_id,
        number=item.id,
    )


@strawberry.input(
    description="What to carry out again: exactly one of the two. It is safe for all of them.",
    one_of=True,
)
class ReplayInboxInput:
    """What to carry out again: exactly one of the two."""

    ids: list[strawberry.ID] | None = about(
        "These deliveries, at most 1000.", default=strawberry.UNSET
    )
    dead_of: strawberry.ID | None = about(
        "All of this source that were given up.", default=strawberry.UNSET
    )


@strawberry.input(description="What to let be.")
class DiscardInboxInput:
    """What to let be."""

    ids: list[strawberry.ID] = about("These deliveries, at most 1000.")


@strawberry.type(description="How many deliveries that were.")
class InboxPayload:
    """How many deliveries that were."""

    count: int | None = about(
        "How many: those that are not there, or in no state for it, do not count. Null when"
        " refused."
    )
    user_errors: list[RedemptionError] = about(ERRORS)
