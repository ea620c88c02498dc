"""The people who use the console: who is asking, inviting, changing, new passwords."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Principal, Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.services import staff as service
from gateway.services.checks import refuse
from gateway.services.staff_links import Link, invite_staff, reset_staff
from resolvers.presenting import tried
from schema import checks
from schema import staff as shown
from schema.describe import arg

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def viewer(info: Info) -> shown.Viewer | None:
    """Null for a key, which is nobody."""
    context, principal = info.context, info.context.require(Scope.READ_MERCHANT)
    if principal.staff_id is None:
        return None
    view = await service.find_staff(principal.merchant_id, principal.staff_id)
    return None if view is None else shown.viewer(view, principal, context.runtime.clock())


async def invite(
    info: Info, input: Annotated[shown.InviteStaffInput, INPUT]
) -> shown.StaffLinkPayload:
    """Make a link by which somebody new comes in."""
    context, principal = info.context, info.context.require(Scope.MANAGE_STAFF)
    runtime, now = context.runtime, context.runtime.clock()

    async def work(_: str) -> Link:
        role = service.Role(input.role.value)
        return await invite_staff(
            principal.merchant_id, input.email, role, now, runtime.ids, context.actor
        )

    link, errors = await tried(context, principal.merchant_id, work)
    return shown.link_payload(link, errors, now)


async def reset(
    info: Info, input: Annotated[shown.ResetStaffInput, INPUT]
) -> shown.StaffLinkPayload:
    """Make a link by which somebody chooses another password."""
    context, principal = info.context, info.context.require(Scope.MANAGE_STAFF)
    now = context.runtime.clock()

    async def work(_: str) -> Link:
        return await reset_staff(principal.merchant_id, _id(input.id), now, context.actor)

    link, errors = await tried(context, principal.merchant_id, work)
    return shown.link_payload(link, errors, now)


async def update(
    info: Info, input: Annotated[shown.UpdateStaffInput, INPUT]
) -> shown.UpdateStaffPayload:
    """Give another role, shut somebody out, or let them in again."""
    context, principal = info.context, info.context.require(Scope.MANAGE_STAFF)
    now = context.runtime.clock()

    async def work(_: str) -> service.StaffView:
        who, change = _other(principal, _id(input.id)), input.change()
        return await service.change_staff(principal.merchant_id, who, change, now, context.actor)

    view, errors = await tried(context, principal.merchant_id, work)
    return shown.UpdateStaffPayload(
        staff=None if view is None else shown.staff_member(view, now), user_errors=errors
    )


def _id(global_id: str) -> int:
    found = checks.numbers(global_id, shown.STAFF, 1)
    if found is None:
        raise refuse(service.NOBODY, "id")
    return found[0]


def _other(principal: Principal, staff_id: int) -> int:
    """Nobody locks themselves out by a slip."""
    if staff_id == principal.staff_id:
        raise _own()
    return staff_id


def _own() -> LoyaltyError:
    return refuse("Your own role and access are for another owner to change.", "id")
