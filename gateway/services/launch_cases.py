"""The rules in force, and for each a cart that shows what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gateway.currencies import CURRENCIES
from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import MinimumPayment, Program, Rule
from gateway.services.launch_formula import Purse, plenty, worth

MOST_RULES: Final = 20
"""How many rules are tried, the first by priority; the test has to end while somebody waits."""
USUAL: Final = 500
"""A cart, in whole units of the currency, to begin with."""
LARGEST: Final = 1_000_000_000
"""A cart, in whole units, beyond which a rule counts as out of reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A rule in force, the minimum payment under it, and a cart's total that shows what it does.

    `total_minor` None: no cart that anybody fills gets a discount by it.
    """

    rule: Rule
    minimum: MinimumPayment
    total_minor: int | None


def line_for(rule: Rule, total_minor: int) -> CartLine:
    """One line with all of a cart in it, of goods that the rule is for."""
    product = min(rule.product_ids, default="launch-test-product")
    return CartLine(product, total_minor, 1, tuple(sorted(rule.collection_ids)[:1]))


def rules_in_force(program: Program, now: int) -> tuple[Rule, ...]:
    """In the order in which they are tried: what is for every customer comes first."""
    live = [
        rule
        for rule in program.rules
        if (rule.starts_at is None or rule.starts_at <= now)
        and (rule.ends_at is None or now < rule.ends_at)
    ]
    return tuple(sorted(live, key=_turn))


def cases_of(program: Program, live: Sequence[Rule]) -> tuple[Case, ...]:
    """The first of these rules, each with a cart that shows what it does."""
    unit = 10 ** CURRENCIES[program.currency].exponent
    return tuple(_case(program, rule, unit) for rule in live[:MOST_RULES])


def minimum_of(program: Program, rule: Rule) -> MinimumPayment:
    """The minimum payment that holds under the rule: its own, else the program's."""
    return program.minimum_payment if rule.minimum_payment is None else rule.minimum_payment


def _turn(rule: Rule) -> tuple[bool, int, int]:
    return bool(rule.tiers or rule.tags), rule.priority, rule.created_at


def _case(program: Program, rule: Rule, unit: int) -> Case:
    minimum = minimum_of(program, rule)
    free = replace(rule, maximum_discount_minor=None)
    total = max(USUAL * unit, rule.minimum_cart_minor)
    while total <= LARGEST * unit:
        gets, freely = (_at(each, minimum, total) for each in (rule, free))
        most = rule.maximum_discount_minor
        # Where there is a maximum, a cart on which it is what keeps the discount small.
        if gets and (most is None or freely >= most or total > LARGEST * unit // 2):
            return Case(rule=rule, minimum=minimum, total_minor=total)
        total *= 2
    return Case(rule=rule, minimum=minimum, total_minor=None)


def _at(rule: Rule, minimum: MinimumPayment, total: int) -> int:
    cart = Cart("", total, (line_for(rule, total),))
    return worth(rule, minimum, cart, Purse(plenty(rule, total))).discount_minor
