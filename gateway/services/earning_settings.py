"""What holds for all earning of a merchant: windows, expiry, tiers, exclusions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from asyncpg import DeadlockDetectedError

import models
from gateway.errors import Code, RequestCode, RequestError
from gateway.rules.earning_rules import DAY_SECONDS, Tier, TierMeasure
from gateway.rules.program import Program
from gateway.services.audit import SYSTEM, Actor, Facts, record
from gateway.services.audit_earning import earning_facts
from gateway.services.checks import check
from gateway.services.database import statement
from gateway.services.earning_drafts import (
    EXPIRY_SECONDS,
    check_list,
    check_seconds,
    validate_tiers,
)
from gateway.services.earning_rows import assembled, list_json, tiers_json, tiers_revision
from gateway.services.programs import current_program, edit

RETURN_WINDOW_SECONDS = (0, 365 * DAY_SECONDS)
REMINDER_SECONDS = (60, 365 * DAY_SECONDS)
TRIES = 3
_LOOK_AGAIN = (
    "UPDATE customer SET tier_review_at = ? WHERE merchant_id = ? AND (tier IS NOT NULL OR EXISTS ("
    "SELECT 1 FROM customer_day d WHERE d.merchant_id = customer.merchant_id"
    " AND d.customer_id = customer.id))"
)
_LOOK_NO_MORE = (
    "UPDATE customer SET tier_review_at = NULL WHERE merchant_id = ? AND tier_review_at IS NOT NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningChange:
    """What to change of earning; None leaves a setting as it is."""

    return_window_seconds: int | None = None
    expiry_seconds: int | None = None
    """0: points never expire."""
    reminder_seconds: int | None = None
    """0: nobody is reminded."""
    tier_measure: TierMeasure | None = None
    tiers: tuple[Tier, ...] | None = None
    """The whole new list, lowest first, its thresholds in the new measure."""
    tiers_revision: str | None = None
    """The tiers that were edited; None: whichever there are."""
    excluded_product_ids: frozenset[str] | None = None
    excluded_collection_ids: frozenset[str] | None = None


async def update_earning(
    merchant_id: int, change: EarningChange, now: int, by: Actor = SYSTEM
) -> Program:
    """Change the settings named; answers the program version that this made.

    A change that names nothing makes no version. With new tiers, or a new measure of them, every
    customer who may have a tier is looked at again; without tiers, all keep the one they have, for
    the merchant to set. Raises LoyaltyError(INVALID_INPUT, INVALID_AMOUNT or VERSION_CONFLICT) with
    the field that is to blame, LookupError when there is no such merchant, RequestError(OVERLOADED)
    when the ledger is in the way all the time.
    """
    _check(change)
    values = _columns(change)
    if not values:
        return await current_program(merchant_id)

    async def apply() -> None:
        row = await models.EarningProgram.get(merchant_id=merchant_id)
        _check_revision(change, row)
        _check_measure(change, row)
        before = await _facts(merchant_id)
        again = any(values.get(name, old) != old for name, old in _of_tiers(row).items())
        await models.EarningProgram.filter(merchant_id=merchant_id).update(**values)
        after = await _facts(merchant_id)
        await record(merchant_id, by, now, "earning.update", "Earning", before, after)
        if again and change.tiers == ():
            await statement(_LOOK_NO_MORE, merchant_id)
        elif again:
            await statement(_LOOK_AGAIN, now, merchant_id)

    for _ in range(TRIES):
        try:
            return (await edit(merchant_id, now, apply))[0]
        except DeadlockDetectedError:
            # The ledger writes tiers of several customers at once, in an order of its own.
            continue
    raise RequestError(RequestCode.OVERLOADED, "Try again.", retry_after_seconds=1)


async def _facts(merchant_id: int) -> Facts:
    merchant = await models.Merchant.get(id=merchant_id)
    return earning_facts(await assembled(merchant_id), merchant.currency)


def _of_tiers(row: models.EarningProgram) -> dict[str, str]:
    return {"tier_measure": row.tier_measure, "tiers": row.tiers}


def _check_measure(change: EarningChange, row: models.EarningProgram) -> None:
    """Refuse to read the thresholds of one measure as those of another."""
    measure = change.tier_measure
    kept = measure is None or measure.value == row.tier_measure or row.tiers == "[]"
    detail = "A new measure needs new thresholds: send the tiers with it."
    check(kept or change.tiers is not None, detail, "tiers")


def _check_revision(change: EarningChange, row: models.EarningProgram) -> None:
    """Refuse to write over tiers that the caller has not seen."""
    tiers = (Tier(*tier) for tier in orjson.loads(row.tiers))
    now = tiers_revision(TierMeasure(row.tier_measure), tiers)
    detail = "Somebody else has changed the tiers: read them first."
    seen = change.tiers_revision is None or change.tiers_revision == now
    check(seen, detail, "tiersRevision", code=Code.VERSION_CONFLICT)


def _check(change: EarningChange) -> None:
    if change.return_window_seconds is not None:
        check_seconds(change.return_window_seconds, RETURN_WINDOW_SECONDS, "returnWindowSeconds")
    for seconds, bounds, name in (
        (change.expiry_seconds, EXPIRY_SECONDS, "expirySeconds"),
        (change.reminder_seconds, REMINDER_SECONDS, "reminderSeconds"),
    ):
        if seconds:
            check_seconds(seconds, bounds, name)
    for entries, name in (
        (change.excluded_product_ids, "excludedProductIds"),
        (change.excluded_collection_ids, "excludedCollectionIds"),
    ):
        if entries is not None:
            check_list(entries, name)
    if change.tiers is not None:
        validate_tiers(change.tiers)


def _columns(change: EarningChange) -> dict[str, Any]:
    measure, products = change.tier_measure, change.excluded_product_ids
    collections = change.excluded_collection_ids
    values: dict[str, Any] = {
        "return_window_seconds": change.return_window_seconds,
        "tier_measure": None if measure is None else measure.value,
        "tiers": None if change.tiers is None else tiers_json(change.tiers),
        "excluded_product_ids": None if products is None else list_json(products),
        "excluded_collection_ids": None if collections is None else list_json(collections),
    }
    values = {name: value for name, value in values.items() if value is not None}
    for name in ("expiry_seconds", "reminder_seconds"):
        seconds: int | None = getattr(change, name)
        if seconds is not None:
            values[name] = seconds or None
    return values
