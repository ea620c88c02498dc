"""One run of the go-live test: the sandbox customer, the rules in force, and carts to try them on.

Everything goes through the services that the API calls, and so through the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from gateway.ledger.commands import EMPTY, Balance, Outcome, Redemption, Wallet
from gateway.money import to_decimal
from gateway.rules.facts import Cart
from gateway.rules.program import Program, Rule
from gateway.services import redemptions
from gateway.services.adjustments import Reason, adjust
from gateway.services.customers import CustomerRef
from gateway.services.launch_cases import Case, line_for
from gateway.services.launch_formula import Worth, plenty
from gateway.services.launch_outcomes import granted
from gateway.services.merchants import MerchantView
from gateway.services.previews import Preview, Wish, preview, read_customer
from gateway.services.redemptions import Keyed, RedemptionRef
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer
from gateway.services.sandbox_leases import become

REASON: Final = "go-live test"


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
                why=Reason(REASON, by=None),
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
