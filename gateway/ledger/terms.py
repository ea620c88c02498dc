"""What an order's total allows of a redemption: the rule version it was made under, again.

A browser may name any cart when it applies; what counts is the order that the backend captures.
"""

from __future__ import annotations

from typing import Final

from gateway.errors import Code, Refusal
from gateway.ledger.commands import Capture, Command, Redemption
from gateway.ledger.order_commands import CompleteOrder
from gateway.ledger.state import Refused
from gateway.rules.evaluator import amount_for, eligible_minor, quantify
from gateway.rules.facts import Cart
from gateway.rules.program import MinimumPayment, Program, Rule

LINES_DEMANDED: Final = Refusal(Code.INVALID_INPUT, field=("order", "lines"))
"""Of an order without lines, where the merchant demands them."""


def lacks_lines(program: Program, command: Command) -> bool:
    """Whether it tells of an order without the lines that the merchant demands."""
    if not program.order_lines_required:
        return False
    told = isinstance(command, Capture | CompleteOrder) and command.lines is None
    return told and not (isinstance(command, CompleteOrder) and command.lenient)


def allowed_capture(program: Program, redemption: Redemption, command: Capture) -> tuple[int, int]:
    """Points and discount (minor units, credit included) to capture; raises Refused.

    `program` is the version the redemption was made under. `command.order_total_minor` is the
    order before points.
    """
    points = redemption.points if command.points is None else command.points
    if points > redemption.points:
        raise Refused(
            Refusal(Code.EXCEEDS_HELD, allowed_points=redemption.points, field=("points",))
        )
    total, credit = command.order_total_minor, redemption.credits_minor
    # Credit is bound by the program's own minimum payment; a rule may have a lower one of its own.
    room = max(0, total - program.minimum_payment.floor_minor(total))
    if credit > room:
        raise Refused(_too_low(0, room))
    rule = _rule(program, redemption)
    if rule is None:
        return 0, credit
    discount = _promised(program, rule, redemption, points)
    minimum = _minimum(program, rule)
    eligible = _eligible(rule, redemption, command)
    allowed = quantify(
        rule,
        minimum,
        total_minor=total,
        eligible_minor=eligible,
        available=points,
        requested=points,
        credits_minor=credit,
    )
    if allowed.discount_minor < discount:
        raise Refused(_too_low(allowed.points, credit + allowed.discount_minor))
    return points, credit + discount


def _too_low(points: int, discount_minor: int) -> Refusal:
    """The refusal of an order that is too small, with what it would allow."""
    return Refusal(
        Code.ORDER_TOTAL_TOO_LOW,
        allowed_points=points,
        limit_minor=discount_minor,
        field=("order", "total"),
    )


def _rule(program: Program, redemption: Redemption) -> Rule | None:
    """The rule of the redemption, None when it used store credit only."""
    return None if redemption.rule_id is None else program.rule(redemption.rule_id)


def _minimum(program: Program, rule: Rule) -> MinimumPayment:
    """The minimum payment that binds this rule."""
    return program.minimum_payment if rule.minimum_payment is None else rule.minimum_payment


def _eligible(rule: Rule, redemption: Redemption, command: Capture) -> int:
    """What the rule covers of the order: by its lines, or as far as the cart's reached."""
    total = command.order_total_minor
    if command.lines is not None:
        return eligible_minor(rule, Cart(command.order_id, total, command.lines))
    covers_all = not rule.product_ids and not rule.collection_ids
    return total if covers_all else min(redemption.eligible_minor, total)


def _promised(program: Program, rule: Rule, redemption: Redemption, points: int) -> int:
    """The discount that these points bought on the cart; raises Refused for no valid amount."""
    if points == redemption.points:
        return redemption.discount_minor - redemption.credits_minor
    terms = {
        "total_minor": redemption.total_minor,
        "eligible_minor": redemption.eligible_minor,
        "credits_minor": redemption.credits_minor,
    }
    discount = amount_for(rule, _minimum(program, rule), points=points, **terms)
    if discount is None:
        nearest = quantify(
            rule, _minimum(program, rule), available=points, requested=points, **terms
        )
        raise Refused(
            Refusal(Code.POINTS_NOT_ALLOWED, allowed_points=nearest.points, field=("points",))
        )
    return discount
