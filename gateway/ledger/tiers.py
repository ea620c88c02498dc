"""A customer's tier, as the rolling year of orders puts it."""

from __future__ import annotations

from gateway.ledger.movements import Desk
from gateway.ledger.state import Holder
from gateway.rules.tiers import standing


def review(desk: Desk, holder: Holder) -> None:
    """Set the tier that the year reaches now, and when to look again; tell if it is another one.

    Nothing happens where the program has no tiers: then they are the merchant's to set.
    """
    holder = holder.owner
    earning = desk.state.program(holder.merchant_id).earning
    if not earning.tiers:
        return
    now = standing(earning, holder.days.values(), desk.now)
    name = now.tier.name if now.tier else None
    desk.changes.tiers[holder.merchant_id, holder.customer_id] = (name, now.review_at)
    if name != holder.tier:
        detail = {"from": holder.tier, "to": name}
        holder.tier = name
        desk.announce(holder, "tier.changed", detail=detail)
