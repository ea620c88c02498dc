"""What staff send about earning."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import strawberry

from gateway.errors import LoyaltyError
from gateway.rules import earning_rules as inside
from gateway.services.earning_drafts import EarningDraft, validate_draft
from gateway.services.earning_settings import EarningChange
from schema.describe import about, optional
from schema.enums import EarningKind, TierMeasure
from schema.money import MoneyInput
from schema.scalars import Points, microseconds
from schema.tiers import TierInput


@strawberry.input(description="All of an earning rule; what is left out does not bind.")
class EarningRuleInput:
    """All of an earning rule; what is left out does not bind."""

    name: str = about("What the merchant calls it, 1 … 200 characters.")
    kind: EarningKind = about("What points are earned for.")
    points: Points = about("Points for each `per`, or at once; at least 1.")
    per: MoneyInput | None = optional("The amount that brings `points`; for ORDER, and it alone.")
    tier_multiplied: bool | None = optional(
        "Whether the customer's tier multiplies what it gives; for ORDER. Absent: yes."
    )
    minimum_order: MoneyInput | None = optional("Least that must be paid of the order.")
    product_ids: list[str] | None = optional("Products it covers; only where `lines` are sent.")
    collection_ids: list[str] | None = optional("Collections it covers.")
    excluded_product_ids: list[str] | None = optional("Products that earn nothing by it.")
    excluded_collection_ids: list[str] | None = optional("Collections that earn nothing by it.")
    tiers: list[str] | None = optional("Customer tiers it is for, any names.")
    tags: list[str] | None = optional("Customer tags it is for, any of them.")
    starts_at: datetime | None = optional("Not before.")
    ends_at: datetime | None = optional("Not from then on.")
    expiry_seconds: int | None = optional(
        "How long its points live once they can be used, 60 … 315360000; absent: as the others."
    )

    def draft(self, currency: str) -> EarningDraft:
        """The inside form. Raises LoyaltyError with its field."""
        draft = EarningDraft(
            name=self.name,
            kind=inside.EarningKind(self.kind.value),
            points=self.points,
            per_minor=_minor(self.per, currency, "per"),
            tier_multiplied=self.tier_multiplied is not False,
            minimum_order_minor=_minor(self.minimum_order, currency, "minimumOrder"),
            product_ids=frozenset(self.product_ids or ()),
            collection_ids=frozenset(self.collection_ids or ()),
            excluded_product_ids=frozenset(self.excluded_product_ids or ()),
            excluded_collection_ids=frozenset(self.excluded_collection_ids or ()),
            tiers=frozenset(self.tiers or ()),
            tags=frozenset(self.tags or ()),
            starts_at=None if self.starts_at is None else microseconds(self.starts_at),
            ends_at=None if self.ends_at is None else microseconds(self.ends_at),
            expiry_seconds=self.expiry_seconds,
        )
        try:
            validate_draft(draft)
        except LoyaltyError as error:
            # The service knows the rule by itself; here it is a field of the input.
            field = ("rule", *(error.refusal.field or ()))
            raise LoyaltyError(replace(error.refusal, field=field), error.detail) from None
        return draft


def _minor(value: MoneyInput | None, currency: str, name: str) -> int:
    return 0 if value is None else value.minor(currency, "rule", name)


@strawberry.input(description="An earning rule to make.")
class CreateEarningRuleInput:
    """An earning rule to make."""

    rule: EarningRuleInput = about("The rule.")


@strawberry.input(description="An earning rule to change.")
class UpdateEarningRuleInput:
    """An earning rule to change."""

    id: strawberry.ID = about("The rule.")
    version: int = about("The version that was edited; a stale one is a conflict.")
    rule: EarningRuleInput = about("All of the rule as it shall be.")


@strawberry.input(description="An earning rule to archive.")
class ArchiveEarningRuleInput:
    """An earning rule to archive."""

    id: strawberry.ID = about("The rule; what was earned under it stays.")


@strawberry.input(description="What to change of earning; what is left out stays.")
class UpdateEarningInput:
    """What to change of earning; what is left out stays."""

    return_window_seconds: int | None = optional(
        "Points of an order are pending for so long, 0 … 31536000. Orders of before keep theirs."
    )
    expiry_seconds: int | None = optional(
        "How long points live once they can be used, 60 … 315360000; 0: for good."
    )
    reminder_seconds: int | None = optional(
        "So long before points expire an event tells of it, 60 … 31536000; 0: never."
    )
    tier_measure: TierMeasure | None = optional(
        "What reaches a tier. Where there are tiers, send them too, with thresholds of the new one."
    )
    tiers: list[TierInput] | None = optional(
        "The whole new list, lowest first, at most 20. Empty: tiers are set by hand from then on."
    )
    tiers_revision: str | None = optional(
        "The `tiersRevision` that was read before; other tiers by now are a conflict. Absent: they"
        " are written over."
    )
    excluded_product_ids: list[str] | None = optional("The whole new list of what never earns.")
    excluded_collection_ids: list[str] | None = optional("The whole new list of what never earns.")

    def change(self, measure: inside.TierMeasure, currency: str) -> EarningChange:
        """The inside form; `measure` is the one in force. Raises LoyaltyError with its field."""
        given, products = self.tier_measure, self.excluded_product_ids
        wanted = None if given is None else inside.TierMeasure(given.value)
        tiers: tuple[inside.Tier, ...] | None = None
        if self.tiers is not None:
            # With its tiers, so that nobody can change the measure of these thresholds meanwhile.
            wanted = wanted or measure
            tiers = tuple(
                each.tier(wanted, currency, "tiers", str(index))
                for index, each in enumerate(self.tiers)
            )
        collections = self.excluded_collection_ids
        return EarningChange(
            return_window_seconds=self.return_window_seconds,
            expiry_seconds=self.expiry_seconds,
            reminder_seconds=self.reminder_seconds,
            tier_measure=wanted,
            tiers=tiers,
            tiers_revision=self.tiers_revision,
            excluded_product_ids=None if products is None else frozenset(products),
            excluded_collection_ids=None if collections is None else frozenset(collections),
        )
