"""Why a redemption has this many points: its rule evaluated once more on what is kept of it.

Kept are the version of the rule, the cart's total, the total of the lines that the rule covers, and
in the journal the balance before the hold; not the lines, and not how many points were asked for.
So the evaluator says what could have been redeemed, and fewer points mean that fewer were asked
for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.ledger.commands import Redemption, Wallet
from gateway.rules.evaluator import quantify
from gateway.rules.offer import Limit
from gateway.rules.program import Program
from gateway.services.database import statement

_BEFORE: Final = (
    "SELECT available_after + points AS available FROM journal"
    " WHERE merchant_id = ? AND customer_id = ? AND wallet = ? AND redemption_id = ?"
    " AND kind = 'HOLD' ORDER BY sequence LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What led to a redemption's points. Amounts in minor units."""

    available: int
    """Points that were spendable."""
    floor_minor: int
    """The least that had to be paid of this cart."""
    maximum_points: int
    """The most that the rule allowed; 0 where it allows none on these numbers."""
    fewer_asked: bool
    limits: tuple[Limit, ...]
    """What kept it from being larger, tightest first."""
    confirmed: bool
    """Whether the evaluator comes to the very discount that was given."""


async def trace(redemption: Redemption, program: Program) -> Trace | None:
    """The trace of a redemption that was made under this version of the program.

    None where no rule was used, for store credit has none.
    """
    rule = None if redemption.rule_id is None else program.rule(redemption.rule_id)
    if rule is None:
        return None
    r = redemption
    found = await statement(_BEFORE, r.merchant_id, r.customer_id, Wallet.COINS.value, r.id)
    available = found[0]["available"] if found else r.points
    least = rule.minimum_payment or program.minimum_payment
    most = quantify(
        rule,
        least,
        total_minor=r.total_minor,
        eligible_minor=r.eligible_minor,
        available=available,
        credits_minor=r.credits_minor,
    )
    offer = most
    if r.points != most.points:
        offer = quantify(
            rule,
            least,
            total_minor=r.total_minor,
            eligible_minor=r.eligible_minor,
            available=available,
            requested=r.points,
            credits_minor=r.credits_minor,
        )
    bought = r.discount_minor - r.credits_minor
    return Trace(
        available=available,
        floor_minor=most.floor_minor,
        maximum_points=most.points,
        fewer_asked=r.points < most.points,
        limits=offer.limits,
        confirmed=(offer.points, offer.discount_minor) == (r.points, bought),
    )
