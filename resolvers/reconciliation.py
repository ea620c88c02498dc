"""What does not agree, for staff, and mending it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.ledger.commands import Outcome
from gateway.loaders import Loaded
from gateway.services import findings as inside
from gateway.services.directory import Known
from gateway.services.reconciling import Position, findings, span_of
from gateway.services.repairing import repair
from resolvers import callers
from resolvers.presenting import program_of
from schema import reconciliation as outside
from schema.customer import Customer, customer
from schema.describe import arg
from schema.errors import refused, user_error
from schema.node import PageInfo
from schema.order import order as shown_order
from schema.redemption import Redemption, shown
from schema.scalars import microseconds

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def reconciliation(
    info: Info,
    since: Annotated[
        datetime | None, arg("From when on; absent: the seven days before `until`.")
    ] = None,
    until: Annotated[datetime | None, arg("Before when; absent: now.")] = None,
    kinds: Annotated[
        list[outside.FindingKind] | None, arg("Which kinds; absent: all of them.")
    ] = None,
    grace_seconds: Annotated[
        int | None, arg("How long a capture may wait for its order, up to 30 days.")
    ] = 3_600,
    first: Annotated[int | None, arg("How many, 1 to 100; 20 where it is absent.")] = 20,
    after: Annotated[str | None, arg("The `endCursor` of an earlier page.")] = None,
) -> outside.FindingConnection:
    """A page; what is right is not in it."""
    context, principal = info.context, info.context.require(Scope.READ_MERCHANT)
    runtime, merchant_id = context.runtime, principal.merchant_id
    span = span_of(runtime.clock(), _time(since), _time(until), grace_seconds)
    page = await findings(
        runtime,
        merchant_id,
        span,
        inside.HERE if kinds is None else [inside.FindingKind[kind.name] for kind in kinds],
        20 if first is None else first,
        outside.position_of(after),
    )
    currency = (await runtime.directory.merchant(merchant_id)).currency
    edges = [_edge(found, currency) for found in page.items]
    return outside.FindingConnection(edges=edges, page_info=_page_info(edges, page.last, after))


async def repair_finding(
    info: Info, input: Annotated[outside.RepairFindingInput, INPUT]
) -> outside.RepairFindingPayload:
    """Carry out what the finding proposes."""
    context, principal = info.context, info.context.require(Scope.ADJUST)
    merchant_id = principal.merchant_id
    keyed = callers.keyed(principal, input.idempotency_key)
    currency = (await context.runtime.directory.merchant(merchant_id)).currency
    try:
        number = outside.id_within(input.id)
        outcome = await repair(context.runtime, merchant_id, number, keyed, context.actor)
    except LoyaltyError as error:
        errors = [refused(context, currency, error)]
        return outside.RepairFindingPayload(
            order=None, redemption=None, customer=None, replayed=False, user_errors=errors
        )
    return await _repaired(context, currency, outcome)


async def _repaired(
    context: Context, currency: str, outcome: Outcome
) -> outside.RepairFindingPayload:
    state, held = outcome.order, outcome.redemption
    about = state or held
    errors = []
    if outcome.refusal is not None:
        errors = [user_error(context, currency, outcome.refusal)]
    whose = about and customer(about.merchant_id, Known(about.customer_id), Loaded())
    return outside.RepairFindingPayload(
        order=state and whose and shown_order(state, currency, whose, held),
        redemption=await _redemption(context, outcome, whose),
        customer=whose,
        replayed=outcome.replayed,
        user_errors=errors,
    )


async def _redemption(
    context: Context, outcome: Outcome, whose: Customer | None
) -> Redemption | None:
    held = outcome.redemption
    if held is None or whose is None:
        return None
    program = await program_of(context, held.merchant_id, held.program_version)
    return shown(held, program, whose)


def _edge(found: inside.Finding, currency: str) -> outside.FindingEdge:
    if found.customer_id is None:
        raise AssertionError("what is found here is a customer's")
    whose = customer(found.merchant_id, Known(found.customer_id), Loaded())
    position = (found.kind, *found.position)
    node = outside.finding(found, currency, whose)
    return outside.FindingEdge(cursor=outside.cursor(position), node=node)


def _page_info(
    edges: list[outside.FindingEdge], last: Position | None, after: str | None
) -> PageInfo:
    """Where a page without a finding ended is known as well: the next one goes on from there."""
    ends = edges[-1].cursor if edges else None
    return PageInfo(
        has_next_page=last is not None,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=ends if last is None else outside.cursor(last),
    )


def _time(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)
