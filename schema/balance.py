"""What a customer has: points, and store credit."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.ledger.commands import Balance
from gateway.rules.program import Program
from gateway.rules.worth import worth_minor
from schema.describe import about
from schema.money import Money, money
from schema.scalars import Points, instant


@strawberry.type(description="Points that lapse next.")
class PointsExpiry:
    """Points that lapse next."""

    points: Points = about("How many lapse then, of those available.")
    at: datetime = about("When they lapse.")


@strawberry.type(description="A customer's loyalty points.")
class PointsBalance:
    """A customer's loyalty points."""

    available: Points = about("Spendable now.")
    held: Points = about("Reserved by open redemptions.")
    pending: Points = about("Earned but not yet cleared.")
    debt: Points = about("Owed after points were taken back; later earning pays it first.")
    worth: Money | None = about(
        "What the available points are worth, before any limit of a cart; null where only rules of"
        " percent, or none, are live."
    )
    next_expiry: PointsExpiry | None = about("The next points to lapse; null: none will.")


@strawberry.type(description="A customer's store credit.")
class StoreCredit:
    """A customer's store credit."""

    available: Money = about("Spendable now.")
    held: Money = about("Reserved by open redemptions.")


def points_balance(balance: Balance, program: Program) -> PointsBalance:
    """The shown form of the coins account."""
    worth = worth_minor(program, balance.available)
    return PointsBalance(
        available=Points(balance.available),
        held=Points(balance.held),
        pending=Points(balance.pending),
        debt=Points(balance.debt),
        worth=None if worth is None else money(worth, program.currency),
        next_expiry=_expiry(balance),
    )


def store_credit(balance: Balance, currency: str) -> StoreCredit:
    """The shown form of the credits account."""
    return StoreCredit(
        available=money(balance.available, currency), held=money(balance.held, currency)
    )


def _expiry(balance: Balance) -> PointsExpiry | None:
    if balance.expiry_at is None:
        return None
    return PointsExpiry(points=Points(balance.expiry_points), at=instant(balance.expiry_at))
