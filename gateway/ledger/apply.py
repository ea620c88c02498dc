"""Apply: reserve points for a cart. Checks everything first, then moves."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Apply, Redemption, Status, Wallet
from gateway.ledger.holding import Done, hold
from gateway.ledger.movements import Desk
from gateway.ledger.settle import end_hold, expire
from gateway.ledger.state import Holder, Refused
from gateway.rules.evaluator import eligible_minor
from gateway.rules.facts import Shopper
from gateway.rules.plan import Ask, Plan, plan
from gateway.rules.program import Program

MICROSECONDS = 1_000_000

MOST_HOLDS: Final = 20
"""Redemptions that one customer may hold at once. Every command loads all of them, so a browser
that piles up carts would slow its customer's checkout down; people have a cart or two."""


def apply(desk: Desk, holder: Holder, command: Apply) -> Done:
    """Reserve points for the cart; an earlier hold for the same cart is replaced."""
    others = [r for r in holder.held_redemptions() if r.cart_id != command.cart.id]
    if len(others) >= MOST_HOLDS:
        raise Refused(Refusal(Code.TOO_MANY_HOLDS))
    held = reserve(desk, holder, command)
    desk.announce(holder, "redemption.held", held, command)
    return Done(held)


def reserve(desk: Desk, holder: Holder, command: Apply) -> Redemption:
    """The held redemption of an apply that is allowed; raises Refused. Announces none but its end.

    What it replaces is announced: that is not what was asked for, and may be another command's.
    """
    if command.redemption_id in holder.redemptions:
        raise AssertionError("a redemption's id is new")
    program = desk.state.program(holder.merchant_id)
    earlier = holder.held_for(command.cart.id)
    chosen = _plan(desk, holder, command, program, earlier)
    if earlier is not None:
        end_hold(desk, holder, earlier, Status.RELEASED, "RELEASE", "SUPERSEDED")
        expire(desk, holder)
        desk.announce(holder, "redemption.released", holder.redemptions[earlier.id])
    rule = chosen.offer.rule if chosen.offer else None
    redemption = Redemption(
        merchant_id=holder.merchant_id,
        customer_id=holder.customer_id,
        id=command.redemption_id,
        cart_id=command.cart.id,
        status=Status.HELD,
        points=chosen.points,
        credits_minor=chosen.credits_minor,
        discount_minor=chosen.discount_minor,
        total_minor=command.cart.total_minor,
        eligible_minor=eligible_minor(rule, command.cart) if rule else command.cart.total_minor,
        rule_id=rule.id if rule else None,
        rule_version=rule.version if rule else None,
        program_version=program.version,
        created_at=desk.now,
        expires_at=desk.now + (command.hold_seconds or program.hold_seconds) * MICROSECONDS,
    )
    hold(desk, holder, redemption, redemption.points, redemption.credits_minor)
    desk.put_redemption(holder, redemption)
    return redemption


def _plan(
    desk: Desk, holder: Holder, command: Apply, program: Program, earlier: Redemption | None
) -> Plan:
    """What the apply comes to; raises Refused unless it is exactly what was asked for."""
    quoted = command.quoted
    if quoted is not None and quoted.expires_at <= desk.now:
        raise Refused(Refusal(Code.QUOTE_EXPIRED, field=("quote",)))
    requested = quoted.points if quoted and command.wallets.coins else command.requested
    coins = holder.available(Wallet.COINS) + holder.releasable(earlier, Wallet.COINS, desk.now)
    credit = holder.available(Wallet.CREDITS)
    credit += holder.releasable(earlier, Wallet.CREDITS, desk.now)
    ask = Ask(
        coins=command.wallets.coins,
        credits=command.wallets.credits,
        requested=requested,
        rule_id=quoted.rule_id if quoted and quoted.rule_id else command.rule_id,
        credits_cap=quoted.credits_minor if quoted else None,
    )
    shopper = Shopper(coins, holder.tier, holder.tags)
    chosen = plan(program, command.cart, shopper, credit, ask, desk.now)
    if quoted is not None and not _same_rule(program, quoted.rule_id, quoted.rule_version):
        raise Refused(Refusal(Code.QUOTE_MISMATCH, field=("quote",)))
    if requested is not None:
        used = chosen.points if command.wallets.coins else chosen.credits_minor
        _exactly(requested, used, coins if command.wallets.coins else credit, chosen)
    if not chosen.eligible:
        raise Refused(chosen.refusals[0])
    if quoted is not None and (
        chosen.credits_minor != quoted.credits_minor
        or chosen.discount_minor != quoted.discount_minor
    ):
        raise Refused(Refusal(Code.QUOTE_MISMATCH, field=("quote",)))
    return chosen


def _same_rule(program: Program, rule_id: int | None, version: int | None) -> bool:
    """Whether the quoted rule is still the program's rule of that version."""
    if rule_id is None:
        return True
    rule = program.rule(rule_id)
    return rule is not None and rule.version == version


def _exactly(requested: int, used: int, balance: int, chosen: Plan) -> None:
    """All or nothing: refuse, with what would be allowed, unless `used` is what was asked for."""
    if used == requested:
        return
    if not used and chosen.refusals:
        raise Refused(replace(chosen.refusals[0], allowed_points=0))
    if requested > balance:
        shortfall = requested - balance
        raise Refused(
            Refusal(
                Code.INSUFFICIENT_POINTS,
                allowed_points=used,
                shortfall_points=shortfall,
                field=("points",),
            )
        )
    raise Refused(Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=used, field=("points",)))
