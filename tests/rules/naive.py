"""A second, slow reading of the redemption rules: try every number of points, keep what is allowed.

It shares no arithmetic with the evaluator. It walks through all counts of points and asks of each,
bound by bound, whether the words of the contract allow it. Only for small numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from gateway.rules.facts import Cart, Shopper
from gateway.rules.program import MinimumPayment, Rule

BOUNDS = {
    "POINTS_BALANCE": "INSUFFICIENT_POINTS",
    "REQUESTED_POINTS": "REQUEST_BELOW_STEP",
    "MAX_DISCOUNT": "MAX_DISCOUNT_REACHED",
    "MIN_PAYMENT": "MIN_PAYMENT_REQUIRED",
    "ELIGIBLE_ITEMS": "NO_ELIGIBLE_ITEMS",
    "MIN_CART_MULTIPLE": "MIN_CART_NOT_REACHED",
}
"""Each bound and the refusal that names it, in the order of the contract."""

STEPS_BEYOND = 60
"""Steps looked at beyond the balance; enough for a percentage of 2 % a step to reach one unit."""


@dataclass(frozen=True, slots=True)
class Question:
    rule: Rule
    payment: MinimumPayment
    cart: Cart
    shopper: Shopper
    now: int
    requested: int | None = None
    credits_minor: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    refused: str | None = None
    points: int = 0
    discount: int = 0
    minimum: int = 0
    maximum: int = 0
    limits: frozenset[str] = frozenset()


class Model:
    """Everything that can be said about one question by trying."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.rule = question.rule
        self.fixed = question.rule.kind.startswith("FIXED")
        self.percent = question.rule.kind.endswith("PERCENT")
        self.left = max(0, question.cart.total_minor - question.credits_minor)
        self.covered = min(self.left, self.worth_of_covered_lines())
        self.floor = self.least_payment()
        last = question.shopper.available + self.rule.minimum_points
        last += STEPS_BEYOND * self.rule.points
        self.candidates = [
            (points, discount)
            for points in range(last + 1)
            if (discount := self.discount_of(points)) is not None
        ]

    def worth_of_covered_lines(self) -> int:
        rule, cart = self.rule, self.question.cart
        if not rule.product_ids and not rule.collection_ids:
            return cart.total_minor
        worth = 0
        for line in cart.lines:
            names = {("product", line.product_id)}
            names |= {("collection", name) for name in line.collection_ids}
            wanted = {("product", name) for name in rule.product_ids}
            wanted |= {("collection", name) for name in rule.collection_ids}
            if names & wanted:
                worth += line.total_minor
        return worth

    def least_payment(self) -> int:
        payment, total = self.question.payment, self.question.cart.total_minor
        if payment.kind == "PERCENT":
            floor = 0
            while Fraction(floor) < Fraction(total * payment.value, 10_000):
                floor += 1
            return floor
        return payment.value if payment.kind == "FIXED" else 0

    def discount_of(self, points: int) -> int | None:
        """The discount of so many points if only whole steps mattered; None between steps."""
        rule = self.rule
        steps, between = divmod(points, rule.points)
        if between or (self.fixed and steps > 1):
            return None
        if not self.percent:
            return sum([rule.discount_minor] * steps)
        discount = int(Fraction(steps * rule.percent_bp, 10_000) * self.covered)
        if self.fixed and rule.maximum_discount_minor is not None:
            discount = min(discount, rule.maximum_discount_minor)
        return discount

    def broken(self, points: int, discount: int) -> list[str]:
        """Name the bounds that such a redemption would break, in the contract's order."""
        rule, question = self.rule, self.question
        found: list[str] = []
        if points > question.shopper.available:
            found.append("POINTS_BALANCE")
        if question.requested is not None and points > question.requested:
            found.append("REQUESTED_POINTS")
        if self.above_maximum(points, discount):
            found.append("MAX_DISCOUNT")
        if discount > 0 and self.left - discount < self.floor:
            found.append("MIN_PAYMENT")
        too_cheap = self.fixed and self.percent and points > 0 and self.uncut() < 1
        if discount > self.covered or too_cheap:
            found.append("ELIGIBLE_ITEMS")
        times = rule.cart_multiplier_bp
        if times is not None and self.left < Fraction(discount * times, 10_000):
            found.append("MIN_CART_MULTIPLE")
        return found

    def uncut(self) -> Fraction:
        return Fraction(self.covered * self.rule.percent_bp, 10_000)

    def above_maximum(self, points: int, discount: int) -> bool:
        rule = self.rule
        maximum, percent = rule.maximum_discount_minor, rule.maximum_percent_bp
        if maximum is not None and discount > maximum:
            return True
        if not self.percent or percent is None:
            return False
        return points // rule.points * rule.percent_bp > percent

    def worthwhile(self, points: int, discount: int) -> bool:
        return discount >= 1 and (self.fixed or points >= self.rule.minimum_points)

    def smallest(self) -> tuple[int, int]:
        """The smallest redemption that makes sense, whether or not it can be had here."""
        found = [pair for pair in self.candidates if self.worthwhile(*pair)]
        # A fixed percentage may come to nothing; then one minor unit is what would be missing.
        return min(found, default=(self.rule.points, 1))

    def points_wanted(self) -> int:
        """The balance below which there are too few points; more must be able to help."""
        points, _ = self.smallest()
        rule = self.rule
        if self.percent and self.above_maximum(points, 0):
            points = rule.points
            while not self.fixed and points < rule.minimum_points:
                points += rule.points
        return points


