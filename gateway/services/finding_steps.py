"""The commands that would mend a finding."""

from __future__ import annotations

from gateway.ledger.commands import Command, Redemption
from gateway.services.findings import FindingKind
from gateway.services.order_building import Completion, completing, giving_back
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime


def steps(
    runtime: Runtime, kind: FindingKind, held: Redemption, keyed: Keyed | None = None
) -> tuple[Command, ...]:
    """What mends a finding about a redemption; nothing where a person has to look."""
    if kind is FindingKind.CAPTURED_WITHOUT_ORDER:
        sale = Completion(
            order_id=held.order_id or "",
            total_minor=held.order_total_minor,
            placed_at=held.closed_at,
            redemption_id=held.id,
            lenient=True,
        )
        return (completing(runtime, held.merchant_id, held.customer_id, sale, keyed),)
    if kind is FindingKind.CAPTURED_BUT_CANCELLED:
        return (giving_back(runtime, held.merchant_id, held.customer_id, held.id, keyed),)
    return ()
