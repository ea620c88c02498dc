"""A rule before it is published, tried on the carts of the last weeks."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.whatif import WhatIf, WhatIfState
from gateway.services.whatif_asking import what_if as begin
from resolvers.presenting import tried
from schema import checks
from schema.describe import arg
from schema.errors import RedemptionError
from schema.whatif import WhatIfInput, WhatIfProgress, what_if_progress

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


class _Shown:
    """The states as they are shown; closed with what makes them."""

    def __init__(self, states: WhatIf) -> None:
        self._states = states

    def __aiter__(self) -> _Shown:
        return self

    async def __anext__(self) -> WhatIfProgress:
        state: WhatIfState = await anext(self._states)
        return what_if_progress(state)

    async def aclose(self) -> None:
        await self._states.aclose()


async def what_if(
    info: Info, input: Annotated[WhatIfInput, INPUT]
) -> AsyncIterator[WhatIfProgress]:
    """Changes nothing. It goes on only while somebody listens."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)

    async def work(currency: str) -> WhatIf:
        draft, days = input.rule.draft(currency), input.checked_days()
        named = None if input.id is None else checks.numbers(input.id, "RedemptionRule", 1)
        rule_id = None if named is None else named[0]
        return await begin(context.runtime, principal.merchant_id, draft, rule_id, days)

    states, errors = await tried(context, principal.merchant_id, work)
    return _refused(errors) if states is None else _Shown(states)


async def _refused(errors: list[RedemptionError]) -> AsyncGenerator[WhatIfProgress]:
    yield WhatIfProgress(
        done=0, total=0, waiting=False, recorded_since=None, result=None, user_errors=errors
    )
