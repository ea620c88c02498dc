"""Items about what is refused: too few points, an old quote."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.errors import Code
from gateway.ledger.commands import Outcome
from gateway.services.customers import CustomerRef
from gateway.services.launch_flow import flow, offered, step
from gateway.services.launch_notes import Notes
from gateway.services.launch_outcomes import Unexpected, refused
from gateway.services.launch_trial import Trial
from gateway.services.previews import MICROSECONDS, Wish, preview


async def too_few_points(trial: Trial, notes: Notes) -> None:
    """One point fewer than the least: refused with the point that is lacking, in both ways."""
    rule, total = flow(trial)
    await trial.be_for(rule, total)
    least = offered(await trial.see(trial.cart(rule, total), rule))[0]
    await trial.have(least - 1)
    cart = trial.cart(rule, total)
    shown = await trial.see(cart, rule)
    first = shown.refusals[0] if shown.refusals else None
    came = "an offer" if first is None else f"{first.code.value}, {first.shortfall_points} lacking"
    said = f"{least - 1} points where {least} are the least"
    notes.compare(f"preview with {said}", f"{Code.INSUFFICIENT_POINTS.value}, 1 lacking", came)
    done = await trial.apply(cart, rule, least)
    await _undo(trial, done)
    notes.compare(f"apply with {said}", Code.INSUFFICIENT_POINTS.value, refused(done))


async def old_quote(trial: Trial, notes: Notes) -> None:
    """A quote whose time is over promises nothing any more; a fresh one is taken."""
    rule, total = flow(trial)
    await trial.be_for(rule, total)
    cart = trial.cart(rule, total)
    age = (trial.program.quote_seconds + 60) * MICROSECONDS
    before = trial.runtime.clock() - age
    wish, ref = Wish(cart=cart, rule_id=rule.id), CustomerRef(external_id=trial.who.external_id)
    earlier = replace(trial.runtime, clock=lambda: before)
    for quoted, wanted in (
        (await preview(earlier, trial.merchant.id, ref, wish), Code.QUOTE_EXPIRED.value),
        (await trial.see(cart, rule), "accepted"),
    ):
        if quoted.quote is None:
            raise Unexpected("a preview without a quote")
        done = await trial.apply(cart, rule, quote=quoted.quote)
        await _undo(trial, done)
        left = (quoted.quote_expires_at or 0) - trial.runtime.clock()
        notes.compare(
            f"apply with a quote that has {left // MICROSECONDS} s", wanted, refused(done)
        )


async def _undo(trial: Trial, done: Outcome) -> None:
    if done.redemption is not None and done.refusal is None:
        await trial.release(done.redemption)


STEPS: Final = (
    step("insufficient-points", "Too few points are refused, with what is lacking", too_few_points),
    step("expired-quote", "An expired quote is refused", old_quote),
)
