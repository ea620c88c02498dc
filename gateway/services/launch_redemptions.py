"""Items about one redemption: too few points, part of them, an old quote, a payment that fails."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.errors import Code
from gateway.ledger.commands import Outcome
from gateway.rules.program import Rule
from gateway.services.customers import CustomerRef
from gateway.services.launch_report import LaunchSetting, Notes, Verdict, skipped
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial, Unexpected, gives, held, refused
from gateway.services.previews import MICROSECONDS, Preview, Wish, preview


async def too_few_points(trial: Trial, notes: Notes) -> None:
    """One point fewer than the least: refused with the point that is lacking, in both ways."""
    rule, total = _flow(trial)
    await trial.be_for(rule, total)
    least = _offer(await trial.see(trial.cart(rule, total), rule))[0]
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
    rule, total = _flow(trial)
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


async def part_of_the_points(trial: Trial, notes: Notes) -> Verdict | None:
    """The shopper asks for fewer points: exactly these are reserved, and the rest stays."""
    rule, total = _flow(trial)
    points = await trial.be_for(rule, total)
    cart = trial.cart(rule, total)
    least, most = _offer(await trial.see(cart, rule))
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
    rule, total = _flow(trial)
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
    rule, total = _flow(trial)
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


def _flow(trial: Trial) -> tuple[Rule, int]:
    """The rule and the total on which the flow is tried."""
    case = trial.case
    if case is None or case.total_minor is None:
        raise Unexpected("no rule gives a discount")
    return case.rule, case.total_minor


def _offer(shown: Preview) -> tuple[int, int]:
    """The fewest and the most points of the offer."""
    offer = shown.plan and shown.plan.offer
    if offer is None:
        raise Unexpected("nothing was offered")
    return offer.minimum_points, offer.maximum_points


async def _undo(trial: Trial, done: Outcome) -> None:
    if done.redemption is not None and done.refusal is None:
        await trial.release(done.redemption)


def _step(name: str, title: str, run: Try) -> Step:
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.OPERATIONS,
        advice="The gateway does not do what it has to: do not go live, and tell whoever runs it.",
        run=run,
    )


STEPS: Final = (
    _step(
        "insufficient-points", "Too few points are refused, with what is lacking", too_few_points
    ),
    _step("expired-quote", "An expired quote is refused", old_quote),
    _step("partial-redemption", "A part of the points can be used", part_of_the_points),
    _step("failed-payment", "A payment that fails gives the points back", failed_payment),
    _step("duplicate-apply", "A double click reserves once", double_click),
)
