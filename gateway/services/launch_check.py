"""The go-live test: the real flow on a sandbox customer, item by item, with nothing left behind.

It may be run at any time, beside live traffic and beside itself: each run has a customer and carts
of its own. What it gives it takes back, also where a step fails; what a killed run left, the next
one takes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from gateway.errors import LoyaltyError, RequestError, bad_input
from gateway.services import (
    launch_customers,
    launch_discounts,
    launch_limits,
    launch_orders,
    launch_redemptions,
    launch_settings,
    launch_words,
)
from gateway.services.launch_cleaning import Left, clean
from gateway.services.launch_report import (
    LaunchItem,
    LaunchReport,
    LaunchSetting,
    LaunchStatus,
    Notes,
    Verdict,
    failed,
    skipped,
)
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial, Unexpected, cases_of, rules_in_force
from gateway.services.merchants import find_merchant
from gateway.services.programs import current_program
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer, give_back, take, take_abandoned
from gateway.telemetry import log_failure
from gateway.throttling.velocity import Velocity

SECONDS: Final = 20
"""For all steps together."""
TIDY_SECONDS: Final = 10
"""For taking back what was given; with the steps it is less than a sandbox customer's lease."""
STEPS: Final = (
    *launch_settings.STEPS,
    *launch_customers.STEPS,
    *launch_discounts.STEPS,
    *launch_limits.STEPS,
    *launch_words.STEPS,
    *launch_redemptions.STEPS,
    *launch_orders.STEPS,
)
OFF: Final = skipped("Not tried: Custom Checkout is off.")
NO_RULE: Final = skipped("Not tried: no redemption rule gives a discount.")
NO_TIME: Final = failed("Not reached in time: the gateway or its database is too slow now.")


async def run_launch_check(
    runtime: Runtime,
    merchant_id: int,
    *,
    items: Collection[str] | None = None,
    seconds: float = SECONDS,
) -> LaunchReport:
    """Try everything, or only these items; never longer than `seconds` and the tidying up.

    Raises RequestError: BAD_USER_INPUT for an item that there is not, OVERLOADED where too many
    runs are going on. LookupError when there is no such merchant.
    """
    steps = _chosen(items)
    # The limit on how often one customer may start a redemption is not meant for this one.
    runtime = replace(runtime, velocity=Velocity())
    started = runtime.clock()
    trial = await _trial(runtime, merchant_id)
    made: list[LaunchItem] = []
    left: Left | None = None
    try:
        left = await _tidy(runtime, trial.who)
        try:
            async with asyncio.timeout(seconds):
                for step in steps:
                    made.append(await _item(trial, step))  # noqa: PERF401 - those before a timeout count
        except TimeoutError:
            made += [_made(step, Notes(), NO_TIME) for step in steps[len(made) :]]
    finally:
        left = await _tidy(runtime, trial.who)
        done = left is not None and left.nothing
        await give_back(trial.who, clean=done, now=runtime.clock())
    made.append(_last(left))
    return LaunchReport(
        merchant_id=merchant_id,
        program_version=trial.program.version,
        started_at=started,
        finished_at=runtime.clock(),
        items=tuple(made),
    )


def _chosen(items: Collection[str] | None) -> Sequence[Step]:
    if items is None:
        return STEPS
    unknown = sorted(set(items) - {step.id for step in STEPS})
    if unknown:
        raise bad_input(f"There is no item `{unknown[0][:40]}`.", "items")
    return [step for step in STEPS if step.id in items]


async def _trial(runtime: Runtime, merchant_id: int) -> Trial:
    merchant = await find_merchant(merchant_id)
    if merchant is None:
        raise LookupError(f"There is no merchant {merchant_id}")
    program = await current_program(merchant_id)
    now = runtime.clock()
    for abandoned in await take_abandoned(merchant_id, now):
        left = await _tidy(runtime, abandoned)
        await give_back(abandoned, clean=left is not None and left.nothing, now=runtime.clock())
    who = await take(merchant_id, now, runtime.ids)
    live = rules_in_force(program, now)
    return Trial(
        runtime=runtime,
        merchant=merchant,
        program=program,
        who=who,
        run=runtime.ids.next(),
        cases=cases_of(program, live),
        live=live,
    )


async def _item(trial: Trial, step: Step) -> LaunchItem:
    notes = Notes()
    if step.enabled and not trial.program.enabled:
        return _made(step, notes, OFF)
    if step.rule and trial.case is None:
        return _made(step, notes, NO_RULE)
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
    return _made(step, notes, verdict)


def _made(step: Step, notes: Notes, verdict: Verdict | None) -> LaunchItem:
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


async def _tidy(runtime: Runtime, who: SandboxCustomer) -> Left | None:
    """Take everything back; None where that could not be done now."""
    try:
        async with asyncio.timeout(TIDY_SECONDS):
            return await clean(runtime, who)
    except Exception as error:  # noqa: BLE001 - the next run does it; this one says so
        log_failure("launch check not tidied up", error)
        return None


def _last(left: Left | None) -> LaunchItem:
    notes = Notes()
    came = "could not be looked at" if left is None else str(left)
    none = "0 available, 0 held, 0 pending, 0 owed, 0 holds"
    notes.compare("the sandbox customer, after all was taken back", none, came)
    return _made(
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
