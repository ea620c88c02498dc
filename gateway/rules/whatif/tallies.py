"""What is counted while carts are replayed, and what it comes to. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

from gateway.errors import Code
from gateway.rules.whatif.contest import Answer


@dataclass(slots=True)
class Tally:
    """Redemptions on orders."""

    redemptions: int = 0
    discount_minor: int = 0
    zero_orders: int = 0

    def add(self, answer: Answer, total_minor: int) -> None:
        """Count what was given on an order of that total."""
        if answer.discount_minor:
            self.redemptions += 1
            self.discount_minor += answer.discount_minor
            self.zero_orders += answer.discount_minor >= total_minor


@dataclass(frozen=True, slots=True)
class Span:
    """A figure as expected, and between what it lies."""

    expected: int
    least: int
    most: int


@dataclass(slots=True)
class Spent:
    """What a program would have cost."""

    least: Tally = field(default_factory=Tally)
    """Where those redeem who did."""
    most: Tally = field(default_factory=Tally)
    """Where everybody redeems who can."""
    newly: Tally = field(default_factory=Tally)
    """Of these, the orders on which nobody could redeem when they were placed."""

    def redemptions(self, rate: Fraction) -> Span:
        """How many orders would be redeemed on."""
        return _span(self.least.redemptions, self.newly.redemptions, self.most.redemptions, rate)

    def discount(self, rate: Fraction) -> Span:
        """In minor units."""
        return _span(
            self.least.discount_minor, self.newly.discount_minor, self.most.discount_minor, rate
        )

    def zero_orders(self, rate: Fraction) -> Span:
        """How many orders would be paid with points alone."""
        return _span(self.least.zero_orders, self.newly.zero_orders, self.most.zero_orders, rate)


def _span(least: int, newly: int, most: int, rate: Fraction) -> Span:
    """The expected lies between the others, also where balances ran together in another way."""
    low, high = min(least, most), max(least, most)
    return Span(max(low, min(high, least + rounded(rate * newly))), low, high)


def rounded(value: Fraction) -> int:
    """The nearest whole number, halves up."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@dataclass(slots=True)
class Side:
    """All that is counted of one program."""

    able: int = 0
    used: int = 0
    """Carts on which the draft, or the rule that it would replace, is the best."""
    spent: Spent = field(default_factory=Spent)
    refusals: Counter[Code] = field(default_factory=Counter[Code])

    def look(self, answer: Answer, draft_id: int) -> None:
        """Count what a cart got, or why it got nothing."""
        if answer.refusal is not None:
            self.refusals[answer.refusal] += 1
            return
        self.able += 1
        self.used += answer.rule_id == draft_id


@dataclass(slots=True)
class Tier:
    """The customers of one tier."""

    customers: int = 0
    orders: int = 0
    sides: tuple[Spent, Spent] = field(default_factory=lambda: (Spent(), Spent()))
