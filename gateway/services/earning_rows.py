"""Earning as it is stored, to what the rules read and back."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import orjson

import models
from gateway.rules.earning_rules import Earning, EarningKind, EarningRule, Tier, TierMeasure

RULE_LISTS = (
    "product_ids",
    "collection_ids",
    "excluded_product_ids",
    "excluded_collection_ids",
    "tiers",
    "tags",
)
_PLAIN = (
    "id",
    "version",
    "name",
    "points",
    "per_minor",
    "tier_multiplied",
    "minimum_order_minor",
    "starts_at",
    "ends_at",
    "expiry_seconds",
    "created_at",
)


async def assembled(merchant_id: int) -> Earning:
    """The settings and the live rules, as the next program version has them."""
    row = await models.EarningProgram.get(merchant_id=merchant_id)
    rules = models.EarningRule.filter(merchant_id=merchant_id, current=True)
    live = await rules.filter(archived_at__isnull=True).order_by("id")
    return Earning(
        rules=tuple(rule_of(each) for each in live),
        tiers=tuple(Tier(*tier) for tier in orjson.loads(row.tiers)),
        tier_measure=TierMeasure(row.tier_measure),
        return_window_seconds=row.return_window_seconds,
        expiry_seconds=row.expiry_seconds,
        reminder_seconds=row.reminder_seconds,
        excluded_product_ids=frozenset(orjson.loads(row.excluded_product_ids)),
        excluded_collection_ids=frozenset(orjson.loads(row.excluded_collection_ids)),
    )


async def insert_settings(merchant_id: int, earning: Earning) -> None:
    """Give a new merchant its row."""
    await models.EarningProgram.create(
        merchant_id=merchant_id,
        return_window_seconds=earning.return_window_seconds,
        expiry_seconds=earning.expiry_seconds,
        reminder_seconds=earning.reminder_seconds,
        tier_measure=earning.tier_measure.value,
        tiers=tiers_json(earning.tiers),
        excluded_product_ids=list_json(earning.excluded_product_ids),
        excluded_collection_ids=list_json(earning.excluded_collection_ids),
    )


def rule_of(row: models.EarningRule) -> EarningRule:
    """The rule that a stored version holds."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
    values |= {name: frozenset(orjson.loads(getattr(row, name))) for name in RULE_LISTS}
    return EarningRule(kind=EarningKind(row.kind), **values)


def row_of(rule: EarningRule) -> dict[str, Any]:
    """The columns of a rule version; the others say whose it is and when it was made."""
    values: dict[str, Any] = {name: getattr(rule, name) for name in _PLAIN}
    values |= {name: list_json(getattr(rule, name)) for name in RULE_LISTS}
    return values | {"kind": rule.kind.value}


def list_json(entries: frozenset[str]) -> str:
    """A set as it is stored: sorted, so that equal sets are equal texts."""
    return orjson.dumps(sorted(entries)).decode()


def tiers_json(tiers: Iterable[Tier]) -> str:
    """Tiers as they are stored."""
    return orjson.dumps(
        [[each.name, each.threshold, each.multiplier_bp] for each in tiers]
    ).decode()


def tiers_revision(measure: TierMeasure, tiers: Iterable[Tier]) -> str:
    """A short text that changes with the tiers or their measure, and with nothing else."""
    return sha256(f"{measure.value} {tiers_json(tiers)}".encode()).hexdigest()[:16]
