"""The merchant's program: the settings of Custom Checkout, and a new version with every edit.

An edit is one transaction whose first statement raises the merchant's program version. On both
engines that is the lock: two edits of one merchant come one after the other, so versions have no
gap and no version misses an edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from tortoise.expressions import F

import models
from gateway.ledger.programs import ProgramCache, decode, encode
from gateway.rules.program import (
    ClawbackPolicy,
    MinimumPayment,
    MinimumPaymentKind,
    Program,
    Rule,
    RuleKind,
)
from gateway.services.audit import SYSTEM, Actor, Facts, record
from gateway.services.audit_facts import checkout_facts
from gateway.services.checks import check, check_minimum_payment
from gateway.services.database import statement, transaction
from gateway.services.earning_rows import assembled
from gateway.services.origin_names import checked_origins
from gateway.services.origins import list_origins, replace_origins

T = TypeVar("T")

HOLD_SECONDS = (60, 86_400)
QUOTE_SECONDS = (10, 86_400)
REFUND_GRACE_SECONDS = (0, 3_650 * 86_400)
_CURRENT = (
    "SELECT p.body FROM merchant m"
    " JOIN program p ON p.merchant_id = m.id AND p.version = m.program_version WHERE m.id = ?"
)
_CURRENT_VERSION = "SELECT program_version FROM merchant WHERE id = ?"
_VERSION = "SELECT body FROM program WHERE merchant_id = ? AND version = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckoutChange:
    """What to change of Custom Checkout; None leaves a setting as it is."""

    enabled: bool | None = None
    minimum_payment: MinimumPayment | None = None
    hold_seconds: int | None = None
    quote_seconds: int | None = None
    refund_grace_seconds: int | None = None
    clawback_policy: ClawbackPolicy | None = None
    order_lines_required: bool | None = None
    allowed_origins: tuple[str, ...] | None = None
    """The whole new list. It is the merchant's, and no part of a program version."""


async def current_program(merchant_id: int) -> Program:
    """The version in force. Raises LookupError when there is no such merchant."""
    found = await statement(_CURRENT, merchant_id)
    if not found:
        raise _no_merchant(merchant_id)
    return decode(found[0]["body"])


async def program_in_force(cache: ProgramCache, merchant_id: int) -> Program:
    """The same out of the cache, where that has it: only its number is read then."""
    found = await statement(_CURRENT_VERSION, merchant_id)
    if not found:
        raise _no_merchant(merchant_id)
    return await program_version(cache, merchant_id, found[0]["program_version"])


async def program_version(cache: ProgramCache, merchant_id: int, version: int) -> Program:
    """That version, out of the cache or into it. Raises LookupError when there is no such one."""
    cached = cache.get((merchant_id, version))
    if cached is not None:
        return cached
    found = await statement(_VERSION, merchant_id, version)
    if not found:
        raise LookupError(f"Merchant {merchant_id} has no program version {version}")
    return cache.add(found[0]["body"])


async def update_checkout(
    merchant_id: int, change: CheckoutChange, now: int, by: Actor = SYSTEM
) -> Program:
    """Change the settings named; answers the version that this made.

    A change that names nothing makes no version. Raises LoyaltyError(INVALID_INPUT or
    INVALID_AMOUNT) with the field that is to blame, LookupError when there is no such merchant.
    """
    _check(change)
    values, listed = _columns(change), change.allowed_origins
    origins = None if listed is None else checked_origins(listed)
    if not values and origins is None:
        return await current_program(merchant_id)

    async def apply() -> None:
        before = await _facts(merchant_id)
        if values:
            await models.CustomCheckout.filter(merchant_id=merchant_id).update(**values)
        if origins is not None:
            await replace_origins(merchant_id, origins)
        after = await _facts(merchant_id)
        await record(merchant_id, by, now, "checkout.update", "Custom Checkout", before, after)

    return (await edit(merchant_id, now, apply))[0]


async def _facts(merchant_id: int) -> Facts:
    merchant = await models.Merchant.get(id=merchant_id)
    checkout = await models.CustomCheckout.get(merchant_id=merchant_id)
    return checkout_facts(checkout, merchant.currency, await list_origins(merchant_id))


