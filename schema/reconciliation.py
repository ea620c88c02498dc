"""Findings: where redemptions, holds and orders do not agree, and what would mend each."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.errors import Code, bad_input
from gateway.ids import from_global_id, id_number, to_global_id
from gateway.ledger.commands import Balance
from gateway.services import findings as inside
from gateway.services.reconciling import Position
from schema.describe import about
from schema.enums import ErrorCode
from schema.errors import RedemptionError
from schema.money import Money, money
from schema.node import PageInfo
from schema.payloads import REPLAYED
from schema.scalars import Points, instant

if TYPE_CHECKING:
    from schema.customer import Customer
    from schema.order import Order
    from schema.redemption import Redemption

_CURSOR = "FindingCursor"
_FINDING = "Finding"


@strawberry.enum(description="What does not agree.")
class FindingKind(Enum):
    """What does not agree."""

    CAPTURED_WITHOUT_ORDER = strawberry.enum_value(
        "CAPTURED_WITHOUT_ORDER",
        description="Points were captured for an order that was never completed.",
    )
    CAPTURED_BUT_CANCELLED = strawberry.enum_value(
        "CAPTURED_BUT_CANCELLED",
        description="Points were captured for an order that is cancelled, and did not go back.",
    )
    CAPTURE_REFUSED = strawberry.enum_value(
        "CAPTURE_REFUSED",
        description="An order was completed although its redemption could not be captured.",
    )
    HOLD_NOT_CAPTURED = strawberry.enum_value(
        "HOLD_NOT_CAPTURED",
        description="An order was completed without points, but points were applied to the cart of"
        " the same id and never captured.",
    )
    HOLD_ENDED_UNPAID = strawberry.enum_value(
        "HOLD_ENDED_UNPAID",
        description="A hold ran out and nobody paid: only worth knowing, as most are carts that"
        " were left.",
    )


@strawberry.enum(description="What mends a finding.")
class FindingRepair(Enum):
    """What mends a finding."""

    COMPLETE_ORDER = strawberry.enum_value(
        "completeOrder", description="The order is completed, and earns."
    )
    CAPTURE_REDEMPTION = strawberry.enum_value(
        "captureRedemption", description="The redemption is captured late, and the order has it."
    )
    REFUND_REDEMPTION = strawberry.enum_value(
        "refundRedemption", description="All that is left of the redemption goes back."
    )


@strawberry.type(description="What a customer has, before or after a repair.")
class RepairBalance:
    """What a customer has, before or after a repair."""

    available: Points = about("Spendable points.")
    held: Points = about("Reserved points.")
    pending: Points = about("Points that are earned but not yet cleared.")
    debt: Points = about("Points that are owed.")
    credits: Money = about("Spendable store credit.")


@strawberry.type(description="What a repair would come to if it were carried out now.")
class RepairPreview:
    """What a repair would come to if it were carried out now."""

    before: RepairBalance = about("What the customer has now.")
    after: RepairBalance = about("What the customer would have; the same where it is refused.")
    refusal: ErrorCode | None = about("Why it would be refused; null: it would not.")


@strawberry.type(description="Something that does not agree.")
class Finding:
    """Something that does not agree."""

    id: strawberry.ID = about("Names it as long as it is there.")
    kind: FindingKind = about("What does not agree.")
    open: bool = about("Whether something is to be done about it.")
    sentence: str = about("What is known of it, in English, for the merchant's staff.")
    at: datetime = about("When it came about: captured, ran out, or completed.")
    customer: Annotated[Customer, strawberry.lazy("schema.customer")] = about("Whose points.")
    order_id: str | None = about("The merchant's own id of the order; null where none is known.")
    redemption_id: strawberry.ID | None = about(
        "The redemption's global id; null where it was not found."
    )
    points: Points = about("Points of the redemption that this is about.")
    credits: Money = about("Store credit of the redemption that this is about.")
    amount: Money | None = about("The order before points, else the cart; null where unknown.")
    repair: FindingRepair | None = about("What would mend it; null: it is for a person to look at.")
    preview: RepairPreview | None = about("What the repair would come to; null where is none.")
    points_there: bool | None = about(
        "Of a hold that ended: whether the customer still has its points; else null."
    )


@strawberry.type(description="One finding of a page.")
class FindingEdge:
    """One finding of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: Finding = about("The finding.")


