"""What is owed in points."""

from __future__ import annotations

from datetime import date

import strawberry

from gateway.services import liability as owed
from schema.describe import about
from schema.money import Money, money
from schema.scalars import Points


@strawberry.type(description="Points that expire in one month.")
class LiabilityMonth:
    """Points that expire in one month."""

    month: date = about("Its first day.")
    points: Points = about("How many.")
    worth: Money | None = about("At the best rate; null where no rule of amounts is live.")


@strawberry.type(
    description="Points that customers have: available, held and pending. Points that are held past"
    " their expiry count in the current month. Store credit is not among them."
)
class Liability:
    """Points that customers have."""

    by_month: list[LiabilityMonth] = about("By the month in which they expire, soonest first.")
    never_expiring: Points = about("Points without an expiry.")
    total: Points = about("All of them.")
    worth: Money | None = about(
        "What all are worth at the best rate; null where no rule of amounts is live."
    )


def liability(found: owed.Liability, currency: str) -> Liability:
    """The outside form."""

    def worth(minor: int | None) -> Money | None:
        return None if minor is None else money(minor, currency)

    return Liability(
        by_month=[
            LiabilityMonth(month=d.month, points=Points(d.points), worth=worth(d.worth_minor))
            for d in found.by_month
        ],
        never_expiring=Points(found.never_points),
        total=Points(found.total_points),
        worth=worth(found.total_minor),
    )
