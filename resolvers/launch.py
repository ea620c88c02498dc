"""The go-live test, for staff."""

from __future__ import annotations

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.launch_check import run_launch_check as run
from schema import launch as shown

Info = strawberry.Info[Context, None]


async def run_launch_check(info: Info) -> shown.RunLaunchCheckPayload:
    """Try everything now."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)
    found = await run(context.runtime, principal.merchant_id)
    return shown.RunLaunchCheckPayload(report=shown.report(found))
