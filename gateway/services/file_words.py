"""A sentence for each order of a shop's list that is not here, or stands otherwise here."""

from __future__ import annotations

from gateway.ledger.order_state import OrderState
from gateway.money import to_decimal
from gateway.services.findings import FindingKind
from gateway.services.order_file import FileOrder


def of_list(
    kind: FindingKind,
    told: FileOrder,
    known: OrderState | None,
    owner: int | None,
    currency: str,
) -> str:
    """What is found; `owner` is whose order it is, None for nobody who is known here."""
    order = f"Line {told.line}: order {told.order_id}"
    there = told.refunded_minor or 0
    here = 0 if known is None else known.refunded_minor
    back = "all of it" if told.whole else f"{to_decimal(there, currency)} {currency}"
    match kind:
        case FindingKind.ORDER_MISSING if owner is None:
            said = f"is {told.status} in the list; neither it nor its customer is known here"
        case FindingKind.ORDER_MISSING:
            said = f"is {told.status} in the list, and was never completed here"
        case FindingKind.ORDER_NOT_CANCELLED:
            said = "is cancelled in the list, and stands here"
        case FindingKind.ORDER_NOT_REFUNDED:
            said = f"gave back {back}, and only {to_decimal(here, currency)} {currency} of it here"
        case FindingKind.ORDER_CANCELLED_HERE:
            said = "is paid in the list, and cancelled here"
        case FindingKind.ORDER_REFUNDED_MORE:
            said = f"gave back {back}, and {to_decimal(here, currency)} {currency} here"
        case FindingKind.ORDER_OF_ANOTHER:
            said = "is another customer's here"
        case _:
            said = _differs(told, known, currency)
    return f"{order} {said}."


def _differs(told: FileOrder, known: OrderState | None, currency: str) -> str:
    pairs = (
        ("total", told.total_minor, known and known.total_minor),
        ("paid", told.paid_minor, known and known.paid_minor),
    )
    return "; ".join(
        f"has a {name} of {to_decimal(there, currency)} {currency}, and of"
        f" {to_decimal(here or 0, currency)} {currency} here"
        for name, there, here in pairs
        if there is not None and there != here
    )
