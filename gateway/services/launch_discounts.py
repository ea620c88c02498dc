"""Items about the rules: the right one is used, and its discount is what its formula says."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.services.launch_cases import Case
from gateway.services.launch_formula import Purse, worth
from gateway.services.launch_notes import Notes, Verdict, skipped
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial


async def accurate(trial: Trial, notes: Notes) -> None:
    """Several carts and several numbers of points, each worked out a second time."""
    for case in trial.cases:
        if case.total_minor is None:
            continue
        total = case.total_minor
        for each in dict.fromkeys((total, total * 2 + 1, total // 3, max(total // 50, 1))):
            points = await trial.be_for(case.rule, each)
            for asked in (None, points // 2 or None):
                await _same(trial, notes, case, each, Purse(points, asked))


async def maximum(trial: Trial, notes: Notes) -> Verdict | None:
    """Where a rule has a maximum, more points and a larger cart get no more than it."""
    bounded = [
        case
        for case in trial.cases
        if case.rule.maximum_discount_minor is not None and case.total_minor is not None
    ]
    for case in bounded:
        total, most = (case.total_minor or 0) * 10, case.rule.maximum_discount_minor or 0
        points = await trial.be_for(case.rule, total)
        cart = trial.cart(case.rule, total)
        shown = await trial.see(cart, case.rule)
        discount = gives(shown).discount_minor
        freely = worth(
            replace(case.rule, maximum_discount_minor=None), case.minimum, cart, Purse(points)
        )
        said = (
            f"“{case.rule.name}”, cart {trial.money(total)}, {points} points; without a maximum"
            f" {trial.money(freely.discount_minor)}"
        )
        meant = worth(case.rule, case.minimum, cart, Purse(points)).discount_minor
        notes.compare(said, trial.money(meant), trial.money(discount))
        notes.compare("at most the maximum of the rule", "yes", "yes" if discount <= most else "no")
    if not bounded:
        return skipped("No rule has a maximum discount: all that the customer has may be used.")
    return None


async def _same(trial: Trial, notes: Notes, case: Case, total: int, purse: Purse) -> None:
    cart = trial.cart(case.rule, total)
    came = gives(await trial.see(cart, case.rule, purse.asked))
    meant = worth(case.rule, case.minimum, cart, purse)
    asked = "" if purse.asked is None else f", {purse.asked} asked for"
    said = f"“{case.rule.name}”, cart {trial.money(total)}, {purse.has} points{asked}"
    notes.compare(said, trial.said(meant, total), trial.said(came, total))


def step_of(name: str, title: str, run: Try) -> Step:
    """An item about what the rules give."""
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.REDEMPTION_RULES,
        advice="What the gateway offers is not what the rule's formula gives: do not go live, and"
        " tell whoever runs the gateway.",
        run=run,
    )


STEPS: Final = (
    step_of("discount-accurate", "The discount is what the rule says", accurate),
    step_of("maximum-discount", "The maximum discount holds", maximum),
)
