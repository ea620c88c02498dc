"""What a customer's own page is told of while it is open."""

from __future__ import annotations

from collections.abc import AsyncIterator

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import bad_input
from gateway.services.customers import CustomerRef as Ref
from gateway.services.following import follow
from schema.changes import PointsChanged
from schema.changes import points_changed as present

Info = strawberry.Info[Context, None]


async def points_changed(info: Info) -> AsyncIterator[PointsChanged]:
    """The state now, then the latest state after each change; for a customer token alone."""
    context, principal = info.context, info.context.require(Scope.FOLLOW_OWN)
    runtime, ref = context.runtime, Ref(external_id=principal.external_id)
    known = await runtime.directory.customer(principal.merchant_id, ref)
    if known is None:
        raise bad_input("The customer of this token is not known here yet.")
    return follow(runtime.ledger, runtime.changes, (principal.merchant_id, known.id), present)