async def edit(merchant_id: int, now: int, change: Callable[[], Awaitable[T]]) -> tuple[Program, T]:
    """Carry out a change of the configuration, and publish it as the next program version.

    Answers the version and what `change` answered. When `change` raises, nothing has happened.
    Raises LookupError when there is no such merchant.
    """

    async def work() -> tuple[Program, T]:
        merchant = models.Merchant.filter(id=merchant_id)
        if not await merchant.update(program_version=F("program_version") + 1):
            raise _no_merchant(merchant_id)
        answer = await change()
        program = await _assemble(merchant_id)
        await models.Program.create(
            merchant_id=merchant_id, version=program.version, body=encode(program), created_at=now
        )
        return program, answer

    return await transaction(work)


def rule_of(row: models.RedemptionRule) -> Rule:
    """The rule that a stored version holds."""
    own: MinimumPayment | None = None
    if row.minimum_payment_kind is not None and row.minimum_payment_value is not None:
        own = MinimumPayment(
            MinimumPaymentKind(row.minimum_payment_kind), row.minimum_payment_value
        )
    return Rule(
        id=row.id,
        version=row.version,
        name=row.name,
        kind=RuleKind(row.kind),
        points=row.points,
        discount_minor=row.discount_minor,
        percent_bp=row.percent_bp,
        minimum_points=row.minimum_points,
        maximum_discount_minor=row.maximum_discount_minor,
        maximum_percent_bp=row.maximum_percent_bp,
        minimum_cart_minor=row.minimum_cart_minor,
        cart_multiplier_bp=row.cart_multiplier_bp,
        product_ids=frozenset(orjson.loads(row.product_ids)),
        collection_ids=frozenset(orjson.loads(row.collection_ids)),
        tiers=frozenset(orjson.loads(row.tiers)),
        tags=frozenset(orjson.loads(row.tags)),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        priority=row.priority,
        created_at=row.created_at,
        minimum_payment=own,
    )


async def _assemble(merchant_id: int) -> Program:
    merchant = await models.Merchant.get(id=merchant_id)
    checkout = await models.CustomCheckout.get(merchant_id=merchant_id)
    rules = models.RedemptionRule.filter(merchant_id=merchant_id, current=True)
    live = await rules.filter(archived_at__isnull=True).order_by("id")
    return Program(
        merchant_id=merchant_id,
        version=merchant.program_version,
        currency=merchant.currency,
        locale=merchant.locale,
        enabled=checkout.enabled,
        minimum_payment=MinimumPayment(
            MinimumPaymentKind(checkout.minimum_payment_kind), checkout.minimum_payment_value
        ),
        rules=tuple(rule_of(row) for row in live),
        hold_seconds=checkout.hold_seconds,
        quote_seconds=checkout.quote_seconds,
        refund_grace_seconds=checkout.refund_grace_seconds,
        clawback_policy=ClawbackPolicy(checkout.clawback_policy),
        order_lines_required=checkout.order_lines_required,
        earning=await assembled(merchant_id),
    )


def _check(change: CheckoutChange) -> None:
    if change.minimum_payment is not None:
        check_minimum_payment(change.minimum_payment, "minimumPayment")
    for seconds, (least, most), name in (
        (change.hold_seconds, HOLD_SECONDS, "holdSeconds"),
        (change.quote_seconds, QUOTE_SECONDS, "quoteSeconds"),
        (change.refund_grace_seconds, REFUND_GRACE_SECONDS, "refundGraceSeconds"),
    ):
        allowed = seconds is None or least <= seconds <= most
        check(allowed, f"{name} is {least} to {most}.", name)


def _columns(change: CheckoutChange) -> dict[str, Any]:
    own, policy = change.minimum_payment, change.clawback_policy
    values = {
        "enabled": change.enabled,
        "minimum_payment_kind": own and own.kind.value,
        "minimum_payment_value": None if own is None else own.value,
        "hold_seconds": change.hold_seconds,
        "quote_seconds": change.quote_seconds,
        "refund_grace_seconds": change.refund_grace_seconds,
        "clawback_policy": policy and policy.value,
        "order_lines_required": change.order_lines_required,
    }
    return {name: value for name, value in values.items() if value is not None}


def _no_merchant(merchant_id: int) -> LookupError:
    return LookupError(f"There is no merchant {merchant_id}")
