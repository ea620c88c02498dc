"""Perform and revert: what a checkout does that knows an order by its reference alone.

Neither takes an idempotency key of the caller's: the ledger knows the order again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

import orjson

from gateway.errors import Code
from gateway.ledger.commands import Outcome, Perform, Redemption, Revert, WalletUse
from gateway.rules.facts import Cart
from gateway.services.directory import Known
from gateway.services.history import find_released
from gateway.services.previews import Wish
from gateway.services.redemptions import Keyed
from gateway.services.runtime import Runtime
from gateway.services.starts import start

_UNNAMED: Final = "unnamed:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """An order or what is to become one; `total_minor` is before points."""

    total_minor: int
    order_id: str | None = None
    points: int | None = None
    """Exactly these; minor units of credit where only credit is used. None: the most."""
    wallets: WalletUse = WalletUse.COINS
    rule_id: int | None = None

    def wish(self) -> Wish:
        """The same as what is wanted on a cart.

        The cart has the order's id. Without one its id says what was asked, so that the same
        question is the same cart.
        """
        asked = [self.total_minor, self.points, self.wallets.value, self.rule_id]
        cart_id = self.order_id
        if cart_id is None:
            cart_id = f"{_UNNAMED}{blake2b(orjson.dumps(asked), digest_size=12).hexdigest()}"
        return Wish(
            cart=Cart(cart_id, self.total_minor),
            points=self.points,
            wallets=self.wallets,
            rule_id=self.rule_id,
        )


def is_unnamed(redemption: Redemption) -> bool:
    """Whether it was performed without an order's id."""
    return redemption.cart_id.startswith(_UNNAMED)


async def perform(runtime: Runtime, merchant_id: int, who: Known, sale: Sale) -> Outcome:
    """Use points for the order, at once and for good; `replayed`: it had them already.

    Raises RequestError(THROTTLED) for a customer for whom too many were started lately.
    """
    wish, redemption_id = sale.wish(), runtime.ids.next()
    return await start(
        runtime,
        Perform(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=_own(runtime, who).bind("perform", who.id, redemption_id),
            redemption_id=redemption_id,
            cart=wish.cart,
            order_id=sale.order_id,
            requested=wish.points,
            wallets=wish.wallets,
            rule_id=wish.rule_id,
        ),
    )


async def revert(runtime: Runtime, merchant_id: int, who: Known, order_id: str | None) -> Outcome:
    """Give back what the order took, None: the last one; `replayed`: it was given back already."""
    outcome = await runtime.ledger.submit(
        Revert(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=_own(runtime, who).bind("revert", who.id, order_id),
            order_id=order_id,
        )
    )
    refusal = outcome.refusal
    if order_id is None or refusal is None or refusal.code is not Code.REDEMPTION_NOT_FOUND:
        return outcome
    # A hold that was released holds nothing any more, so the ledger does not load it.
    released = await find_released(merchant_id, who.id, order_id)
    if released is None:
        return outcome
    return replace(outcome, refusal=None, redemption=released, replayed=True)


def _own(runtime: Runtime, who: Known) -> Keyed:
    """A key that no caller can have: the ledger remembers every accepted command by one."""
    return Keyed(f"order:{who.id}", str(runtime.ids.next()))
