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

from gateway.errors import bad_input
from gateway.services import (
    launch_carts,
    launch_customers,
    launch_discounts,
    launch_free_orders,
    launch_holds,
    launch_limits,
    launch_orders,
    launch_origins,
    launch_refusals,
    launch_rules,
    launch_settings,
    launch_totals,
    launch_words,
)
from gateway.services.launch_cases import cases_of, rules_in_force
from gateway.services.launch_cleaning import clean
from gateway.services.launch_items import NO_TIME, item_of, last, tried
from gateway.services.launch_left import Left
from gateway.services.launch_notes import Notes
from gateway.services.launch_report import LaunchItem, LaunchReport
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
from gateway.services.merchants import find_merchant
from gateway.services.programs import current_program
from gateway.services.runtime import Runtime
from gateway.services.sandbox import SandboxCustomer
from gateway.services.sandbox_leases import give_back, take, take_abandoned
from gateway.telemetry import log_failure
from gateway.throttling.velocity import Velocity

SECONDS: Final = 20
"""For all steps together."""
TIDY_SECONDS: Final = 10
"""For taking back what was given; with the steps it is less than a sandbox customer's lease."""
STEPS: Final = (
    *launch_settings.STEPS,
    *launch_origins.STEPS,
    *launch_customers.STEPS,
    *launch_rules.STEPS,
    *launch_discounts.STEPS,
    *launch_totals.STEPS,
    *launch_carts.STEPS,
    *launch_limits.STEPS,
    *launch_free_orders.STEPS,
    *launch_words.STEPS,
    *launch_refusals.STEPS,
    *launch_holds.STEPS,
    *launch_orders.STEPS,
)


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
                    made.append(await tried(trial, step))  # noqa: PERF401 - those before a timeout count
        except TimeoutError:
            made += [item_of(step, Notes(), NO_TIME) for step in steps[len(made) :]]
    finally:
        left = await _tidy(runtime, trial.who)
        done = left is not None and left.nothing
        await give_back(trial.who, clean=done, now=runtime.clock())
    made.append(last(left))
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


async def _tidy(runtime: Runtime, who: SandboxCustomer) -> Left | None:
    """Take everything back; None where that could not be done now."""
    try:
        async with asyncio.timeout(TIDY_SECONDS):
            return await clean(runtime, who)
    except Exception as error:  # noqa: BLE001 - the next run does it; this one says so
        log_failure("launch check not tidied up", error)
        return None
