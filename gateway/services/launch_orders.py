"""Items about the order: completed with its discount, earning, and given back."""

from __future__ import annotations

from typing import Final

from gateway.ledger.commands import Outcome
from gateway.ledger.order_state import OrderState
from gateway.rules.earning import Sale
from gateway.rules.facts import Cart
from gateway.services.customers import CustomerRef
from gateway.services.earn_previews import earn_preview
from gateway.services.launch_notes import Notes, Verdict, skipped
from gateway.services.launch_outcomes import Unexpected, granted, held
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial
from gateway.services.order_building import Completion, RefundFact
from gateway.services.orders import complete_order, refund_order


async def completed(trial: Trial, notes: Notes) -> None:
    """Paid with points: captured, the right sum paid, and what the order earns."""
    case = trial.case
    if case is None or case.total_minor is None:
        raise Unexpected("no rule gives a discount")
    total = case.total_minor
    points = await trial.be_for(case.rule, total)
    cart = trial.cart(case.rule, total)
    reserved = held(await trial.apply(cart, case.rule))
    paid = total - reserved.discount_minor
    promised = await _promised(trial, cart, paid)
    sale = Completion(
        order_id=trial.name("order"),
        total_minor=total,
        lines=cart.lines,
        redemption_id=reserved.id,
    )
    trial.order_id = sale.order_id
    done = await complete_order(trial.runtime, trial.merchant.id, trial.who.known, sale)
    captured, order = held(done), _order(done)
    trial.redemption, trial.earned = captured, order.earned_points
    now = await trial.balance()
    said = f"order of {trial.money(total)}, {reserved.points} points"
    notes.compare(f"{said}: redemption", "CAPTURED", captured.status.value)
    notes.compare(f"{said}: points taken", reserved.points, captured.captured_points)
    notes.compare(f"{said}: paid", trial.money(paid), trial.money(order.paid_minor or 0))
    notes.compare(f"{said}: earned, as the earn preview said", promised, order.earned_points)
    notes.compare(
        f"{said}: points now",
        points - reserved.points + order.earned_points,
        now.available + now.pending,
    )
    again = await complete_order(trial.runtime, trial.merchant.id, trial.who.known, sale)
    notes.compare("told again", "replayed", "replayed" if again.replayed else "done again")


async def refunded(trial: Trial, notes: Notes) -> Verdict | None:
    """All of it comes back: the points used are given, the points earned are taken."""
    if trial.order_id is None or trial.redemption is None:
        return skipped("No order was completed, so none could be given back.")
    before = await trial.balance()
    had, used = before.available + before.pending, trial.redemption.captured_points
    for time in ("refunded", "told again"):
        done = await refund_order(
            trial.runtime, trial.merchant.id, trial.order_id, RefundFact(refund_id="launch-refund")
        )
        order, now = _order(done), await trial.balance()
        notes.compare(f"{time}: earned points taken", trial.earned, order.clawed_points)
        notes.compare(f"{time}: points now", had + used - trial.earned, now.available + now.pending)
        notes.compare(f"{time}: owed", 0, now.debt)
    return None


async def _promised(trial: Trial, cart: Cart, paid: int) -> int:
    sale = Sale(total_minor=cart.total_minor, paid_minor=paid, lines=cart.lines)
    ref = CustomerRef(external_id=trial.who.external_id)
    shown = await earn_preview(trial.runtime, trial.merchant.id, ref, sale, may_be_new=False)
    return shown.points


def _order(outcome: Outcome) -> OrderState:
    order = granted(outcome).order
    if order is None:
        raise Unexpected("no order came back")
    return order


def _step(name: str, title: str, run: Try) -> Step:
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.EARNING_RULES,
        advice="The order does not come to what it has to: do not go live, and tell whoever runs"
        " the gateway.",
        run=run,
    )


STEPS: Final = (
    _step("order-completed", "The order is completed with its discount, and earns", completed),
    _step("order-refunded", "A refund brings everything back", refunded),
)
