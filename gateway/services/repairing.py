"""Carrying out what a finding proposes. Each step is known again by its order, so twice is once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ids import id_number
from gateway.ledger.commands import Command, Outcome
from gateway.services import reconciling
from gateway.services.audit import SYSTEM, Actor, note
from gateway.services.checks import refuse
from gateway.services.finding_steps import steps
from gateway.services.findings import Finding, FindingKind
from gateway.services.history import find_redemption
from gateway.services.order_building import capturing_late
from gateway.services.order_history import order_by_id
from gateway.services.redemptions import Keyed, RedemptionRef
from gateway.services.runtime import Runtime


async def carry_out(runtime: Runtime, found: Sequence[Finding]) -> dict[str, list[Outcome]]:
    """Carry the steps of each out, as far as they are not refused; what they came to, by its id.

    All at the same time, so that they share transactions: hand in some hundreds at most.
    """
    answers = await asyncio.gather(*(_carried_out(runtime, each) for each in found))
    return {each.id: outcomes for each, outcomes in zip(found, answers, strict=True)}


async def _carried_out(runtime: Runtime, finding: Finding) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for step in finding.steps:
        outcome = await runtime.ledger.submit(step)
        outcomes.append(outcome)
        if outcome.refusal is not None:
            break
    return outcomes


async def repair(
    runtime: Runtime, merchant_id: int, finding_id: str, keyed: Keyed, by: Actor = SYSTEM
) -> Outcome:
    """Mend the finding of that id, one that needs no list of the shop's; safe to repeat.

    The command is the same whether it was mended meanwhile or not, so the same key answers the
    first outcome. Raises LoyaltyError(INVALID_INPUT) for one that is for a person to look at, and
    REDEMPTION_NOT_FOUND or ORDER_NOT_FOUND for what is not there.
    """
    name, _, key = finding_id.partition(":")
    numbers = [id_number(part) for part in key.split(".")]
    mended = {kind.value: kind for kind in reconciling.MENDED}
    match mended.get(name), numbers:
        case FindingKind.CAPTURE_REFUSED | FindingKind.HOLD_NOT_CAPTURED, [int(order)]:
            order_id, command = await _of_order(runtime, merchant_id, order, keyed)
        case FindingKind() as kind, [int(customer), int(redemption)]:
            which = RedemptionRef(merchant_id, customer, redemption)
            order_id, command = await _of_redemption(runtime, kind, which, keyed)
        case _:
            raise refuse("There is nothing to repair here: it is for a person to look at.", "id")
    told = note(merchant_id, by, "finding.repair", order_id, after={"finding": name})
    return await runtime.ledger.submit(replace(command, note=told))


async def _of_redemption(
    runtime: Runtime, kind: FindingKind, which: RedemptionRef, keyed: Keyed
) -> tuple[str, Command]:
    held = await find_redemption(which.merchant_id, which.customer_id, which.id, runtime.clock())
    if held is None or held.order_id is None:
        raise LoyaltyError(Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",)))
    return held.order_id, steps(runtime, kind, held, keyed)[0]


async def _of_order(
    runtime: Runtime, merchant_id: int, number: int, keyed: Keyed
) -> tuple[str, Command]:
    order = await order_by_id(merchant_id, number)
    if order is None:
        raise LoyaltyError(Refusal(Code.ORDER_NOT_FOUND, field=("id",)))
    found = order.redemption_id
    if found is None:
        found = await reconciling.left_open(merchant_id, order.customer_id, order.order_id)
    if found is None:
        raise LoyaltyError(Refusal(Code.REDEMPTION_NOT_FOUND, field=("id",)))
    whose, order_id = order.customer_id, order.order_id
    return order_id, capturing_late(runtime, merchant_id, whose, order_id, found, keyed)
