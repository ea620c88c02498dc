"""From a row that does not agree to the finding, with the commands that would mend it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gateway.ledger import rows
from gateway.ledger.commands import Command, Redemption
from gateway.services import finding_words as words
from gateway.services.finding_steps import steps
from gateway.services.findings import Finding, FindingKind
from gateway.services.order_building import capturing_late
from gateway.services.runtime import Runtime


def finding_of(runtime: Runtime, kind: FindingKind, row: dict[str, Any], currency: str) -> Finding:
    """The finding of a row of its query, without a preview."""
    held = row["id"] is not None
    redemption = rows.redemption([row[name] for name in rows.REDEMPTION]) if held else None
    if kind in {FindingKind.CAPTURE_REFUSED, FindingKind.HOLD_NOT_CAPTURED}:
        made = _of_order(runtime, kind, row, redemption, currency)
    elif redemption is not None:
        made = _of_redemption(runtime, kind, redemption, currency)
    else:
        raise AssertionError("a finding of a redemption has it")
    return replace(made, position=(row["position"], row["number"]))


def _of_order(
    runtime: Runtime,
    kind: FindingKind,
    row: dict[str, Any],
    redemption: Redemption | None,
    currency: str,
) -> Finding:
    merchant_id, order_id, customer_id = row["merchant_of"], row["of_order"], row["owner"]
    steps: tuple[Command, ...] = ()
    if redemption is not None:
        steps = (capturing_late(runtime, merchant_id, customer_id, order_id, redemption.id),)
    return Finding(
        kind=kind,
        merchant_id=merchant_id,
        key=str(row["number"]),
        sentence=words.of_order(order_id, row["capture_refusal"], redemption, currency),
        at=row["completed_at"],
        customer_id=customer_id,
        order_id=order_id,
        redemption_id=None if redemption is None else redemption.id,
        points=0 if redemption is None else redemption.points,
        credits_minor=0 if redemption is None else redemption.credits_minor,
        amount_minor=row["order_minor"],
        steps=steps,
    )


def _of_redemption(runtime: Runtime, kind: FindingKind, held: Redemption, currency: str) -> Finding:
    captured = held.order_id is not None
    points = held.captured_points - held.refunded_points if captured else held.points
    credit = held.captured_credits_minor - held.refunded_credits_minor
    return Finding(
        kind=kind,
        merchant_id=held.merchant_id,
        key=f"{held.customer_id}.{held.id}",
        sentence=words.of_redemption(kind, held, currency),
        at=held.closed_at or held.expires_at,
        customer_id=held.customer_id,
        order_id=held.order_id,
        redemption_id=held.id,
        points=points,
        credits_minor=credit if captured else held.credits_minor,
        amount_minor=held.order_total_minor if captured else held.total_minor,
        steps=steps(runtime, kind, held),
    )
