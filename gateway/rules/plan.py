"""One redemption across wallets: store credit first, then the coin rules on what remains.

The preview and the ledger both call `plan`, so what is shown is what is charged.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code, Refusal
from gateway.rules.evaluator import evaluate_program
from gateway.rules.facts import Cart, Shopper
from gateway.rules.offer import Evaluation, Offer
from gateway.rules.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What the caller wants to use: wallets, how many points, which rule."""

    coins: bool = True
    credits: bool = False
    requested: int | None = None
    """Points asked for; minor units of credit when only credits are used. None: the most."""
    rule_id: int | None = None
    credits_cap: int | None = None
    """Most store credit to use, where a quote promised less than there is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be used. `offer` None: no coins; `refusals` say why nothing at all is."""

    points: int
    credits_minor: int
    discount_minor: int
    floor_minor: int
    offer: Offer | None
    evaluation: Evaluation
    refusals: tuple[Refusal, ...] = ()

    @property
    def eligible(self) -> bool:
        """Whether anything can be redeemed."""
        return self.discount_minor > 0


def plan(
    program: Program, cart: Cart, shopper: Shopper, credits_available: int, ask: Ask, now: int
) -> Plan:
    """Work out what `ask` gives on this cart. The minimum payment binds both wallets."""
    floor = min(program.minimum_payment.floor_minor(cart.total_minor), cart.total_minor)
    used, refusal = _credits(program, cart, credits_available, ask, floor)
    evaluation = Evaluation()
    if ask.coins:
        evaluation = evaluate_program(
            program,
            cart,
            shopper,
            now=now,
            requested=ask.requested,
            rule_id=ask.rule_id,
            credits_minor=used,
        )
    offer = evaluation.best
    points = offer.points if offer else 0
    discount = used + (offer.discount_minor if offer else 0)
    refusals = evaluation.refusals or ((refusal,) if refusal else ())
    return Plan(
        points=points,
        credits_minor=used,
        discount_minor=discount,
        floor_minor=offer.floor_minor if offer else floor,
        offer=offer,
        evaluation=evaluation,
        refusals=() if discount else refusals,
    )


def _credits(
    program: Program, cart: Cart, available: int, ask: Ask, floor: int
) -> tuple[int, Refusal | None]:
    """Store credit to use, in minor units, or why none is."""
    if not ask.credits:
        return 0, None
    if not program.enabled:
        return 0, Refusal(Code.INTEGRATION_DISABLED)
    if available <= 0:
        return 0, Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=1)
    room = cart.total_minor - floor
    if room <= 0:
        return 0, Refusal(Code.MIN_PAYMENT_REQUIRED, limit_minor=floor)
    used = min(available, room)
    if ask.credits_cap is not None:
        used = min(used, ask.credits_cap)
    if not ask.coins and ask.requested is not None:
        used = min(used, ask.requested)
        if used <= 0:
            return 0, Refusal(Code.REQUEST_BELOW_STEP, allowed_points=min(available, room))
    return used, None
