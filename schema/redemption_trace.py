"""Why a redemption has this many points and no more."""

from __future__ import annotations

import strawberry

from gateway.ledger.commands import Redemption
from gateway.rules.program import Program
from gateway.services import redemption_traces as service
from schema.describe import about
from schema.money import Money, money
from schema.preview import RedemptionLimit, limits_shown
from schema.scalars import Points


@strawberry.type(
    description="Why a redemption has this many points: its rule version, evaluated once more on"
    " what is kept of it. Lines of the cart are not kept, nor how many points were asked for: where"
    " fewer were taken than the rule allowed, fewer were asked for."
)
class RedemptionTrace:
    """Why a redemption has this many points."""

    cart_total: Money = about("The cart's total before points.")
    covered_total: Money = about("The total of the lines that the rule covered.")
    minimum_payment: Money = about("The least that the customer had to pay of this cart.")
    available_points: Points = about("Points that were spendable before it.")
    maximum_points: Points = about("The most that the rule allowed.")
    fewer_asked: bool = about("Whether fewer were asked for than the rule allowed.")
    limits: list[RedemptionLimit] = about("What kept it from being larger, tightest first.")
    confirmed: bool = about(
        "Whether the evaluator comes to the same discount today; false would be a fault of ours."
    )


async def redemption_trace(redemption: Redemption, program: Program) -> RedemptionTrace | None:
    """The shown form; None where no rule was used."""
    found = await service.trace(redemption, program)
    if found is None:
        return None
    currency = program.currency
    return RedemptionTrace(
        cart_total=money(redemption.total_minor, currency),
        covered_total=money(redemption.eligible_minor, currency),
        minimum_payment=money(found.floor_minor, currency),
        available_points=Points(found.available),
        maximum_points=Points(found.maximum_points),
        fewer_asked=found.fewer_asked,
        limits=limits_shown(found.limits, currency),
        confirmed=found.confirmed,
    )
