"""Items about the rules: the right one is used, and its discount is what its formula says."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.rules.facts import Cart
from gateway.rules.program import Rule
from gateway.services.launch_formula import Purse, Worth, best, worth
from gateway.services.launch_report import LaunchSetting, Notes, Verdict, failed, skipped, warned
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Case, Trial, gives, held, minimum_of

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


async def totals(trial: Trial, notes: Notes) -> None:
    """What is reserved adds up: cart = discount + payable, and the points are held."""
    case = trial.case
    if case is None or case.total_minor is None:
        return
    total = case.total_minor
    points = await trial.be_for(case.rule, total)
    cart = trial.cart(case.rule, total)
    shown = gives(await trial.see(cart, case.rule))
    reserved = held(await trial.apply(cart, case.rule))
    now = await trial.balance()
    await trial.release(reserved)
    said = f"cart {trial.money(total)}, applied"
    notes.compare(f"{said}: the cart", trial.money(total), trial.money(reserved.total_minor))
    notes.compare(
        f"{said}: as the preview said",
        trial.said(shown, total),
        trial.said(replace(shown, discount_minor=reserved.discount_minor), reserved.total_minor),
    )
    notes.compare(f"{said}: points held", shown.points, now.held)
    notes.compare(f"{said}: points left", points - shown.points, now.available)


async def _same(trial: Trial, notes: Notes, case: Case, total: int, purse: Purse) -> None:
    cart = trial.cart(case.rule, total)
    came = gives(await trial.see(cart, case.rule, purse.asked))
    meant = worth(case.rule, case.minimum, cart, purse)
    asked = "" if purse.asked is None else f", {purse.asked} asked for"
    said = f"“{case.rule.name}”, cart {trial.money(total)}, {purse.has} points{asked}"
    notes.compare(said, trial.said(meant, total), trial.said(came, total))


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


def _step(name: str, title: str, run: Try, *, rule: bool = True) -> Step:
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.REDEMPTION_RULES,
        advice="What the gateway offers is not what the rule's formula gives: do not go live, and"
        " tell whoever runs the gateway.",
        run=run,
        rule=rule,
    )


STEPS: Final = (
    _step("correct-rule", "The right redemption rule is used", right_rule, rule=False),
    _step("discount-accurate", "The discount is what the rule says", accurate),
    _step("maximum-discount", "The maximum discount holds", maximum),
    _step("totals", "Cart, discount and payable amount add up", totals),
)
