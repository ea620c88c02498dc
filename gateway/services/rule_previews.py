"""What a rule that is still being written would give, by the evaluator of the checkout."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from gateway.rules.evaluator import evaluate, evaluate_program
from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.free_cart import smallest_free_cart
from gateway.rules.meeting import can_meet
from gateway.rules.offer import Offer
from gateway.rules.program import Program, Rule
from gateway.services.programs import current_program
from gateway.services.rule_drafts import RuleDraft

DRAFT_ID = 0
"""The id of a rule that has none yet."""


@dataclass(frozen=True, slots=True)
class TrialCart:
    """A cart, and the points of whoever has it."""

    total_minor: int
    points: int


@dataclass(frozen=True, slots=True)
class CartPreview:
    """What the draft gives on a cart, and which of all live rules would be used."""

    cart: TrialCart
    offer: Offer
    winner: Rule | None


@dataclass(frozen=True, slots=True)
class RulePreview:
    """What a draft would do."""

    program: Program
    """As it would be with the draft."""
    draft: Rule
    carts: tuple[CartPreview, ...]
    free_cart_minor: int | None
    """The smallest cart that it could make free, if any."""
    overlaps: tuple[Rule, ...]
    """Live rules that can be there for the same customer at the same time."""


async def preview_rule(
    merchant_id: int, draft: RuleDraft, rule_id: int | None, carts: tuple[TrialCart, ...], now: int
) -> RulePreview:
    """Try the draft in the place of the rule `rule_id`, or as a new one. Changes nothing.

    It is looked at as of its start, if that is to come, for a customer and a cart that it is for.
    """
    program = await current_program(merchant_id)
    rule = drafted(program, draft, rule_id, now)
    others = tuple(each for each in program.rules if each.id != rule.id)
    would_be = replace(program, enabled=True, rules=(*others, rule))
    at = max(now, draft.starts_at or now)
    least = program.minimum_payment if rule.minimum_payment is None else rule.minimum_payment
    tried: list[CartPreview] = []
    for cart in carts:
        shopper = Shopper(cart.points, min(rule.tiers, default=None), rule.tags)
        filled = _filled(rule, cart.total_minor)
        best = evaluate_program(would_be, filled, shopper, now=at).best
        offer = evaluate(rule, least, filled, shopper, now=at)
        tried.append(CartPreview(cart, offer, None if best is None else best.rule))
    return RulePreview(
        would_be,
        rule,
        tuple(tried),
        smallest_free_cart(rule, least),
        tuple(each for each in others if can_meet(each, rule, now)),
    )


def drafted(program: Program, draft: RuleDraft, rule_id: int | None, now: int) -> Rule:
    """The draft as the next version of that rule, or as a rule that has no id yet."""
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    there = None if rule_id is None else program.rule(rule_id)
    if there is None:
        return Rule(id=DRAFT_ID, version=1, created_at=now, **values)
    return Rule(id=there.id, version=there.version + 1, created_at=there.created_at, **values)


def _filled(rule: Rule, total_minor: int) -> Cart:
    """A cart that the rule covers wholly."""
    product, collection = min(rule.product_ids, default=None), min(rule.collection_ids, default="")
    if product is None and not collection:
        return Cart("preview", total_minor)
    collections = (collection,) if collection else ()
    return Cart("preview", total_minor, (CartLine(product or "any", total_minor, 1, collections),))
