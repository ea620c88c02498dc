"""What the checkout's webhook answers: `{"meta": {"code"}, "data"}`, amounts in major units.

Amounts are JSON numbers, written digit by digit from whole minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import orjson

from gateway.errors import Code, Refusal
from gateway.ids import to_global_id
from gateway.ledger.commands import Outcome, Redemption, Status, Wallet, WalletUse
from gateway.ledger.reads import Snapshot
from gateway.messages import credits_message, offer_message, refusal_message
from gateway.money import to_decimal
from gateway.rules.offer import Offer
from gateway.rules.plan import Plan
from gateway.services.performing import is_unnamed

Data = dict[str, Any]
NOTHING: Final = "No discount is available"
LABEL: Final = "Points"
ONLY_CREDIT: Final = "credits"
"""The id of the promotion that is store credit alone."""

_SAID_PLAINLY: Final = frozenset(
    {Code.REDEMPTION_NOT_FOUND, Code.ORDER_TOTAL_TOO_LOW, Code.EXCEEDS_CAPTURED}
)
"""Refusals that are not about what could be redeemed."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """Writes for one merchant's currency, in one language."""

    currency: str
    language: str

    def offers(self, snapshot: Snapshot, plan: Plan, wallets: WalletUse) -> Data:
        """What could be redeemed: `promotions` are usable, and the first is what perform takes."""
        offers = plan.evaluation.offers if plan.eligible else ()
        usable = [offer for offer in offers if offer.eligible]
        promotions = [self._promotion(offer, plan.credits_minor, wallets) for offer in usable]
        if plan.credits_minor and not usable:
            promotions = [self._promotion(None, plan.credits_minor, wallets)]
        return {
            **self.balances(snapshot.coins.available, snapshot.credits.available),
            "currency": self.currency,
            "offers": [self._offer(offer) for offer in plan.evaluation.offers],
            "promotions": promotions,
        }

    def transaction(self, outcome: Outcome, external_id: str | None) -> Data:
        """What was taken from the wallets, or given back to them."""
        done = outcome.redemption
        if done is None:
            raise TypeError("what is not refused has a redemption")
        points, credit, taken, total = _sums(done)
        back = not done.standing
        return {
            "id": to_global_id("Redemption", done.customer_id, done.id),
            "type": "credit" if back else "debit",
            "status": "reverted" if back else "performed",
            "customer_id": external_id,
            "reference_order_id": None if is_unnamed(done) else done.order_id or done.cart_id,
            "wallet_type": _wallets(points, credit).value.lower(),
            "coin_value": points or self.money(credit),
            "credit_value": self.money(credit),
            "fiat_value": self.money(taken),
            "payable_amount": self.money(total if back else total - taken),
            "currency": self.currency,
            **self.balances(outcome.coins.available, outcome.credits.available),
            "replayed": outcome.replayed,
        }

    def refusal(self, refusal: Refusal) -> Data:
        """Why not: `message` as callers know it, `reason` for the shopper, `code` for programs."""
        reason = refusal_message(refusal, self.currency, self.language)
        plain = refusal.code in _SAID_PLAINLY
        found: Data = {
            "message": reason if plain else NOTHING,
            "code": refusal.code.value,
            "reason": reason,
        }
        if refusal.allowed_points is not None:
            found["allowed_coin_value"] = refusal.allowed_points
        return found

    def balances(self, coins: int, credits_minor: int) -> Data:
        """What the customer can spend now."""
        return {
            "points_balance": coins,
            "points_label": LABEL,
            "credits_balance": self.money(credits_minor),
        }

    def money(self, minor: int) -> orjson.Fragment:
        """A JSON number in major units: 100, 99.5."""
        text = to_decimal(minor, self.currency)
        return orjson.Fragment(text.rstrip("0").rstrip(".") if "." in text else text)

    def _promotion(self, offer: Offer | None, credit: int, wallets: WalletUse) -> Data:
        """One way to pay less. `coin_value` is in the wallet's own unit."""
        said = [credits_message(credit, self.currency, self.language)] if credit else []
        coins = offer.discount_minor if offer else 0
        if offer is not None:
            said.insert(0, offer_message(offer.points, coins, self.currency, self.language))
        return {
            "type": wallets.value.lower(),
            "id": to_global_id("RedemptionRule", offer.rule.id) if offer else ONLY_CREDIT,
            "title": " ".join(said),
            "coin_value": offer.points if offer else self.money(credit),
            "credit_value": self.money(credit),
            "fiat_value": self.money(credit + coins),
        }

    def _offer(self, offer: Offer) -> Data:
        """One rule of the merchant, also where it cannot be used."""
        refusal = offer.refusal
        return {
            "id": to_global_id("RedemptionRule", offer.rule.id),
            "title": offer.rule.name,
            "eligible": offer.eligible,
            "coin_value": offer.points,
            "fiat_value": self.money(offer.discount_minor),
            "reason": refusal and refusal_message(refusal, self.currency, self.language),
        }


def _sums(done: Redemption) -> tuple[int, int, int, int]:
    """Points, credit, discount and the total they were for: captured, or held and released."""
    if done.status is Status.CAPTURED:
        total = done.order_total_minor or 0
        captured = done.captured_points, done.captured_credits_minor
        return *captured, done.captured_discount_minor, total
    return done.points, done.credits_minor, done.discount_minor, done.total_minor


def _wallets(points: int, credit: int) -> WalletUse:
    """Which wallets it came from."""
    if points and credit:
        return WalletUse.COINS_AND_CREDITS
    return WalletUse(Wallet.COINS if points else Wallet.CREDITS)


def envelope(status: int, data: Data) -> bytes:
    """The body of an answer."""
    return orjson.dumps({"meta": {"code": status}, "data": data})
