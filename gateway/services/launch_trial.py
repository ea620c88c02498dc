"""One run of the go-live test: the sandbox customer, the rules in force, and carts to try them on.

Everything goes through the services that the API calls, and so through the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gateway.currencies import CURRENCIES
from gateway.errors import LoyaltyError
from gateway.ledger.commands import EMPTY, Balance, Outcome, Redemption, Wallet
from gateway.money import to_decimal
from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import MinimumPayment, Program, Rule
from gateway.services import redemptions
from gateway.services.adjustments import Reason, adjust
from gateway.services.customers import CustomerRef
from gateway.services.launch_formula import Purse, Worth, plenty, worth
from gateway.services.merchants import MerchantView
from gateway.services.previews import Preview, Wish, preview, read_customer
from gateway.services.redemptions import Keyed, RedemptionRef
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer, become

REASON: Final = "go-live test"
MOST_RULES: Final = 20
"""How many rules are tried, the first by priority; the test has to end while somebody waits."""
USUAL: Final = 500
"""A cart, in whole units of the currency, to begin with."""
LARGEST: Final = 1_000_000_000
"""A cart, in whole units, beyond which a rule counts as out of reach."""


class Unexpected(Exception):  # noqa: N818 - what came is the point, not an error of this program
    """A step cannot go on: something was refused that had to work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A rule in force, the minimum payment under it, and a cart's total that shows what it does.

    `total_minor` None: no cart that anybody fills gets a discount by it.
    """

    rule: Rule
    minimum: MinimumPayment
    total_minor: int | None


@dataclass(slots=True, kw_only=True, eq=False)
class Trial:
    """What the steps share. `order_id` and `redemption` are of the order that was completed."""

    runtime: Runtime
    merchant: MerchantView
    program: Program
    who: SandboxCustomer
    run: int
    cases: tuple[Case, ...]
    live: tuple[Rule, ...]
    """All rules in force; the cases are of the first ones."""
    order_id: str | None = None
    redemption: Redemption | None = None
    earned: int = 0
    _made: int = field(default=0)

    @property
    def case(self) -> Case | None:
        """The first rule that gives something: the one on which the flow is tried."""
        return next((case for case in self.cases if case.total_minor is not None), None)

    def money(self, minor: int) -> str:
        """An amount as it is shown in evidence."""
        return f"{to_decimal(minor, self.program.currency)} {self.program.currency}"

    def said(self, gives: Worth, total_minor: int) -> str:
        """Points, discount and what is left to pay, as they are shown in evidence."""
        left = self.money(total_minor - gives.discount_minor)
        return f"{gives.points} points, {self.money(gives.discount_minor)} off, {left} to pay"

    def name(self, what: str) -> str:
        """An id that no other run has: of a cart, an order, or a key."""
        self._made += 1
        return f"launch-{self.run}-{what}-{self._made}"

    def cart(self, rule: Rule, total_minor: int) -> Cart:
        """A cart of that total, all of which the rule covers."""
        return Cart(self.name("cart"), total_minor, (line_for(rule, total_minor),))

    def keyed(self) -> Keyed:
        """A key of this run's own."""
        return Keyed("launch", self.name("key"))

    async def balance(self) -> Balance:
        """What the customer has now, as a checkout reads it."""
        ref = CustomerRef(external_id=self.who.external_id)
        found = await read_customer(self.runtime, self.merchant.id, ref)
        return EMPTY if found is None else found.coins

    async def have(self, points: int) -> None:
        """Give or take what brings the customer to exactly so many spendable points."""
        delta = points - (await self.balance()).available
        if delta:
            done = await adjust(
                self.runtime,
                self.merchant.id,
                self.who.known,
                wallet=Wallet.COINS,
                delta=delta,
                why=Reason(REASON),
                keyed=self.keyed(),
            )
            granted(done)

    async def be_for(self, rule: Rule, total_minor: int) -> int:
        """Be a customer that the rule is for, with more points than it can use; how many."""
        await become(self.who, min(rule.tiers, default=None), frozenset(sorted(rule.tags)[:1]))
        points = plenty(rule, total_minor)
        await self.have(points)
        return points

    async def see(self, cart: Cart, rule: Rule | None = None, points: int | None = None) -> Preview:
        """A preview, by the merchant's own id of the customer."""
        wish = Wish(cart=cart, points=points, rule_id=rule and rule.id)
        ref = CustomerRef(external_id=self.who.external_id)
        return await preview(self.runtime, self.merchant.id, ref, wish)

    async def apply(
        self,
        cart: Cart,
        rule: Rule,
        points: int | None = None,
        *,
        keyed: Keyed | None = None,
        quote: str | None = None,
    ) -> Outcome:
        """Reserve points for the cart."""
        return await redemptions.apply(
            self.runtime,
            self.merchant.id,
            self.who.known,
            Wish(cart=cart, points=points, rule_id=rule.id),
            keyed or self.keyed(),
            quote=quote,
        )

    async def release(self, redemption: Redemption) -> Outcome:
        """Give them back."""
        which = RedemptionRef(self.merchant.id, self.who.id, redemption.id)
        return await redemptions.release(self.runtime, which, None)


def line_for(rule: Rule, total_minor: int) -> CartLine:
    """One line with all of a cart in it, of goods that the rule is for."""
    product = min(rule.product_ids, default="launch-test-product")
    return CartLine(product, total_minor, 1, tuple(sorted(rule.collection_ids)[:1]))


def granted(outcome: Outcome) -> Outcome:
    """The outcome. Raises Unexpected where it is a refusal."""
    if outcome.refusal is not None:
        raise Unexpected(outcome.refusal.code.value)
    return outcome


def held(outcome: Outcome) -> Redemption:
    """The redemption of an outcome. Raises Unexpected where there is none."""
    if granted(outcome).redemption is None:
        raise Unexpected("no redemption came back")
    assert outcome.redemption is not None  # noqa: S101 - just looked at
    return outcome.redemption


def gives(shown: Preview) -> Worth:
    """What a preview offers."""
    if shown.plan is None:
        return Worth()
    return Worth(shown.plan.points, shown.plan.discount_minor)


def refused(outcome: Outcome | LoyaltyError) -> str:
    """The code of a refusal, or that there was none."""
    refusal = outcome.refusal
    return "accepted" if refusal is None else refusal.code.value


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
