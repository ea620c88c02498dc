"""What the tests of the services make, with only what matters spelt out."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from typing import Any

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.rules.program import RuleKind
from gateway.services.merchants import create_merchant
from gateway.services.rules import RuleDraft

NOW = 1_790_000_000_000_000
SECOND = 1_000_000

DRAFT = RuleDraft(
    name="A rupee a point", kind=RuleKind.VARIABLE_AMOUNT, points=1, discount_minor=100
)
_KINDS: dict[RuleKind, dict[str, int]] = {
    RuleKind.VARIABLE_AMOUNT: {"discount_minor": 100},
    RuleKind.FIXED_AMOUNT: {"discount_minor": 100},
    RuleKind.VARIABLE_PERCENT: {"discount_minor": 0, "percent_bp": 500},
    RuleKind.FIXED_PERCENT: {"discount_minor": 0, "percent_bp": 500},
}


def draft(kind: RuleKind = RuleKind.VARIABLE_AMOUNT, **changes: Any) -> RuleDraft:
    """A rule of that kind that is in order, but for the changes."""
    return replace(DRAFT, kind=kind, **(_KINDS[kind] | changes))


def id_maker() -> IdMaker:
    ticks = count(NOW, 1000)
    return IdMaker(lambda: next(ticks))


async def make_shop(ids: IdMaker, name: str = "Shop", currency: str = "INR") -> int:
    """A merchant; answers its id."""
    made = await create_merchant(
        name=name, currency=currency, locale="en-IN", time_zone="Asia/Kolkata", now=NOW, ids=ids
    )
    return made.id


def said(error: LoyaltyError) -> tuple[Code, str | None]:
    """The code, and the last step of the path of the field to blame."""
    path = error.refusal.field
    return error.refusal.code, path[-1] if path else None
