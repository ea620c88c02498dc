"""What could be redeemed on a cart, now. The ledger is read, never written."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code, Refusal
from gateway.ledger.commands import WalletUse
from gateway.ledger.reads import Lookup, Snapshot
from gateway.rules.facts import Cart, Shopper
from gateway.rules.plan import Ask, Plan, plan
from gateway.services.cart_facts import facts_of
from gateway.services.customers import CustomerRef
from gateway.services.runtime import Runtime

MICROSECONDS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a caller wants to redeem on a cart."""

    cart: Cart
    points: int | None = None
    wallets: WalletUse = WalletUse.COINS
    rule_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What could be redeemed, by whom, and the quote that promises it."""

    cart: Cart
    snapshot: Snapshot | None
    plan: Plan | None
    refusals: tuple[Refusal, ...]
    quote: str | None = None
    quote_expires_at: int | None = None


async def preview(runtime: Runtime, merchant_id: int, who: CustomerRef, wish: Wish) -> Preview:
    """What this customer could redeem on this cart, now. Changes nothing."""
    snapshot = await read_customer(runtime, merchant_id, who, wish.cart.id)
    if snapshot is None:
        missing = Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",))
        return Preview(cart=wish.cart, snapshot=None, plan=None, refusals=(missing,))
    runtime.directory.remember(merchant_id, snapshot.external_id, snapshot.customer_id)
    now = runtime.clock()
    shopper = Shopper(snapshot.coins_for_cart, snapshot.tier, snapshot.tags)
    ask = Ask(
        coins=wish.wallets.coins,
        credits=wish.wallets.credits,
        requested=wish.points,
        rule_id=wish.rule_id,
    )
    chosen = plan(snapshot.program, wish.cart, shopper, snapshot.credits_for_cart, ask, now)
    offer = chosen.offer
    # What does not go with the points that were asked for may well go with others.
    if wish.wallets.coins and (offer is not None or wish.points is None):
        runtime.sightings.checkout(
            (merchant_id, snapshot.customer_id, wish.cart.id),
            now,
            available=snapshot.coins_for_cart,
            total_minor=wish.cart.total_minor,
            discount_minor=offer.discount_minor if offer else 0,
            facts=facts_of(shopper, wish.cart.lines),
        )
    quote = expires_at = None
    if chosen.eligible:
        expires_at = now + snapshot.program.quote_seconds * MICROSECONDS
        quote = runtime.quotes.sign(
            merchant_id, snapshot.customer_id, wish.cart, wish.wallets, chosen, expires_at
        )
    return Preview(
        cart=wish.cart,
        snapshot=snapshot,
        plan=chosen,
        refusals=chosen.refusals,
        quote=quote,
        quote_expires_at=expires_at,
    )


async def read_customer(
    runtime: Runtime, merchant_id: int, who: CustomerRef, cart_id: str = ""
) -> Snapshot | None:
    """The customer as of now; by external id in one step, by an old name only where that fails."""
    if who.external_id is not None:
        lookup = Lookup(merchant_id=merchant_id, external_id=who.external_id, cart_id=cart_id)
        snapshot = await runtime.ledger.read(lookup)
        if snapshot is not None or not who.old_names:
            return snapshot
    customer_id = who.id
    if customer_id is None:
        known = await runtime.directory.customer(merchant_id, who)
        if known is None:
            return None
        customer_id = known.id
    return await runtime.ledger.read(
        Lookup(merchant_id=merchant_id, customer_id=customer_id, cart_id=cart_id)
    )
