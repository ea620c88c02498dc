"""Tickets about rewards, told to be counted."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.support_tickets import record_ticket
from resolvers.presenting import tried
from schema import support_ticket as shown
from schema.describe import arg

Info = strawberry.Info[Context, None]


async def record_support_ticket(
    info: Info, input: Annotated[shown.RecordSupportTicketInput, arg("See the input's fields.")]
) -> shown.RecordSupportTicketPayload:
    """Count a ticket; nothing of its content is kept."""
    context, principal = info.context, info.context.require(Scope.MANAGE_CUSTOMERS)
    runtime, merchant_id = context.runtime, principal.merchant_id

    async def work(_: str) -> bool:
        zone = (await runtime.directory.merchant(merchant_id)).time_zone
        now = runtime.clock()
        return await record_ticket(merchant_id, input.reference, input.moment(), now, zone)

    new, errors = await tried(context, merchant_id, work)
    return shown.RecordSupportTicketPayload(
        recorded=new is not None, replayed=new is False, user_errors=errors
    )
