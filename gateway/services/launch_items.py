"""From steps to items: what came of each."""

from __future__ import annotations

from typing import Final

from gateway.errors import LoyaltyError, RequestError
from gateway.services.launch_left import Left
from gateway.services.launch_notes import Notes, Verdict, failed, skipped
from gateway.services.launch_outcomes import Unexpected
from gateway.services.launch_report import LaunchItem, LaunchSetting, LaunchStatus
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
from gateway.telemetry import log_failure

OFF: Final = skipped("Not tried: Custom Checkout is off.")
NO_RULE: Final = skipped("Not tried: no redemption rule gives a discount.")
NO_TIME: Final = failed("Not reached in time: the gateway or its database is too slow now.")


async def tried(trial: Trial, step: Step) -> LaunchItem:
    """The item of a step: whatever happens in it is this item's affair alone."""
    notes = Notes()
    if step.enabled and not trial.program.enabled:
        return item_of(step, notes, OFF)
    if step.rule and trial.case is None:
        return item_of(step, notes, NO_RULE)
    verdict: Verdict | None = None
    try:
        verdict = await step.run(trial, notes)
    except (LoyaltyError, Unexpected) as refused:
        notes.compare("it went on", "yes", f"no: {refused}")
    except RequestError as error:
        notes.compare("it went on", "yes", f"no: {error.code.value}")
    except Exception as error:  # noqa: BLE001 - whatever it is, the item has failed and the rest goes on
        log_failure("launch check failed", error, item=step.id)
        notes.compare("it went on", "yes", f"no: {type(error).__name__}, see the log")
    return item_of(step, notes, verdict)


def item_of(step: Step, notes: Notes, verdict: Verdict | None) -> LaunchItem:
    """The item: by the verdict of its step, unless its evidence says worse."""
    status, advice = LaunchStatus.PASSED, None
    if verdict is not None:
        status, advice = verdict.status, verdict.advice
    if notes.wrong and status is not LaunchStatus.FAILED:
        status, advice = LaunchStatus.FAILED, step.advice
    return LaunchItem(
        id=step.id,
        title=step.title,
        status=status,
        evidence=notes.shown(),
        advice=advice,
        setting=step.setting,
    )


def last(left: Left | None) -> LaunchItem:
    """The last item: what the sandbox customer has when all is over."""
    notes = Notes()
    came = "could not be looked at" if left is None else str(left)
    none = "0 available, 0 held, 0 pending, 0 owed, 0 holds"
    notes.compare("the sandbox customer, after all was taken back", none, came)
    return item_of(
        Step(
            id="nothing-left",
            title="Nothing of the test is left behind",
            setting=LaunchSetting.OPERATIONS,
            advice="Run the test again: it takes back what is left.",
            run=_nothing,
        ),
        notes,
        None,
    )


async def _nothing(_trial: Trial, _notes: Notes) -> None:
    """What is left is known already."""
