"""The item about the rules: the right one is used."""

from __future__ import annotations

from typing import Final

from gateway.rules.facts import Cart
from gateway.rules.program import Rule
from gateway.services.launch_cases import Case, minimum_of
from gateway.services.launch_formula import Purse, Worth, best, worth
from gateway.services.launch_notes import Notes, Verdict, failed, warned
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial

WORTHLESS: Final = (
    "On no cart up to a billion does this rule give a discount: look at its minimum cart, its"
    " maximum discount and the minimum payment."
)


async def right_rule(trial: Trial, notes: Notes) -> Verdict | None:
    """The best offer of a preview is the best by the formulas, for a customer of each rule."""
    if not trial.cases:
        return failed("No redemption rule is in force: make one, or look at its dates.")
    worthless = [case.rule.name for case in trial.cases if case.total_minor is None]
    for case in trial.cases:
        if case.total_minor is None:
            notes.told(f"rule “{case.rule.name}”", "no cart gets a discount by it")
            continue
        points = await trial.be_for(case.rule, case.total_minor)
        cart = trial.cart(case.rule, case.total_minor)
        meant = best(_offers(trial, case, cart, points))
        shown = await trial.see(cart)
        offer = shown.plan and shown.plan.offer
        name = "none" if offer is None else offer.rule.name
        said = f"cart {trial.money(cart.total_minor)}, {points} points, as for “{case.rule.name}”"
        wanted = "none" if meant is None else f"“{meant[0].name}”: {_of(trial, meant[1], cart)}"
        notes.compare(said, wanted, f"“{name}”: {_of(trial, gives(shown), cart)}")
    if len(trial.live) > len(trial.cases):
        notes.told("rules in force", f"{len(trial.live)}; the first {len(trial.cases)} are tried")
    if len(worthless) == len(trial.cases):
        return failed(WORTHLESS)
    if worthless and not notes.wrong:
        return warned(f"“{worthless[0]}”: {WORTHLESS}")
    return None


def _offers(trial: Trial, case: Case, cart: Cart, points: int) -> list[tuple[Rule, Worth]]:
    return [
        (rule, worth(rule, minimum_of(trial.program, rule), cart, Purse(points)))
        for rule in trial.live
        if _may(case.rule, rule)
    ]


def _may(made_for: Rule, other: Rule) -> bool:
    """Whether whoever was made for the one rule is a customer for the other."""
    tier = min(made_for.tiers, default=None)
    tags = set(sorted(made_for.tags)[:1])
    fits = not other.tiers or tier in other.tiers
    return fits and (not other.tags or bool(tags & other.tags))


def _of(trial: Trial, gets: Worth, cart: Cart) -> str:
    return trial.said(gets, cart.total_minor)


STEPS: Final = (
    Step(
        id="correct-rule",
        title="The right redemption rule is used",
        setting=LaunchSetting.REDEMPTION_RULES,
        advice="What the gateway offers is not what the rule's formula gives: do not go live, and"
        " tell whoever runs the gateway.",
        run=right_rule,
        rule=False,
    ),
)
