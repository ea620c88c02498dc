"""What comes of one delivery: read, then told to the ledger, fact by fact.

A refund or a cancellation is asked for by the order alone first: whose it is by now, the ledger
knows best. Only one of an order that is not known yet needs the customer that the shop names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.errors import Code, LoyaltyError
from gateway.ids import from_global_id, id_number
from gateway.inbound.adapters import ADAPTERS
from gateway.inbound.facts import (
    Delivery,
    Fact,
    Ignored,
    NotYet,
    OrderPaid,
    OrderRefunded,
    Unfit,
)
from gateway.ledger.commands import Outcome
from gateway.services import inbox
from gateway.services.buyers import find_buyer
from gateway.services.directory import Known
from gateway.services.inbox_items import InboxItem, InboxState
from gateway.services.merchants import MerchantView
from gateway.services.order_source_values import SourceView
from gateway.services.order_sources import find_source
from gateway.services.orders import (
    Completion,
    RefundFact,
    cancel_order,
    complete_order,
    refund_order,
)
from gateway.services.runtime import Runtime

GUEST: Final = "The shop names no customer, and nobody has this e-mail or phone."
GONE: Final = "Its source was deleted."
_WAIT: Final = frozenset({Code.ORDER_NOT_FOUND})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a delivery. `again`: it may work later."""

    state: InboxState
    note: str | None = None
    order_id: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells the ledger what a delivery says, as often as it is asked to."""

    runtime: Runtime

    async def judge(self, item: InboxItem) -> Verdict:
        """Carry a delivery out. Raises RequestError(OVERLOADED) where that has to wait."""
        source = await find_source(item.merchant_id, item.source_id)
        if source is None:
            return Verdict(InboxState.IGNORED, GONE)
        merchant = await self.runtime.directory.merchant(item.merchant_id)
        adapter, order_id = ADAPTERS[source.kind], None
        delivery = _delivery(item, merchant)
        try:
            order_id = adapter.order_id(delivery)
            if adapter.needs_earlier and order_id is not None:
                earlier = await inbox.told_of(item, order_id)
                delivery = _delivery(item, merchant, earlier)
            facts = adapter.read(delivery)
        except Unfit as unfit:
            return Verdict(InboxState.DEAD, str(unfit), order_id)
        except NotYet as missing:
            return Verdict(InboxState.DEAD, str(missing), order_id, again=True)
        if isinstance(facts, Ignored):
            return Verdict(InboxState.IGNORED, facts.reason, order_id)
        told = [await self._told(item, merchant, source, fact) for fact in facts]
        return _together(told, order_id)

    async def _told(
        self, item: InboxItem, merchant: MerchantView, source: SourceView, fact: Fact
    ) -> Verdict:
        """What came of one fact."""
        try:
            if isinstance(fact, OrderPaid):
                return await self._paid(merchant, source, fact)
            return await self._taken_back(item, merchant, source, fact)
        except LoyaltyError as refused:
            return Verdict(InboxState.DEAD, refused.detail or refused.refusal.code.value)

    async def _paid(self, merchant: MerchantView, source: SourceView, fact: OrderPaid) -> Verdict:
        who = await find_buyer(self.runtime, merchant, source, fact.buyer)
        if who is None:
            return Verdict(InboxState.IGNORED, GUEST)
        placed = fact.placed_at
        sale = Completion(
            order_id=source.order_prefix + fact.order_id,
            total_minor=fact.total_minor,
            paid_minor=fact.paid_minor,
            lines=fact.lines,
            placed_at=None if placed is None else min(placed, self.runtime.clock()),
            redemption_id=_redemption(fact.redemption),
            cart_id=fact.cart_id,
            lenient=True,
        )
        outcome = await complete_order(self.runtime, merchant.id, who, sale)
        refused = None if outcome.order is None else outcome.order.capture_refusal
        if outcome.refusal is None and refused is not None:
            return Verdict(InboxState.DONE, f"Its redemption was not captured: {refused}.")
        return _verdict(outcome)

    async def _taken_back(
        self, item: InboxItem, merchant: MerchantView, source: SourceView, fact: Fact
    ) -> Verdict:
        """A refund or a cancellation: of an order that is known, whoever's it is by now."""
        outcome = await self._take_back(merchant.id, source, fact, None)
        if outcome.refusal is None or outcome.refusal.code is not Code.ORDER_NOT_FOUND:
            return _verdict(outcome)
        if fact.buyer is not None:
            who = await find_buyer(self.runtime, merchant, source, fact.buyer)
            if who is None:
                return Verdict(InboxState.IGNORED, GUEST)
            return _verdict(await self._take_back(merchant.id, source, fact, who))
        if await inbox.passed_over(item, fact.order_id, GUEST):
            return Verdict(InboxState.IGNORED, GUEST)
        return _verdict(outcome)

    async def _take_back(
        self, merchant_id: int, source: SourceView, fact: Fact, who: Known | None
    ) -> Outcome:
        order_id = source.order_prefix + fact.order_id
        if isinstance(fact, OrderRefunded):
            refund = RefundFact(
                refund_id=fact.refund_id,
                amount_minor=fact.amount_minor,
                lines_minor=fact.lines_minor,
            )
            return await refund_order(self.runtime, merchant_id, order_id, refund, who)
        return await cancel_order(self.runtime, merchant_id, order_id, who)


def _delivery(item: InboxItem, merchant: MerchantView, earlier: tuple[str, ...] = ()) -> Delivery:
    return Delivery(
        topic=item.topic,
        body=item.body,
        currency=merchant.currency,
        headers=item.headers,
        earlier=earlier,
    )


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.refusal is None:
        return Verdict(InboxState.DONE)
    code = outcome.refusal.code
    return Verdict(InboxState.DEAD, code.value, again=code in _WAIT)


def _together(told: list[Verdict], order_id: str | None) -> Verdict:
    """What to say of several: what may still work first, then what cannot, then what did."""
    worst = min(told, key=_rank)
    return Verdict(worst.state, worst.note, order_id, worst.again)


def _rank(verdict: Verdict) -> int:
    if verdict.again:
        return 0
    by_state = {InboxState.DEAD: 1, InboxState.DONE: 3 if verdict.note is None else 2}
    return by_state.get(verdict.state, 4)


def _redemption(global_id: str | None) -> int | None:
    """The number of the redemption; None where the order carries no id of one."""
    parts = None if global_id is None else from_global_id(global_id, "Redemption")
    return id_number(parts[1]) if parts is not None and len(parts) == 2 else None  # noqa: PLR2004
