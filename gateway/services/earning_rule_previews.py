"""What an earning rule that is still being written would give, by the evaluator of orders."""

from __future__ import annotations

from dataclasses import dataclass, fields

from gateway.errors import Refusal
from gateway.rules.earning import MICROSECONDS, Earner, earn, earned, expires_at
from gateway.rules.earning_rules import ORDER_KINDS, EarningRule
from gateway.rules.earning_trials import (
    TrialOrder,
    awarding,
    never_earns,
    overlapping,
    tried,
    unknown_tiers,
    with_draft,
)
from gateway.rules.program import Program
from gateway.rules.worth import buys_minor, dearest_rule, given_back_bp
from gateway.services.earn_previews import Expiring, expiring, reasons
from gateway.services.earning_drafts import EarningDraft
from gateway.services.programs import current_program
from gateway.services.rule_previews import DRAFT_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPreview:
    """What the draft gives on an order, what all rules give with it, and what they give today."""

    order: TrialOrder
    earner: Earner
    offer: Expiring
    points: int
    live_points: int
    worth_minor: int | None
    """What `points` are worth at most; None where no rule of amounts says it."""
    given_back_bp: int | None
    refusals: tuple[Refusal, ...]
    """Why all rules together give nothing, as the shopper is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OccasionPreview:
    """Which rule gives for the draft's occasion, with the draft and today."""

    winner: EarningRule | None
    live: EarningRule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningRulePreview:
    """What a draft would do."""

    program: Program
    """As it is, without the draft."""
    draft: EarningRule
    available_at: int
    expires_at: int | None
    """Both as of the time that is looked at; None: never."""
    orders: tuple[OrderPreview, ...]
    occasion: OccasionPreview | None
    """None for a rule for orders."""
    overlaps: tuple[EarningRule, ...]
    never_earns: bool
    unknown_tiers: frozenset[str]


async def preview_earning_rule(
    merchant_id: int,
    draft: EarningDraft,
    rule_id: int | None,
    orders: tuple[TrialOrder, ...],
    now: int,
) -> EarningRulePreview:
    """Try the draft in the place of the rule `rule_id`, or as a new one. Changes nothing.

    It is looked at as of its start, if that is to come, and so are the others. An occasion has no
    orders: those given are left out.
    """
    program = await current_program(merchant_id)
    earning = program.earning
    rule = _rule(program, draft, rule_id, now)
    of_orders = rule.kind in ORDER_KINDS
    at = max(now, rule.starts_at or now)
    available_at = at + (earning.return_window_seconds * MICROSECONDS if of_orders else 0)
    return EarningRulePreview(
        program=program,
        draft=rule,
        available_at=available_at,
        expires_at=expires_at(earning, rule, available_at),
        orders=tuple(_order(program, rule, each, at) for each in orders if of_orders),
        occasion=None if of_orders else _occasion(program, rule, at),
        overlaps=overlapping(earning, rule, now),
        never_earns=never_earns(earning, rule),
        unknown_tiers=unknown_tiers(earning, rule),
    )


def _rule(program: Program, draft: EarningDraft, rule_id: int | None, now: int) -> EarningRule:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    there = next((rule for rule in program.earning.rules if rule.id == rule_id), None)
    if there is None:
        return EarningRule(id=DRAFT_ID, version=1, created_at=now, **values)
    return EarningRule(
        id=there.id, version=there.version + 1, created_at=there.created_at, **values
    )


def _order(program: Program, rule: EarningRule, order: TrialOrder, at: int) -> OrderPreview:
    earning = program.earning
    available_at = at + earning.return_window_seconds * MICROSECONDS
    trial = tried(with_draft(earning, rule), rule, order, at)
    points, dearest = earned(trial.offers), dearest_rule(program, at)
    return OrderPreview(
        order=order,
        earner=trial.earner,
        offer=expiring(earning, trial.own, available_at),
        points=points,
        live_points=earned(earn(earning, trial.sale, trial.earner, at)),
        worth_minor=dearest and buys_minor(dearest, points),
        given_back_bp=dearest and given_back_bp(dearest, points, order.paid_minor),
        refusals=() if points else reasons(trial.offers),
    )


def _occasion(program: Program, rule: EarningRule, at: int) -> OccasionPreview:
    earning = program.earning
    return OccasionPreview(
        winner=awarding(with_draft(earning, rule), rule, at),
        live=awarding(earning, rule, at),
    )
