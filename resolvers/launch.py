"""The go-live test, for staff."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.launch_check import run_launch_check as run
from schema import launch as shown
from schema.describe import arg

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def run_launch_check(
    info: Info, input: Annotated[shown.RunLaunchCheckInput, INPUT]
) -> shown.RunLaunchCheckPayload:
    """Try everything now, or some of it."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)
    found = await run(context.runtime, principal.merchant_id, items=input.items)
    return shown.RunLaunchCheckPayload(report=shown.report(found))
