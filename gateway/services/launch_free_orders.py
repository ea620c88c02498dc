"""The item about orders that cost nothing."""

from __future__ import annotations

from typing import Final

from gateway.rules.program import MinimumPaymentKind
from gateway.services.launch_cases import Case
from gateway.services.launch_limits import step_of, totals_of
from gateway.services.launch_notes import Notes, Verdict, failed, warned
from gateway.services.launch_outcomes import gives
from gateway.services.launch_trial import Trial

NONE_NEEDED: Final = "Set a minimum payment, unless an order may cost nothing."


async def no_free_order(trial: Trial, notes: Notes) -> Verdict | None:
    """The most points on carts that are made for it: something is left to pay."""
    free: Case | None = None
    for case in trial.cases:
        for total in totals_of(trial, case):
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


STEPS: Final = (
    step_of(
        "no-free-order",
        "No order becomes free by accident",
        no_free_order,
    ),
)
