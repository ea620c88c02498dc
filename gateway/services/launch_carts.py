"""The item about the minimum cart."""

from __future__ import annotations

from typing import Final

from gateway.errors import Code
from gateway.services.launch_notes import Notes, Verdict, failed, skipped
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
from gateway.services.previews import Preview

SMALLEST: Final = 1


async def minimum_cart(trial: Trial, notes: Notes) -> Verdict | None:
    """One minor unit below the minimum cart nothing is given, with what is lacking; above it is."""
    bounded = [case for case in trial.cases if case.rule.minimum_cart_minor > SMALLEST]
    for case in bounded:
        least = case.rule.minimum_cart_minor
        if case.total_minor is None:
            notes.told(f"“{case.rule.name}”, minimum cart {trial.money(least)}", "out of reach")
            return failed(f"No cart gets a discount by “{case.rule.name}”: lower its minimum cart.")
        await trial.be_for(case.rule, case.total_minor)
        below = await trial.see(trial.cart(case.rule, least - 1), case.rule)
        wanted = f"{Code.MIN_CART_NOT_REACHED.value}, {trial.money(1)} lacking"
        notes.compare(
            f"“{case.rule.name}”, cart {trial.money(least - 1)}", wanted, _refusal(trial, below)
        )
        enough = await trial.see(trial.cart(case.rule, case.total_minor), case.rule)
        said = f"“{case.rule.name}”, cart {trial.money(case.total_minor)}"
        notes.compare(said, "a discount", "a discount" if gives(enough).discount_minor else "none")
    return None if bounded else skipped("No rule has a minimum cart.")


def _refusal(trial: Trial, shown: Preview) -> str:
    if not shown.refusals:
        return "a discount"
    first = shown.refusals[0]
    if first.shortfall_minor is None:
        return first.code.value
    return f"{first.code.value}, {trial.money(first.shortfall_minor)} lacking"


STEPS: Final = (
    Step(
        id="minimum-cart",
        title="The minimum cart holds",
        setting=LaunchSetting.REDEMPTION_RULES,
        advice="The limit does not hold: do not go live, and tell whoever runs the gateway.",
        run=minimum_cart,
        rule=False,
    ),
)