@strawberry.type(description="A page of findings.")
class FindingConnection:
    """A page of findings."""

    edges: list[FindingEdge] = about(
        "The findings, kind by kind, of each the oldest first. A page looks at a bounded number of"
        " rows: it may have fewer than were asked for, or none, and still have a next one."
    )
    page_info: PageInfo = about("Whether there is more, and where the looking ended.")


@strawberry.input(description="Which finding to mend.")
class RepairFindingInput:
    """Which finding to mend."""

    id: strawberry.ID = about("As `reconciliation` gave it.")
    idempotency_key: str = about("A new one for every repair, the same one for every retry of it.")


@strawberry.type(description="What a repair came to, or why it was refused.")
class RepairFindingPayload:
    """What a repair came to, or why it was refused."""

    order: Annotated[Order, strawberry.lazy("schema.order")] | None = about(
        "The order as it stands; null where it is about a redemption alone, or refused."
    )
    redemption: Annotated[Redemption, strawberry.lazy("schema.redemption")] | None = about(
        "The redemption as it stands; null where there is none, or refused."
    )
    customer: Annotated[Customer, strawberry.lazy("schema.customer")] | None = about(
        "Whose points; null when refused."
    )
    replayed: bool = about(REPLAYED)
    user_errors: list[RedemptionError] = about("Why it was refused; empty when it was not.")


def finding(found: inside.Finding, currency: str, customer: Customer) -> Finding:
    """The outside form of a finding that needs no list of the shop's."""
    redemption = found.redemption_id
    known = redemption is not None and found.customer_id is not None
    return Finding(
        id=strawberry.ID(to_global_id(_FINDING, found.kind.value, *found.key.split("."))),
        kind=FindingKind[found.kind.name],
        open=found.open,
        sentence=found.sentence,
        at=instant(found.at),
        customer=customer,
        order_id=found.order_id,
        redemption_id=strawberry.ID(to_global_id("Redemption", found.customer_id, redemption))
        if known and found.customer_id is not None and redemption is not None
        else None,
        points=Points(found.points),
        credits=money(found.credits_minor, currency),
        amount=None if found.amount_minor is None else money(found.amount_minor, currency),
        repair=FindingRepair(found.repairs[0]) if found.repairs else None,
        preview=None if found.preview is None else _preview(found.preview, currency),
        points_there=found.points_there,
    )


def _preview(shown: inside.Preview, currency: str) -> RepairPreview:
    return RepairPreview(
        before=_balance(shown.coins_before, shown.credits_before, currency),
        after=_balance(shown.coins_after, shown.credits_after, currency),
        refusal=None if shown.refusal is None else ErrorCode[Code(shown.refusal).name],
    )


def _balance(coins: Balance, credit: Balance, currency: str) -> RepairBalance:
    return RepairBalance(
        available=Points(coins.available),
        held=Points(coins.held),
        pending=Points(coins.pending),
        debt=Points(coins.debt),
        credits=money(credit.available, currency),
    )


def id_within(global_id: str) -> str:
    """The finding's id inside; of a text that is none, one that names nothing."""
    parts = from_global_id(global_id, _FINDING) or ("",)
    return f"{parts[0]}:{'.'.join(parts[1:])}"


def cursor(position: Position) -> str:
    """The cursor of a position."""
    return to_global_id(_CURSOR, position[0].value, position[1], position[2])


def position_of(after: str | None) -> Position | None:
    """The position of a cursor. Raises RequestError for a text that no page gave."""
    if after is None:
        return None
    kinds = {kind.value: kind for kind in inside.HERE}
    name, *rest = from_global_id(after, _CURSOR) or ("",)
    match kinds.get(name), [id_number(part) for part in rest]:
        case inside.FindingKind() as kind, [int(time), int(number)]:
            return kind, time, number
        case _:
            raise bad_input("`after` must be a cursor of an earlier page.", "after")
