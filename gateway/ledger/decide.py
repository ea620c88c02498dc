"""The one pure function behind every movement of points.

`decide(state, commands, now)` takes the commands in their order of arrival, each against the state
that the earlier ones left, and answers what each came to and which rows changed. Same input, same
answer: no clock, no randomness, no I/O. The stores call it between loading and writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from gateway.errors import Code, Refusal
from gateway.ledger.apply import apply
from gateway.ledger.capture import capture, release
from gateway.ledger.changes import Changes
from gateway.ledger.commands import (
    Apply,
    Capture,
    Command,
    Grant,
    Outcome,
    Perform,
    Refund,
    Release,
    Revert,
    Settle,
    Wallet,
    Withdraw,
)
from gateway.ledger.earning import award
from gateway.ledger.erasing import erase
from gateway.ledger.grants import grant, withdraw
from gateway.ledger.heirs import elsewhere, with_heir
from gateway.ledger.holding import Done
from gateway.ledger.journal_rows import Record
from gateway.ledger.merging import merge
from gateway.ledger.movements import Desk
from gateway.ledger.order_commands import (
    Award,
    CancelOrder,
    CaptureLate,
    CompleteOrder,
    RefundOrder,
    ReviewTier,
)
from gateway.ledger.orders import cancel, capture_late, complete, refund_order
from gateway.ledger.people_commands import Erase, Merge
from gateway.ledger.perform import perform, revert
from gateway.ledger.refund import refund
from gateway.ledger.settle import refresh, settle
from gateway.ledger.state import Holder, Refused, State
from gateway.ledger.terms import LINES_DEMANDED, lacks_lines
from gateway.ledger.tiers import review


def decide(state: State, commands: Sequence[Command], now: int) -> tuple[list[Outcome], Changes]:
    """Decide the commands in order. `state` is changed in place and belongs to this call."""
    desk = Desk(state, now)
    outcomes = [_answer(desk, command) for command in commands]
    return outcomes, desk.changes


def _answer(desk: Desk, command: Command) -> Outcome:
    """The first outcome of the command: the stored one, or a new one that is then stored."""
    key = command.key
    if key is not None:
        record = desk.state.records.get((command.merchant_id, key.caller, key.key))
        if record is not None:
            return _replay(record, key.request_hash)
    holder = desk.state.holders[command.merchant_id, command.customer_id]
    if not (holder.known or (holder.erased and isinstance(command, Erase))):
        return Outcome(refusal=_nobody(command))
    if lacks_lines(desk.state.program(command.merchant_id), command):
        # Malformed, so not remembered: the same key may come again with lines.
        return Outcome(refusal=LINES_DEMANDED)
    try:
        other = elsewhere(desk, holder, command)
    except Refused as refused:
        return Outcome(refusal=refused.refusal)
    if other is not None:
        return Outcome(elsewhere=other)
    settle(desk, holder)
    refusal, before = None, len(desk.changes.entries)
    try:
        done = with_heir(desk, holder, command, _carry_out)
    except Refused as refused:
        done, refusal = Done(accepted=False), refused.refusal
    # What has no key of its own is not accepted under one, and may move points all the same.
    if done.accepted or len(desk.changes.entries) > before:
        refresh(desk, holder)
    # Of whom it is about; of the heir where that one was merged, since the points are there.
    heir_id = command.heir_id
    whose = holder if heir_id is None else desk.state.holders[command.merchant_id, heir_id]
    outcome = Outcome(
        refusal=refusal,
        redemption=done.redemption,
        order=done.order,
        coins=whose.account(Wallet.COINS).balance(),
        credits=whose.balance(Wallet.CREDITS),
        replayed=done.repeated,
    )
    if key is not None:
        _remember(desk, command, done.accepted, outcome)
    return outcome


def _nobody(command: Command) -> Refusal:
    """The refusal where the customer is not there, in the words for one who is but has nothing."""
    if isinstance(command, Revert):
        return Refusal(Code.REDEMPTION_NOT_FOUND, field=("order", "id"))
    if isinstance(command, Capture | Release | Refund):
        return Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",))
    return Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",))


def _replay(record: Record, request_hash: str) -> Outcome:
    """The stored outcome, or the refusal of a key that was used for something else."""
    if record.request_hash != request_hash:
        refusal = Refusal(Code.IDEMPOTENCY_KEY_REUSED, field=("idempotencyKey",))
        return Outcome(refusal=refusal)
    first = record.outcome
    return Outcome(
        refusal=first.refusal,
        redemption=first.redemption,
        order=first.order,
        coins=first.coins,
        credits=first.credits,
        replayed=True,
    )


def _carry_out(desk: Desk, holder: Holder, command: Command) -> Done:
    """Carry the command out. Raises Refused with nothing changed."""
    work = _WORK.get(type(command))
    if work is None:
        raise TypeError(f"unknown command {type(command).__name__}")
    done = work(desk, holder, command)
    # An order that moves no points is told of by its state alone.
    if done.accepted or (done.order is not None and not done.repeated):
        desk.take_down(command.note)
    return done


def _nothing(desk: Desk, holder: Holder, command: Command) -> Done:
    """Settling has done it."""
    return Done(accepted=False)


def _review(desk: Desk, holder: Holder, command: Command) -> Done:
    # Where the program has no tiers any more, nothing but this ends the looking.
    desk.changes.tiers[holder.merchant_id, holder.customer_id] = None
    review(desk, holder)
    return Done(accepted=False)


_WORK: Final[Mapping[type[Command], Callable[[Desk, Holder, Any], Done]]] = {
    Apply: apply,
    Capture: capture,
    Release: release,
    Refund: refund,
    Perform: perform,
    Revert: revert,
    CompleteOrder: complete,
    CaptureLate: capture_late,
    CancelOrder: cancel,
    RefundOrder: refund_order,
    Award: award,
    Grant: grant,
    Withdraw: withdraw,
    Merge: merge,
    Erase: erase,
    ReviewTier: _review,
    Settle: _nothing,
}


def _remember(desk: Desk, command: Command, accepted: bool, outcome: Outcome) -> None:
    """Store the outcome under the command's key, in the same transaction as its movements."""
    key = command.key
    assert key is not None
    record = Record(
        command.merchant_id,
        key.caller,
        key.key,
        key.request_hash,
        accepted,
        desk.told.get(key, command.customer_id),
        outcome,
        desk.now,
    )
    desk.state.records[command.merchant_id, key.caller, key.key] = record
    desk.changes.records.append(record)
