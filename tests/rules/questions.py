"""Random small questions on which the evaluator and the naive reading must agree."""

from __future__ import annotations

from random import Random

from gateway.rules.facts import Cart, CartLine, Shopper
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, Rule, RuleKind
from tests.rules.naive import Question

KINDS = tuple(RuleKind)
NAMES = ("a", "b", "c")


def question(random: Random) -> Question:
    """Draw a question; each bound is there often enough to be the one that matters."""
    rule = _rule(random)
    cart = _cart(random)
    tags = frozenset(random.sample(NAMES, random.randint(0, 2)))
    shopper = Shopper(_balance(random), random.choice((None, *NAMES)), tags)
    requested = random.randint(0, 50) if random.random() < 0.4 else None
    credits_minor = random.randint(0, 60) if random.random() < 0.25 else 0
    return Question(rule, _payment(random), cart, shopper, 10, requested, credits_minor)


def _balance(random: Random) -> int:
    return random.randint(0, 12) if random.random() < 0.3 else random.randint(0, 90)


def _rule(random: Random) -> Rule:
    kind = random.choice(KINDS)
    maximum = random.randint(0, 40) if random.random() < 0.3 else None
    by_percent = random.randint(100, 9_000) if random.random() < 0.3 else None
    times = random.randint(10_000, 60_000) if random.random() < 0.3 else None
    gated = random.random() < 0.1
    covers = random.random() < 0.35
    return Rule(
        id=1,
        version=1,
        name="random",
        kind=kind,
        points=random.randint(1, 8),
        discount_minor=random.randint(1, 25),
        percent_bp=random.choice((200, 333, 500, 1_000, random.randint(200, 10_000))),
        minimum_points=random.randint(0, 30) if random.random() < 0.3 else 0,
        maximum_discount_minor=maximum,
        maximum_percent_bp=by_percent,
        minimum_cart_minor=random.randint(0, 80) if random.random() < 0.2 else 0,
        cart_multiplier_bp=times,
        product_ids=_some(random) if covers else frozenset(),
        collection_ids=_some(random) if covers and random.random() < 0.5 else frozenset(),
        tiers=_some(random) if gated else frozenset(),
        tags=_some(random) if gated else frozenset(),
        starts_at=random.randint(8, 11) if gated else None,
        ends_at=random.randint(10, 20) if gated else None,
    )


def _some(random: Random) -> frozenset[str]:
    return frozenset(random.sample(NAMES, random.randint(0, 2)))


def _payment(random: Random) -> MinimumPayment:
    kind = random.choice(tuple(MinimumPaymentKind))
    if kind is MinimumPaymentKind.FIXED:
        return MinimumPayment(kind, random.randint(0, 80))
    return MinimumPayment(kind, random.choice((2_000, random.randint(1, 10_000))))


def _cart(random: Random) -> Cart:
    lines = tuple(
        CartLine(
            random.choice(NAMES),
            random.randint(0, 60),
            collection_ids=tuple(random.choices(NAMES, k=random.randint(0, 2))),
        )
        for _ in range(random.randint(0, 3))
    )
    total = sum(line.total_minor for line in lines)
    if not lines or random.random() < 0.2:
        total += random.randint(0, 150)
    return Cart("cart", total, lines)
