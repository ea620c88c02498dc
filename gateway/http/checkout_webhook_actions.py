"""What the three actions do: the same use cases as preview, apply, capture, release and refund."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code, Refusal
from gateway.http.checkout_webhook_body import Body
from gateway.http.checkout_webhook_shapes import Data, Shapes
from gateway.ledger.commands import Outcome
from gateway.services import performing, previews
from gateway.services.directory import Known
from gateway.services.merchants import MerchantView
from gateway.services.runtime import Runtime

Told = tuple[int, Data]
"""The status of the answer and its data."""

OK, REFUSED = 200, 422
NOBODY = Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",))


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a merchant. Malformed fields raise RequestError or LoyaltyError."""

    runtime: Runtime
    merchant: MerchantView
    body: Body
    shapes: Shapes

    async def carry_out(self) -> Told:
        """Do what is asked for."""
        action = self.body.action()
        if action == "list":
            return await self._list()
        return await (self._perform() if action == "perform" else self._revert())

    async def _list(self) -> Told:
        sale = self.body.sale(self.merchant.currency)
        who = self.body.customer(self.merchant.region)
        result = await previews.preview(self.runtime, self.merchant.id, who, sale.wish())
        snapshot, plan = result.snapshot, result.plan
        if snapshot is None or plan is None:
            return REFUSED, self.shapes.refusal(result.refusals[0])
        offers = self.shapes.offers(snapshot, plan, sale.wallets)
        if not plan.eligible:
            return REFUSED, {**self.shapes.refusal(result.refusals[0]), **offers}
        return OK, offers

    async def _perform(self) -> Told:
        sale = self.body.sale(self.merchant.currency)
        who = await self._known()
        if who is None:
            return REFUSED, self.shapes.refusal(NOBODY)
        outcome = await performing.perform(self.runtime, self.merchant.id, who, sale)
        return self._told(outcome, who)

    async def _revert(self) -> Told:
        order_id = self.body.order_id()
        who = await self._known()
        if who is None:
            return REFUSED, self.shapes.refusal(NOBODY)
        outcome = await performing.revert(self.runtime, self.merchant.id, who, order_id)
        return self._told(outcome, who)

    async def _known(self) -> Known | None:
        ref = self.body.customer(self.merchant.region)
        return await self.runtime.directory.customer(self.merchant.id, ref)

    def _told(self, outcome: Outcome, who: Known) -> Told:
        if outcome.refusal is not None:
            return REFUSED, self.shapes.refusal(outcome.refusal)
        return OK, self.shapes.transaction(outcome, who.external_id)
