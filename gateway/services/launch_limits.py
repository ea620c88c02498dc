"""Items about what keeps a discount small: the minimum cart, the minimum payment, no free order."""

from __future__ import annotations

from typing import Final

from gateway.currencies import CURRENCIES
from gateway.rules.program import MinimumPaymentKind
from gateway.services.launch_cases import Case
from gateway.services.launch_formula import Purse, least_payment, plenty, worth
from gateway.services.launch_notes import Notes, Verdict, skipped
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial


async def minimum_payment(trial: Trial, notes: Notes) -> Verdict | None:
    """With more points than the cart is worth, the customer still pays the minimum."""
    bounded = [
        case
        for case in trial.cases
        if case.minimum.kind is not MinimumPaymentKind.NONE and case.total_minor is not None
    ]
    for case in bounded:
        for total in totals_of(trial, case):
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


def totals_of(trial: Trial, case: Case) -> list[int]:
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


def step_of(name: str, title: str, run: Try) -> Step:
    """An item of the integration's settings."""
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.CUSTOM_CHECKOUT,
        advice="The limit does not hold: do not go live, and tell whoever runs the gateway.",
        run=run,
    )


STEPS: Final = (
    step_of(
        "minimum-payment",
        "The minimum payment holds",
        minimum_payment,
    ),
)
