"""Items about one redemption: a part of the points, a payment that fails, a double click."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.services.launch_flow import flow, offered, step
from gateway.services.launch_notes import Notes, Verdict, skipped
from gateway.services.launch_outcomes import gives, held
from gateway.services.launch_trial import Trial


async def part_of_the_points(trial: Trial, notes: Notes) -> Verdict | None:
    """The shopper asks for fewer points: exactly these are reserved, and the rest stays."""
    rule, total = flow(trial)
    points = await trial.be_for(rule, total)
    cart = trial.cart(rule, total)
    least, most = offered(await trial.see(cart, rule))
    if least == most:
        return skipped("The rule takes all its points at once: there is no part of them.")
    part = gives(await trial.see(cart, rule, (least + most) // 2))
    done = held(await trial.apply(cart, rule, part.points))
    now = await trial.balance()
    await trial.release(done)
    said = f"{part.points} of at most {most} points"
    notes.compare(f"{said}: reserved", part.points, now.held)
    notes.compare(f"{said}: left", points - part.points, now.available)
    notes.compare(
        f"{said}: discount", trial.money(part.discount_minor), trial.money(done.discount_minor)
    )
    return None


async def failed_payment(trial: Trial, notes: Notes) -> None:
    """A release gives everything back, and one more release is no harm."""
    rule, total = flow(trial)
    points = await trial.be_for(rule, total)
    reserved = held(await trial.apply(trial.cart(rule, total), rule))
    notes.compare("held after the apply", reserved.points, (await trial.balance()).held)
    for time in ("release", "released again"):
        done = held(await trial.release(reserved))
        notes.compare(time, "RELEASED", done.status.value)
    now = await trial.balance()
    notes.compare("spendable after it", points, now.available)
    notes.compare("held after it", 0, now.held)


async def double_click(trial: Trial, notes: Notes) -> None:
    """The same apply twice is one; another total of the same cart takes the place of the first."""
    rule, total = flow(trial)
    await trial.be_for(rule, total * 2)
    cart, keyed = trial.cart(rule, total), trial.keyed()
    first = held(await trial.apply(cart, rule, keyed=keyed))
    again = await trial.apply(cart, rule, keyed=keyed)
    notes.compare("the same key again", "replayed", "replayed" if again.replayed else "done again")
    notes.compare("the same redemption", first.id, held(again).id)
    notes.compare("held after both", first.points, (await trial.balance()).held)
    changed = trial.cart(rule, total * 2)
    other = held(await trial.apply(replace(changed, id=cart.id), rule))
    notes.compare("held after the cart changed", other.points, (await trial.balance()).held)
    await trial.release(other)
    notes.compare("held after the release", 0, (await trial.balance()).held)


STEPS: Final = (
    step("partial-redemption", "A part of the points can be used", part_of_the_points),
    step("failed-payment", "A payment that fails gives the points back", failed_payment),
    step("duplicate-apply", "A double click reserves once", double_click),
)
