"""The use cases: preview and apply with the ORM."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.transactions import in_transaction

from benchmarks.plain.models import (
    Account,
    Customer,
    IdempotencyRecord,
    JournalEntry,
    Lot,
    Merchant,
    OutboxEvent,
    Redemption,
    RedemptionLot,
    Rule,
)

HOLD = timedelta(minutes=15)
QUOTE = timedelta(minutes=10)


class RefusalError(Exception):
    """The request is refused; the text is its code."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a rule gives; money in minor units."""

    rule: Rule
    points: int
    discount_minor: int


def evaluate(
    merchant: Merchant, rule: Rule, total: int, available: int, asked: int | None
) -> Offer:
    """The largest redemption that the rule, the minimum payment and the balance allow."""
    room = total - -(-total * merchant.minimum_payment_bp // 10_000)
    points = available if asked is None else min(available, asked)
    steps = min(
        points // rule.points,
        rule.maximum_discount_minor // rule.discount_minor,
        max(0, room) // rule.discount_minor,
    )
    return Offer(rule, steps * rule.points, steps * rule.discount_minor)


async def preview(
    merchant: Merchant, external_id: str, cart_id: str, total: int, asked: int | None
) -> tuple[Offer, Account, str]:
    """The offer, the balance and a quote."""
    customer = await Customer.get(merchant_id=merchant.id, external_id=external_id)
    account = await Account.get(customer_id=customer.id)
    rule = await Rule.filter(merchant_id=merchant.id).order_by("id").get()
    offer = evaluate(merchant, rule, total, account.available, asked)
    until = int((datetime.now(UTC) + QUOTE).timestamp())
    promise = f"{customer.id}:{cart_id}:{total}:{rule.id}:{offer.points}:{until}"
    signature = hmac.new(merchant.secret_hash.encode(), promise.encode(), hashlib.sha256)
    return offer, account, f"{promise}:{signature.hexdigest()}"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to reserve; money in minor units."""

    external_id: str
    cart_id: str
    total: int
    points: int | None
    key: str

    @property
    def digest(self) -> str:
        """The same key with another digest is refused."""
        asked = f"{self.external_id}:{self.cart_id}:{self.total}:{self.points}"
        return hashlib.sha256(asked.encode()).hexdigest()


async def apply(merchant: Merchant, wish: Wish) -> tuple[Redemption, bool]:
    """Reserve points for the cart; answers also whether it was done before."""
    async with in_transaction():
        customer = await Customer.get(merchant_id=merchant.id, external_id=wish.external_id)
        account = await Account.select_for_update().get(customer_id=customer.id)
        record = await IdempotencyRecord.get_or_none(merchant_id=merchant.id, key=wish.key)
        if record is not None:
            if record.request_hash != wish.digest:
                raise RefusalError("IDEMPOTENCY_KEY_REUSED")
            return await Redemption.get(id=record.redemption_id), True
        held = {"customer_id": customer.id, "cart_id": wish.cart_id, "status": "HELD"}
        if await Redemption.filter(**held).exists():
            raise RefusalError("ALREADY_HELD")
        rule = await Rule.filter(merchant_id=merchant.id).order_by("id").get()
        offer = evaluate(merchant, rule, wish.total, account.available, wish.points)
        if not offer.points or wish.points not in (None, offer.points):
            raise RefusalError("POINTS_NOT_ALLOWED")
        redemption = await Redemption.create(
            customer_id=customer.id,
            rule_id=rule.id,
            cart_id=wish.cart_id,
            points=offer.points,
            discount_minor=offer.discount_minor,
            total_minor=wish.total,
            expires_at=datetime.now(UTC) + HOLD,
        )
        await _hold(account, redemption)
        await _remember(merchant, wish, redemption)
        return redemption, False


async def _hold(account: Account, redemption: Redemption) -> None:
    """Move the points of the redemption from available to held: lots, account, journal."""
    left = redemption.points
    for lot in await Lot.filter(account_id=account.id, available__gt=0).order_by(
        "expires_at", "id"
    ):
        taken = min(left, lot.available)
        lot.available -= taken
        lot.held += taken
        await lot.save(update_fields=["available", "held"])
        await RedemptionLot.create(redemption_id=redemption.id, lot_id=lot.id, points=taken)
        left -= taken
        if not left:
            break
    account.available -= redemption.points
    account.held += redemption.points
    account.sequence += 1
    await account.save(update_fields=["available", "held", "sequence"])
    await JournalEntry.create(
        account_id=account.id,
        sequence=account.sequence,
        kind="HOLD",
        points=redemption.points,
        redemption_id=redemption.id,
        available_after=account.available,
        held_after=account.held,
    )


async def _remember(merchant: Merchant, wish: Wish, redemption: Redemption) -> None:
    await IdempotencyRecord.create(
        merchant_id=merchant.id,
        key=wish.key,
        request_hash=wish.digest,
        redemption_id=redemption.id,
    )
    payload: dict[str, Any] = {"redemption": redemption.id, "points": redemption.points}
    await OutboxEvent.create(merchant_id=merchant.id, kind="redemption.applied", payload=payload)
