"""The item about the words that shoppers read."""

from __future__ import annotations

from typing import Final

from gateway.errors import Code, Refusal
from gateway.messages import LANGUAGES, negotiate, offer_message, refusal_message
from gateway.messages.formats import format_count, format_money
from gateway.services.launch_notes import Notes, Verdict, warned
from gateway.services.launch_outcomes import gives
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial

SAID: Final = (
    Code.INTEGRATION_DISABLED,
    Code.RULE_INACTIVE,
    Code.CUSTOMER_NOT_ELIGIBLE,
    Code.NO_ELIGIBLE_ITEMS,
    Code.MIN_CART_NOT_REACHED,
    Code.INSUFFICIENT_POINTS,
    Code.REQUEST_BELOW_STEP,
    Code.MAX_DISCOUNT_REACHED,
    Code.MIN_PAYMENT_REQUIRED,
    Code.HOLD_EXPIRED,
    Code.QUOTE_EXPIRED,
)
"""What a shopper may be told at a checkout."""


async def wording(trial: Trial, notes: Notes) -> Verdict | None:
    """In every language the offer is told with its numbers, and every reason has a sentence."""
    case = trial.case
    if case is None or case.total_minor is None:
        return None
    await trial.be_for(case.rule, case.total_minor)
    offer = gives(await trial.see(trial.cart(case.rule, case.total_minor), case.rule))
    for language in LANGUAGES:
        said = offer_message(offer.points, offer.discount_minor, trial.program.currency, language)
        told = _tells(said, offer.points, offer.discount_minor, trial.program.currency, language)
        notes.compare(f"the offer in {language}", said, said if told else f"{said} (no numbers)")
        mute = [code.value for code in SAID if not _reason(trial, code, language).strip()]
        if mute:
            notes.compare(f"reasons without a sentence in {language}", "none", ", ".join(mute))
    locale = trial.merchant.locale
    language = locale.partition("-")[0].lower()
    if language not in LANGUAGES:
        return warned(
            f"There are no sentences for your locale {locale}: your shoppers read"
            f" {negotiate(None, locale)}. Show texts of your own in your checkout."
        )
    notes.told(f"your locale {locale}", f"answered in {negotiate(None, locale)}")
    return None


def _tells(said: str, points: int, discount: int, currency: str, language: str) -> bool:
    """Whether the amount is in it, and the points, which some languages write out where few."""
    amount = format_money(discount, currency, language)
    number = format_count(points, language)[0]
    return amount in said and (number in said or points <= 2)  # noqa: PLR2004 - one and two have forms


def _reason(trial: Trial, code: Code, language: str) -> str:
    return refusal_message(Refusal(code), trial.program.currency, language)


STEPS: Final = (
    Step(
        id="wording",
        title="What shoppers read is there in every language",
        setting=LaunchSetting.OPERATIONS,
        advice="A sentence is missing: tell whoever runs the gateway.",
        run=wording,
    ),
)
