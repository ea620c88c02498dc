"""The two merchants, made through the services as staff would make them."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.year.terms import MERCHANTS, Earn, Redeem, Terms
from gateway.ids import IdMaker
from gateway.rules.earning_rules import EarningKind, Tier, TierMeasure
from gateway.rules.program import ClawbackPolicy, MinimumPayment, MinimumPaymentKind, RuleKind
from gateway.services.earning_drafts import EarningDraft
from gateway.services.earning_rules import create_earning_rule, update_earning_rule
from gateway.services.earning_settings import EarningChange, update_earning
from gateway.services.merchants import create_merchant
from gateway.services.programs import CheckoutChange, update_checkout
from gateway.services.rules import RuleDraft, create_rule, update_rule


@dataclass(slots=True, eq=False)
class Books:
    """One merchant, its rules by id and their versions, in the order of its terms."""

    merchant_id: int
    redeem: int
    earn: list[int]
    version: int = 1

    async def change(self, terms: Terms, now: int) -> None:
        """Let these terms hold from now on: every rule gets its next version."""
        await _settings(self.merchant_id, terms, now)
        draft = _redeem(terms.redeem)
        await update_rule(self.merchant_id, self.redeem, self.version, draft, now)
        for rule_id, rule in zip(self.earn, terms.earn, strict=True):
            draft = _earn(rule)
            await update_earning_rule(self.merchant_id, rule_id, self.version, draft, now)
        self.version += 1


async def open_books(ids: IdMaker, now: int) -> dict[str, Books]:
    """Make every merchant."""
    return {name: await _open(terms, ids, now) for name, terms in MERCHANTS.items()}


async def _open(terms: Terms, ids: IdMaker, now: int) -> Books:
    merchant = await create_merchant(
        name=terms.merchant,
        currency=terms.currency,
        locale="en",
        time_zone="UTC",
        now=now,
        ids=ids,
    )
    await _settings(merchant.id, terms, now)
    redeem = await create_rule(merchant.id, _redeem(terms.redeem), now, ids)
    earn = [await create_earning_rule(merchant.id, _earn(rule), now, ids) for rule in terms.earn]
    return Books(merchant.id, redeem.rule.id, [view.rule.id for view in earn])


async def _settings(merchant_id: int, terms: Terms, now: int) -> None:
    policy = ClawbackPolicy.DEBT if terms.owes else ClawbackPolicy.WITHIN_BALANCE
    least = MinimumPayment(MinimumPaymentKind.PERCENT, terms.minimum_bp)
    if terms.minimum_minor:
        least = MinimumPayment(MinimumPaymentKind.FIXED, terms.minimum_minor)
    checkout = CheckoutChange(
        enabled=True,
        minimum_payment=least,
        hold_seconds=terms.hold_seconds,
        refund_grace_seconds=terms.grace_seconds,
        clawback_policy=policy,
    )
    await update_checkout(merchant_id, checkout, now)
    change = EarningChange(
        return_window_seconds=terms.window_seconds,
        expiry_seconds=terms.expiry_seconds or 0,
        tier_measure=TierMeasure.POINTS_EARNED if terms.by_points else TierMeasure.AMOUNT_SPENT,
        tiers=tuple(Tier(*tier) for tier in terms.tiers),
        excluded_product_ids=terms.excluded,
    )
    await update_earning(merchant_id, change, now)


def _redeem(rule: Redeem) -> RuleDraft:
    return RuleDraft(
        name="Points for a discount",
        kind=RuleKind.VARIABLE_PERCENT if rule.percent_bp else RuleKind.VARIABLE_AMOUNT,
        points=rule.step,
        discount_minor=rule.discount_minor,
        percent_bp=rule.percent_bp,
        maximum_discount_minor=rule.maximum_minor,
        maximum_percent_bp=rule.maximum_bp,
        minimum_cart_minor=rule.minimum_cart_minor,
    )


def _earn(rule: Earn) -> EarningDraft:
    return EarningDraft(
        name=rule.kind.lower(),
        kind=EarningKind(rule.kind),
        points=rule.points,
        per_minor=rule.per_minor,
        minimum_order_minor=rule.minimum_minor,
        collection_ids=rule.collections,
        tiers=rule.tiers,
        starts_at=rule.starts_at,
        ends_at=rule.ends_at,
        expiry_seconds=rule.expiry_seconds,
    )
