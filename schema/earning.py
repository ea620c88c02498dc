"""How customers earn points: rules, tiers and windows, as they are shown."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Annotated

import strawberry

from gateway.ids import to_global_id
from gateway.rules import earning_rules as inside
from gateway.rules.program import Program
from gateway.services.earning_rows import tiers_revision
from gateway.services.earning_rules import (
    EarningRuleView,
    list_earning_rules,
    list_earning_versions,
)
from schema.describe import about, arg
from schema.enums import EarningKind, TierMeasure
from schema.errors import RedemptionError
from schema.money import Money, money
from schema.node import Node
from schema.payloads import ERRORS
from schema.scalars import Points, instant, instant_or_none
from schema.tiers import Tier, tier


@strawberry.type(description="One version of a rule by which customers earn points.")
class EarningRule(Node):
    """One version of a rule by which customers earn points."""

    version: int = about("Grows by one with every edit.")
    name: str = about("What the merchant calls it.")
    kind: EarningKind = about("What points are earned for.")
    points: Points = about("Points for each `per` of spend, or at once where `per` is null.")
    per: Money | None = about("The amount that brings `points`; null unless the kind is ORDER.")
    tier_multiplied: bool = about("Whether the customer's tier multiplies what it gives.")
    minimum_order: Money | None = about("Least that must be paid of the order; null: any amount.")
    product_ids: list[str] = about("Products it covers; with `collectionIds` empty too: all.")
    collection_ids: list[str] = about("Collections it covers.")
    excluded_product_ids: list[str] = about("Products that earn nothing by it.")
    excluded_collection_ids: list[str] = about("Collections that earn nothing by it.")
    tiers: list[str] = about("Customer tiers it is for; empty: all.")
    tags: list[str] = about("Customer tags it is for, any of them; empty: all.")
    starts_at: datetime | None = about("Not before; null: at once.")
    ends_at: datetime | None = about("Not from then on; null: no end.")
    expiry_seconds: int | None = about(
        "How long its points live once they can be used; null: as the merchant's others."
    )
    created_at: datetime = about("When the rule was made.")


@strawberry.type(description="An earning rule as it was from some time on.")
class EarningRuleVersion:
    """An earning rule as it was from some time on."""

    rule: EarningRule = about("That version.")
    edited_at: datetime = about("When it was made.")


@strawberry.type(description="An earning rule as staff see it.")
class ManagedEarningRule:
    """An earning rule with what only staff need to know."""

    rule: EarningRule = about("The current version.")
    archived_at: datetime | None = about("When it was archived; null: it is live.")
    edited_at: datetime = about("When this version was made.")
    number: strawberry.Private[int]
    merchant_id: strawberry.Private[int]
    currency: strawberry.Private[str]

    @strawberry.field(description="Every version there was, the latest first.")
    async def versions(self) -> list[EarningRuleVersion]:
        """What orders earned by is kept."""
        return [
            EarningRuleVersion(
                rule=earning_rule(view.rule, self.currency), edited_at=instant(view.edited_at)
            )
            for view in await list_earning_versions(self.merchant_id, self.number)
        ]


@strawberry.type(description="How points are earned at this merchant. Open to any storefront.")
class Earning:
    """How points are earned at this merchant."""

    return_window_seconds: int = about("Points of an order are pending for so long; 0: not at all.")
    expiry_seconds: int | None = about("How long they live once they can be used; null: for good.")
    tier_measure: TierMeasure = about("What reaches a tier.")
    tiers: list[Tier] = about("The tiers, lowest first; empty: the merchant sets them by hand.")
    rules: list[EarningRule] = about("The live rules.")


@strawberry.type(description="How points are earned, as staff see and set it.")
class EarningSettings:
    """How points are earned, as staff see and set it."""

    return_window_seconds: int = about("Points of an order are pending for so long; 0: not at all.")
    expiry_seconds: int | None = about("How long they live once they can be used; null: for good.")
    reminder_seconds: int | None = about(
        "So long before points expire an event tells of it; null: never."
    )
    tier_measure: TierMeasure = about("What reaches a tier.")
    tiers: list[Tier] = about("The tiers, lowest first; empty: they are set by hand.")
    tiers_revision: str = about("Changes with the tiers and their measure, and with nothing else.")
    excluded_product_ids: list[str] = about("Products that never earn, under no rule.")
    excluded_collection_ids: list[str] = about("Collections that never earn, under no rule.")
    merchant_id: strawberry.Private[int]
    currency: strawberry.Private[str]

    @strawberry.field(description="The earning rules, oldest first.")
    async def rules(
        self,
        archived: Annotated[bool | None, arg("Whether to list the archived ones too.")] = False,
    ) -> list[ManagedEarningRule]:
        """Current versions only."""
        views = await list_earning_rules(self.merchant_id, bool(archived))
        return [_managed(view, self.merchant_id, self.currency) for view in views]


@strawberry.type(description="The earning rule as it is now, or why it was not changed.")
class EarningRulePayload:
    """The earning rule as it is now, or why it was not changed."""

    rule: EarningRule | None = about("As it is now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(
    description="The settings of earning as they are now, or why they were not changed."
)
class UpdateEarningPayload:
    """The settings of earning as they are now, or why they were not changed."""

    earning: EarningSettings | None = about("As they are now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


def earning(program: Program) -> Earning:
    """The public form."""
    value, currency = program.earning, program.currency
    return Earning(
        return_window_seconds=value.return_window_seconds,
        expiry_seconds=value.expiry_seconds,
        tier_measure=TierMeasure[value.tier_measure.name],
        tiers=[tier(each, value.tier_measure, currency) for each in value.tiers],
        rules=[earning_rule(rule, currency) for rule in value.rules],
    )


def earning_settings(program: Program) -> EarningSettings:
    """The form for staff."""
    value, currency = program.earning, program.currency
    return EarningSettings(
        return_window_seconds=value.return_window_seconds,
        expiry_seconds=value.expiry_seconds,
        reminder_seconds=value.reminder_seconds,
        tier_measure=TierMeasure[value.tier_measure.name],
        tiers=[tier(each, value.tier_measure, currency) for each in value.tiers],
        tiers_revision=tiers_revision(value.tier_measure, value.tiers),
        excluded_product_ids=sorted(value.excluded_product_ids),
        excluded_collection_ids=sorted(value.excluded_collection_ids),
        merchant_id=program.merchant_id,
        currency=currency,
    )


@lru_cache(maxsize=2048)
def earning_rule(rule: inside.EarningRule, currency: str) -> EarningRule:
    """The shown form of a rule version; it never changes, so one object serves all requests."""
    least = rule.minimum_order_minor
    return EarningRule(
        id=strawberry.ID(to_global_id("EarningRule", rule.id)),
        version=rule.version,
        name=rule.name,
        kind=EarningKind[rule.kind.name],
        points=Points(rule.points),
        per=money(rule.per_minor, currency) if rule.per_minor else None,
        tier_multiplied=rule.tier_multiplied and rule.kind is inside.EarningKind.ORDER,
        minimum_order=money(least, currency) if least else None,
        product_ids=sorted(rule.product_ids),
        collection_ids=sorted(rule.collection_ids),
        excluded_product_ids=sorted(rule.excluded_product_ids),
        excluded_collection_ids=sorted(rule.excluded_collection_ids),
        tiers=sorted(rule.tiers),
        tags=sorted(rule.tags),
        starts_at=instant_or_none(rule.starts_at),
        ends_at=instant_or_none(rule.ends_at),
        expiry_seconds=rule.expiry_seconds,
        created_at=instant(rule.created_at),
    )


def _managed(view: EarningRuleView, merchant_id: int, currency: str) -> ManagedEarningRule:
    return ManagedEarningRule(
        rule=earning_rule(view.rule, currency),
        archived_at=instant_or_none(view.archived_at),
        edited_at=instant(view.edited_at),
        number=view.rule.id,
        merchant_id=merchant_id,
        currency=currency,
    )
