"""Redemption rules and the minimum payment, as they are shown."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import strawberry

from gateway.ids import from_global_id, id_number, to_global_id
from gateway.rules import program as inside
from gateway.services.rules import list_versions
from schema.describe import about
from schema.enums import MinimumPaymentKind, RuleKind
from schema.money import Money, money
from schema.node import Node
from schema.percent import multiple, percent
from schema.scalars import Decimal, Points, instant, instant_or_none


@strawberry.type(description="The least that a customer must pay of a cart.")
class MinimumPayment:
    """The least that a customer must pay of a cart."""

    kind: MinimumPaymentKind = about("Which of the two is given, if any.")
    fixed: Money | None = about("The amount; null unless the kind is FIXED.")
    percent: Decimal | None = about('The percentage, as "20" or "12.5"; null unless PERCENT.')


@strawberry.type(description="One version of a rule that turns points into a discount.")
class RedemptionRule(Node):
    """One version of a rule that turns points into a discount."""

    version: int = about("Grows by one with every edit.")
    name: str = about("What the merchant calls it.")
    kind: RuleKind = about("How points become a discount.")
    points: Points = about("Points of one step, or of the whole offer where the kind is fixed.")
    discount: Money | None = about("What one step is worth; null for the kinds of percent.")
    percent: Decimal | None = about("What one step is worth, of what the rule covers; else null.")
    minimum_points: Points = about("Fewest points of a redemption; 0 means one step.")
    maximum_discount: Money | None = about("Most discount at once; null: no such limit.")
    maximum_percent: Decimal | None = about("Most percentage at once; null: no such limit.")
    minimum_cart: Money | None = about("Smallest cart; null: any.")
    cart_multiplier: Decimal | None = about(
        'The cart must be at least this many times the discount, as "3"; null: no such limit.'
    )
    product_ids: list[str] = about("Products it covers; with `collectionIds` empty too: all.")
    collection_ids: list[str] = about("Collections it covers.")
    tiers: list[str] = about("Customer tiers it is for; empty: all.")
    tags: list[str] = about("Customer tags it is for, any of them; empty: all.")
    starts_at: datetime | None = about("Not before; null: at once.")
    ends_at: datetime | None = about("Not from then on; null: no end.")
    priority: int = about("Breaks ties between equal offers: the lowest first.")
    minimum_payment: MinimumPayment | None = about(
        "The rule's own minimum payment; null: the integration's holds."
    )
    created_at: datetime = about("When the rule was made.")


@strawberry.type(description="A rule as it was from some time on.")
class RuleVersion:
    """A rule as it was from some time on."""

    rule: RedemptionRule = about("That version.")
    edited_at: datetime = about("When it was made.")


@strawberry.type(description="A rule as staff see it.")
class ManagedRule:
    """A rule with what only staff need to know."""

    rule: RedemptionRule = about("The current version.")
    archived_at: datetime | None = about("When it was archived; null: it is live.")
    edited_at: datetime = about("When this version was made.")
    merchant_id: strawberry.Private[int]
    currency: strawberry.Private[str]

    @strawberry.field(description="Every version there was, the latest first.")
    async def versions(self) -> list[RuleVersion]:
        """What redemptions under it were made by is kept."""
        number = id_number((from_global_id(self.rule.id, "RedemptionRule") or ("",))[0])
        return [
            RuleVersion(
                rule=redemption_rule(view.rule, self.currency), edited_at=instant(view.edited_at)
            )
            for view in await list_versions(self.merchant_id, number or 0)
        ]


def minimum_payment(value: inside.MinimumPayment, currency: str) -> MinimumPayment:
    """The shown form of a minimum payment."""
    kind = value.kind
    return MinimumPayment(
        kind=MinimumPaymentKind[kind.name],
        fixed=money(value.value, currency) if kind is inside.MinimumPaymentKind.FIXED else None,
        percent=percent(value.value) if kind is inside.MinimumPaymentKind.PERCENT else None,
    )


@lru_cache(maxsize=2048)
def redemption_rule(rule: inside.Rule, currency: str) -> RedemptionRule:
    """The shown form of a rule version; it never changes, so one object serves all requests."""
    maximum, own = rule.maximum_discount_minor, rule.minimum_payment
    return RedemptionRule(
        id=strawberry.ID(to_global_id("RedemptionRule", rule.id)),
        version=rule.version,
        name=rule.name,
        kind=RuleKind[rule.kind.name],
        points=Points(rule.points),
        discount=money(rule.discount_minor, currency) if rule.discount_minor else None,
        percent=percent(rule.percent_bp) if rule.percent_bp else None,
        minimum_points=Points(rule.minimum_points),
        maximum_discount=None if maximum is None else money(maximum, currency),
        maximum_percent=_percent(rule.maximum_percent_bp),
        minimum_cart=money(rule.minimum_cart_minor, currency) if rule.minimum_cart_minor else None,
        cart_multiplier=None
        if rule.cart_multiplier_bp is None
        else multiple(rule.cart_multiplier_bp),
        product_ids=sorted(rule.product_ids),
        collection_ids=sorted(rule.collection_ids),
        tiers=sorted(rule.tiers),
        tags=sorted(rule.tags),
        starts_at=instant_or_none(rule.starts_at),
        ends_at=instant_or_none(rule.ends_at),
        priority=rule.priority,
        minimum_payment=None if own is None else minimum_payment(own, currency),
        created_at=instant(rule.created_at),
    )


def _percent(bp: int | None) -> Decimal | None:
    return None if bp is None else percent(bp)