def gate(model: Model) -> str | None:
    """The first gate that refuses, by the words of the contract."""
    question, rule = model.question, model.rule
    if rule.starts_at is not None and question.now < rule.starts_at:
        return "RULE_INACTIVE"
    if rule.ends_at is not None and question.now >= rule.ends_at:
        return "RULE_INACTIVE"
    if rule.tiers and question.shopper.tier not in rule.tiers:
        return "CUSTOMER_NOT_ELIGIBLE"
    if rule.tags and not any(tag in rule.tags for tag in question.shopper.tags):
        return "CUSTOMER_NOT_ELIGIBLE"
    if model.covered == 0:
        return "NO_ELIGIBLE_ITEMS"
    return "MIN_CART_NOT_REACHED" if model.left < rule.minimum_cart_minor else None


def answer(question: Question) -> Answer:
    """Find the best allowed redemption by trying all, or say why there is none."""
    model = Model(question)
    refused = gate(model)
    if refused is not None:
        return Answer(refused)
    sensible = [pair for pair in model.candidates if model.worthwhile(*pair)]
    breaks = {pair: model.broken(*pair) for pair in sensible}
    ever = [pair for pair in sensible if breaks[pair] in ([], ["REQUESTED_POINTS"])]
    minimum = min((points for points, _ in ever), default=0)
    maximum = best(ever)[0]
    points, discount = best([pair for pair in sensible if not breaks[pair]])
    if discount:
        return Answer(None, points, discount, minimum, maximum, why_not_more(model, discount))
    hit = model.broken(*model.smallest())
    code = refusal(model, hit)
    return Answer(code, minimum=minimum, maximum=maximum, limits=with_step(model, hit))


def best(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """Largest discount, then fewest points."""
    return max(pairs, key=lambda pair: (pair[1], -pair[0]), default=(0, 0))


def refusal(model: Model, hit: list[str]) -> str:
    if model.question.shopper.available < model.points_wanted():
        return "INSUFFICIENT_POINTS"
    named = [bound for bound in hit if bound != "POINTS_BALANCE"]
    alone = {bound: allowed_by(model, bound) for bound in named}
    return BOUNDS[min(named, key=lambda bound: (alone[bound], list(BOUNDS).index(bound)))]


def allowed_by(model: Model, bound: str) -> int:
    """The largest discount if that bound were the only one."""
    return max(pair[1] for pair in model.candidates if bound not in model.broken(*pair))


def why_not_more(model: Model, discount: int) -> frozenset[str]:
    if model.fixed:
        cut = model.percent and int(model.uncut()) > discount
        return frozenset({"MAX_DISCOUNT"} if cut else ())
    larger = min(pair for pair in model.candidates if pair[1] > discount)
    return with_step(model, model.broken(*larger))


def with_step(model: Model, hit: list[str]) -> frozenset[str]:
    """Add STEP where the points at hand stood in the way and were no whole number of steps."""
    question = model.question
    at_hand = question.shopper.available
    if question.requested is not None:
        at_hand = min(at_hand, question.requested)
    cut = at_hand % model.rule.points != 0
    by_points = {"POINTS_BALANCE", "REQUESTED_POINTS"} & set(hit)
    return frozenset({*hit, "STEP"} if cut and by_points else hit)
