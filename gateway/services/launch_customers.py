"""Items about who the customer is: by id, phone, e-mail and token, and with which points."""

from __future__ import annotations

from typing import Final

from gateway.services.claims import TokenRejected
from gateway.services.customers import CustomerRef
from gateway.services.launch_notes import Notes
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial
from gateway.services.previews import read_customer

POINTS: Final = 120
TOKEN_SECONDS: Final = 60
LONG_AGO: Final = 3_600 * 1_000_000


async def by_external_id(trial: Trial, notes: Notes) -> None:
    """By the merchant's own id."""
    await _found(trial, notes, "externalId", CustomerRef(external_id=trial.who.external_id))


async def by_phone(trial: Trial, notes: Notes) -> None:
    """By the phone number, with its calling code."""
    await _found(trial, notes, "phone", CustomerRef(phone=trial.who.phone))


async def by_email(trial: Trial, notes: Notes) -> None:
    """By e-mail, in whatever case it is written."""
    await _found(trial, notes, "email", CustomerRef(email=trial.who.email.upper()))


async def logged_in(trial: Trial, notes: Notes) -> None:
    """A customer token is made, and tells whose it is."""
    runtime, external_id = trial.runtime, trial.who.external_id
    now = runtime.clock()
    token, _ = runtime.tokens.mint(trial.merchant.id, external_id, now, TOKEN_SECONDS)
    claims = await runtime.tokens.verify(token, now)
    notes.compare("customer token: its customer", external_id, claims.external_id)
    notes.compare("customer token: its merchant", trial.merchant.id, claims.merchant_id)
    await _found(trial, notes, "customer token", CustomerRef(external_id=claims.external_id))


async def session_ended(trial: Trial, notes: Notes) -> None:
    """A token whose time is over opens nothing."""
    runtime = trial.runtime
    now = runtime.clock()
    token, _ = runtime.tokens.mint(trial.merchant.id, trial.who.external_id, now - LONG_AGO, 60)
    try:
        await runtime.tokens.verify(token, now)
        came = "accepted"
    except TokenRejected as rejected:
        came = rejected.reason.value
    notes.compare("a token of an hour ago", "The customer token has expired.", came)


async def points_fetched(trial: Trial, notes: Notes) -> None:
    """What was given is what a checkout sees."""
    await trial.have(POINTS)
    notes.compare(f"{POINTS} points given", POINTS, (await trial.balance()).available)
    await trial.have(0)
    notes.compare("all of them taken again", 0, (await trial.balance()).available)


async def _found(trial: Trial, notes: Notes, how: str, ref: CustomerRef) -> None:
    found = await read_customer(trial.runtime, trial.merchant.id, ref)
    came = "nobody" if found is None else found.external_id
    notes.compare(f"customer by {how}", trial.who.external_id, came)


def _step(name: str, title: str, run: Try) -> Step:
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.OPERATIONS,
        advice="The gateway does not answer as it has to: tell whoever runs it.",
        run=run,
        enabled=False,
        rule=False,
    )


STEPS: Final = (
    _step("customer-external-id", "A customer is found by your own id", by_external_id),
    _step("customer-phone", "A customer is found by phone", by_phone),
    _step("customer-email", "A customer is found by e-mail", by_email),
    _step("customer-token", "A customer who is logged in is known by the token", logged_in),
    _step("expired-session", "An expired session is refused", session_ended),
    _step("points-fetched", "The customer's points are fetched", points_fetched),
)
