"""Apply, capture, release and refund: from a caller's words to one ledger command.

Every function takes the merchant from the credential. Amounts are minor units, points whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import orjson

from gateway.errors import Code, Refusal
from gateway.ledger.commands import (
    Apply,
    Capture,
    IdempotencyKey,
    Note,
    Outcome,
    Refund,
    Release,
)
from gateway.ledger.terms import LINES_DEMANDED
from gateway.rules.facts import Cart, CartLine
from gateway.services.checks import refuse
from gateway.services.directory import Known
from gateway.services.previews import Wish
from gateway.services.quotes import cart_digest
from gateway.services.runtime import Runtime
from gateway.services.starts import start


@dataclass(frozen=True, slots=True)
class Keyed:
    """The caller's scope and the idempotency key it chose."""

    caller: str
    key: str

    def bind(self, *asked: object) -> IdempotencyKey:
        """The key together with a digest of all that was asked under it."""
        digest = blake2b(orjson.dumps(asked), digest_size=16).hexdigest()
        return IdempotencyKey(self.caller, self.key, digest)


async def apply(
    runtime: Runtime,
    merchant_id: int,
    who: Known,
    wish: Wish,
    keyed: Keyed,
    *,
    quote: str | None = None,
    hold_seconds: int | None = None,
) -> Outcome:
    """Reserve points for the cart. Raises LoyaltyError for a quote that is not for this.

    Raises RequestError(THROTTLED) for a customer for whom too many were started lately.
    """
    quoted = None
    if quote is not None:
        quoted = runtime.quotes.read(quote, merchant_id, who.id, wish.cart, wish.wallets)
        promised = quoted.points if wish.wallets.coins else quoted.credits_minor
        if wish.points not in {None, promised}:
            return Outcome(refusal=Refusal(Code.QUOTE_MISMATCH, field=("points",)))
        if wish.rule_id not in {None, quoted.rule_id}:
            return Outcome(refusal=Refusal(Code.QUOTE_MISMATCH, field=("ruleId",)))
    key = keyed.bind(
        "apply",
        who.id,
        cart_digest(wish.cart),
        wish.points,
        wish.wallets.value,
        wish.rule_id,
        quote,
        hold_seconds,
    )
    return await start(
        runtime,
        Apply(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=key,
            redemption_id=runtime.ids.next(),
            cart=wish.cart,
            requested=wish.points,
            wallets=wish.wallets,
            rule_id=wish.rule_id,
            quoted=quoted,
            hold_seconds=hold_seconds,
        ),
    )


def _order_digest(order: Order) -> str:
    """A digest of everything in the order; lines left out are not the same as no lines."""
    return f"{order.lines is None}:" + cart_digest(
        Cart(order.id, order.total_minor, order.lines or ())
    )


@dataclass(frozen=True, slots=True)
class RedemptionRef:
    """One redemption of one merchant: the customer it belongs to, and its own id."""

    merchant_id: int
    customer_id: int
    id: int


@dataclass(frozen=True, slots=True)
class CartRef:
    """What a customer applied to a cart, where the redemption's id was lost."""

    merchant_id: int
    customer_id: int
    cart_id: str


@dataclass(frozen=True, slots=True)
class Order:
    """A paid order; `total_minor` is before points. `lines` None: they are not told."""

    id: str
    total_minor: int
    lines: tuple[CartLine, ...] | None = None


async def capture(
    runtime: Runtime,
    which: RedemptionRef | CartRef,
    order: Order,
    points: int | None,
    keyed: Keyed,
) -> Outcome:
    """Settle the held points with the paid order.

    Raises LoyaltyError(INVALID_INPUT) for an order without lines, where the merchant demands them.
    """
    name = which.cart_id if isinstance(which, CartRef) else which.id
    outcome = await runtime.ledger.submit(
        Capture(
            merchant_id=which.merchant_id,
            customer_id=which.customer_id,
            key=keyed.bind("capture", which.customer_id, name, _order_digest(order), points),
            redemption_id=None if isinstance(which, CartRef) else which.id,
            cart_id=which.cart_id if isinstance(which, CartRef) else None,
            order_id=order.id,
            order_total_minor=order.total_minor,
            points=points,
            lines=order.lines,
        ),
    )
    return with_lines(outcome)


def with_lines(outcome: Outcome) -> Outcome:
    """The outcome. Raises LoyaltyError(INVALID_INPUT) where lines were demanded and not told."""
    if outcome.refusal == LINES_DEMANDED:
        raise refuse("This merchant demands the lines of every order.", "order", "lines")
    return outcome


async def release(
    runtime: Runtime,
    which: RedemptionRef,
    keyed: Keyed | None,
    *,
    by_shopper: bool = False,
    told: Note | None = None,
) -> Outcome:
    """Give the held points back. Without a key of the caller's it is still safe to repeat.

    `told` goes into the audit log with it.
    """
    # The ledger remembers every accepted command by a key; a release names itself, and since a
    # second one changes nothing, its key is one that no caller can have.
    # That a shopper asks must show in it: who was merged does not act for whom it became.
    scope = f"{'customer:' if by_shopper else ''}release:{which.customer_id}"
    own = keyed or Keyed(scope, f"{which.id}:{runtime.ids.next()}")
    return await runtime.ledger.submit(
        Release(
            merchant_id=which.merchant_id,
            customer_id=which.customer_id,
            key=own.bind("release", which.customer_id, which.id),
            redemption_id=which.id,
            note=told,
        ),
    )


async def refund(
    runtime: Runtime,
    which: RedemptionRef,
    points: int | None,
    keyed: Keyed,
    told: Note | None = None,
) -> Outcome:
    """Give captured points back, all that is left or `points` of them; `told`: as `release`."""
    return await runtime.ledger.submit(
        Refund(
            merchant_id=which.merchant_id,
            customer_id=which.customer_id,
            key=keyed.bind("refund", which.customer_id, which.id, points),
            redemption_id=which.id,
            points=points,
            note=told,
        ),
    )
