"""The item about sums."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.services.launch_discounts import step_of
from gateway.services.launch_notes import Notes
from gateway.services.launch_outcomes import gives, held
from gateway.services.launch_trial import Trial


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


STEPS: Final = (step_of("totals", "Cart, discount and payable amount add up", totals),)
