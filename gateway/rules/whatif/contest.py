"""Two programs on one cart: the one in force, and the one with the draft in it. Pure.

What both have in common is evaluated once. The evaluator is that of the checkout.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from gateway.errors import Code
from gateway.rules.evaluator import evaluate
from gateway.rules.facts import Cart, Shopper
from gateway.rules.offer import Offer
from gateway.rules.program import MinimumPayment, Program, Rule
from gateway.rules.ranking import rank

NOW: Final = 0
DRAFT: Final = 1
SIDES: Final = (NOW, DRAFT)
Bound = tuple[Rule, MinimumPayment]
"""A rule, and the minimum payment that holds for it."""


class Answer(NamedTuple):
    """What a program gives on a cart with some balance; nothing: why."""

    points: int
    discount_minor: int
    rule_id: int | None
    refusal: Code | None


OFF: Final = Answer(0, 0, None, Code.INTEGRATION_DISABLED)
NO_RULE: Final = Answer(0, 0, None, Code.NO_RULE_CONFIGURED)


@dataclass(frozen=True, slots=True)
class Contest:
    """What differs between the programs, and what does not."""

    shared: tuple[Bound, ...]
    own: tuple[tuple[Bound, ...], tuple[Bound, ...]]
    """The rule in force that the draft would take the place of, if any; and the draft."""
    enabled: bool
    """Whether the checkout is switched on now; under the draft it always is."""
    draft_id: int

    @property
    def names_goods(self) -> bool:
        """Whether any rule looks at the lines of a cart."""
        rules = (*self.shared, *self.own[NOW], *self.own[DRAFT])
        return any(rule.product_ids or rule.collection_ids for rule, _ in rules)


def contest(program: Program, draft: Rule) -> Contest:
    """The program against itself with the draft, by the draft's id in the place of a rule.

    The dates of both forms of that rule are left out: it is tried as if it had always been live.
    """

    def bound(rule: Rule) -> Bound:
        own = rule.minimum_payment
        return rule, program.minimum_payment if own is None else own

    there = program.rule(draft.id)
    return Contest(
        tuple(bound(rule) for rule in program.rules if rule.id != draft.id),
        (
            () if there is None else (bound(_always(there)),),
            (bound(_always(draft)),),
        ),
        program.enabled,
        draft.id,
    )


def _always(rule: Rule) -> Rule:
    return replace(rule, starts_at=None, ends_at=None)


class Tried:
    """One cart under both programs, at any balance; what is worked out once is kept."""

    __slots__ = ("_cart", "_contest", "_known", "_now", "_shared", "_who")

    def __init__(self, of: Contest, cart: Cart, who: Shopper, now: int) -> None:
        """`now`: when the cart was looked at, for rules that start or end."""
        self._contest, self._cart, self._who, self._now = of, cart, who, now
        self._known: tuple[list[tuple[int, Answer]], list[tuple[int, Answer]]] = ([], [])
        self._shared: dict[int, list[Offer]] = {}

    def answer(self, side: int, balance: int) -> Answer:
        """What the program of that side gives to somebody with so many points.

        With fewer points, but as many as were used, the answer stays the same.
        """
        known = self._known[side]
        for most, answer in known:
            if answer.points <= balance <= most:
                return answer
        answer = self._worked_out(side, balance)
        known.append((balance, answer))
        return answer

    def _worked_out(self, side: int, balance: int) -> Answer:
        if side == NOW and not self._contest.enabled:
            return OFF
        who = self._who
        if who.available != balance:
            who = Shopper(balance, who.tier, who.tags)
        offers = self._shared.get(balance)
        if offers is None:
            offers = self._shared[balance] = self._offers(self._contest.shared, who)
        offers = offers + self._offers(self._contest.own[side], who)
        if not offers:
            return NO_RULE
        found = rank(offers)
        if found.best is None:
            return Answer(0, 0, None, found.refusals[0].code)
        best = found.best
        return Answer(best.points, best.discount_minor, best.rule.id, None)

    def _offers(self, rules: tuple[Bound, ...], who: Shopper) -> list[Offer]:
        cart, now = self._cart, self._now
        return [evaluate(rule, least, cart, who, now=now) for rule, least in rules]
