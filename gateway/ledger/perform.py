"""Perform and revert: an order known by its reference alone, with no hold in between.

Both are safe to repeat without a key: the order itself tells, under the lock, what was done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypedDict

from gateway.errors import Code, Refusal
from gateway.ledger.apply import reserve
from gateway.ledger.capture import release, spend
from gateway.ledger.commands import (
    Apply,
    Capture,
    IdempotencyKey,
    Perform,
    Redemption,
    Refund,
    Release,
    Revert,
    Status,
)
from gateway.ledger.holding import Done
from gateway.ledger.movements import Desk
from gateway.ledger.refund import refund
from gateway.ledger.state import Holder, Refused
from gateway.ledger.terms import allowed_capture

REPEAT: Final = 60 * 1_000_000
"""Microseconds in which the same cart, without an order, is taken for a retry. Long enough for a
client that times out and asks again; short, since two purchases of one price in it count once."""


class _Common(TypedDict):
    merchant_id: int
    customer_id: int
    key: IdempotencyKey | None


def perform(desk: Desk, holder: Holder, command: Perform) -> Done:
    """Apply and capture in one step, or answer what the order has already."""
    done = _done(desk, holder, command)
    if done is not None:
        _require_allowed(desk, command, done)
        return Done(done, accepted=False, repeated=True)
    apply = Apply(
        merchant_id=command.merchant_id,
        customer_id=command.customer_id,
        redemption_id=command.redemption_id,
        cart=command.cart,
        requested=command.requested,
        wallets=command.wallets,
        rule_id=command.rule_id,
    )
    held = reserve(desk, holder, apply)
    # The order is the cart: what the rules give on the one, they allow on the other.
    captured = replace(
        held,
        status=Status.CAPTURED,
        captured_points=held.points,
        captured_credits_minor=held.credits_minor,
        captured_discount_minor=held.discount_minor,
        order_id=command.order_id or f"{command.cart.id}:{held.id}",
        order_total_minor=command.cart.total_minor,
        closed_at=desk.now,
    )
    return Done(spend(desk, holder, captured, command))


def _done(desk: Desk, holder: Holder, command: Perform) -> Redemption | None:
    """The standing redemption of this very order; without an order, of this cart a moment ago."""
    standing = [r for r in holder.redemptions.values() if r.standing]
    if command.order_id is not None:
        return next((r for r in standing if r.order_id == command.order_id), None)
    again = [r for r in standing if r.cart_id == command.cart.id and _closed(r) > desk.now - REPEAT]
    return max(again, key=_latest, default=None)


def _require_allowed(desk: Desk, command: Perform, done: Redemption) -> None:
    """Refuse an order that has shrunk below what its redemption needs; raises Refused."""
    order = Capture(
        merchant_id=command.merchant_id,
        customer_id=command.customer_id,
        redemption_id=done.id,
        order_id=command.cart.id,
        order_total_minor=command.cart.total_minor,
        points=done.captured_points,
    )
    program = desk.state.programs[done.merchant_id, done.program_version]
    allowed_capture(program, done, order)


def revert(desk: Desk, holder: Holder, command: Revert) -> Done:
    """Refund what the order captured, or release what is held for it."""
    order = command.order_id
    paid = [r for r in holder.redemptions.values() if r.status is Status.CAPTURED]
    if order is not None:
        paid = [r for r in paid if r.order_id == order]
    last = max(paid, key=_latest, default=None)
    if order is not None:
        last = next((r for r in paid if r.standing), last)
    if last is not None and last.standing:
        return refund(desk, holder, Refund(redemption_id=last.id, **_who(command)))
    held = holder.held_for(order) if order is not None else None
    if held is not None:
        return release(desk, holder, Release(redemption_id=held.id, **_who(command)))
    if last is None:
        raise Refused(Refusal(Code.REDEMPTION_NOT_FOUND, field=("order", "id")))
    return Done(last, accepted=False, repeated=True)


def _who(command: Revert) -> _Common:
    """Whose command it is; under its key the refund or the release is announced."""
    return {
        "merchant_id": command.merchant_id,
        "customer_id": command.customer_id,
        "key": command.key,
    }


def _latest(redemption: Redemption) -> tuple[int, int]:
    return _closed(redemption), redemption.id


def _closed(redemption: Redemption) -> int:
    assert redemption.closed_at is not None, "what is captured is closed"
    return redemption.closed_at
