"""Items about what keeps a discount small: the minimum cart, the minimum payment, no free order."""

from __future__ import annotations

from typing import Final

from gateway.currencies import CURRENCIES
from gateway.rules.program import MinimumPaymentKind
from gateway.services.launch_cases import Case
from gateway.services.launch_formula import Purse, least_payment, plenty, worth
from gateway.services.launch_notes import Notes, Verdict, failed, skipped, warned
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial

NONE_NEEDED: Final = "Set a minimum payment, unless an order may cost nothing."


async def minimum_payment(trial: Trial, notes: Notes) -> Verdict | None:
    """With more points than the cart is worth, the customer still pays the minimum."""
    bounded = [
        case
        for case in trial.cases
        if case.minimum.kind is not MinimumPaymentKind.NONE and case.total_minor is not None
    ]
    for case in bounded:
        for total in _totals(trial, case):
            points = await trial.be_for(case.rule, total)
            came = gives(await trial.see(trial.cart(case.rule, total), case.rule))
            least = least_payment(case.minimum, total)
            paid = total - came.discount_minor
            said = (
                f"“{case.rule.name}”, cart {trial.money(total)}, {points} points:"
                f" {trial.money(paid)} to pay, at least {trial.money(least)}"
            )
            notes.compare(said, "kept", "kept" if paid >= least else "broken")
    if not bounded:
        return skipped("No minimum payment is set.")
    return None


async def no_free_order(trial: Trial, notes: Notes) -> Verdict | None:
    """The most points on carts that are made for it: something is left to pay."""
    free: Case | None = None
    for case in trial.cases:
        for total in _totals(trial, case):
            points = await trial.be_for(case.rule, total)
            came = gives(await trial.see(trial.cart(case.rule, total), case.rule))
            paid = total - came.discount_minor
            if paid == 0:
                free = free or case
            said = f"“{case.rule.name}”, cart {trial.money(total)}, {points} points"
            notes.told(said, f"{trial.money(paid)} to pay")
    if free is None:
        return None
    why = f"With “{free.rule.name}” an order can come to {trial.money(0)}. "
    if free.minimum.kind is MinimumPaymentKind.NONE:
        return warned(why + NONE_NEEDED)
    return failed(why + "The minimum payment does not hold: tell whoever runs the gateway.")


def _totals(trial: Trial, case: Case) -> list[int]:
    """Carts on which the most can be saved: as large as a step, a maximum, or the least cart."""
    rule, unit = case.rule, 10 ** CURRENCIES[trial.program.currency].exponent
    candidates = [
        rule.minimum_cart_minor,
        rule.discount_minor,
        rule.maximum_discount_minor,
        unit,
        case.total_minor,
    ]
    carts = dict.fromkeys(each for each in candidates if each)
    useful = [
        total
        for total in carts
        if worth(
            rule, case.minimum, trial.cart(rule, total), Purse(plenty(rule, total))
        ).discount_minor
    ]
    return sorted(useful)


def _step(name: str, title: str, run: Try) -> Step:
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.CUSTOM_CHECKOUT,
        advice="The limit does not hold: do not go live, and tell whoever runs the gateway.",
        run=run,
    )


STEPS: Final = (
    _step(
        "minimum-payment",
        "The minimum payment holds",
        minimum_payment,
    ),
    _step(
        "no-free-order",
        "No order becomes free by accident",
        no_free_order,
    ),
)
