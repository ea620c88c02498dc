"""The merchant's keys: made and ended."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.checks import check, refuse
from gateway.services.credentials import create_credential, revoke_credential
from gateway.services.secrets import CredentialKind
from resolvers.presenting import tried
from schema import checks
from schema import credential as shown
from schema.describe import arg

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")
UNKNOWN = "There is no such key."


async def create(
    info: Info, input: Annotated[shown.CreateCredentialInput, INPUT]
) -> shown.CreateCredentialPayload:
    """Make a key; its secret is told once."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)
    runtime = context.runtime

    async def work(_: str) -> str:
        issued = await create_credential(
            principal.merchant_id,
            CredentialKind(input.kind.value),
            input.label,
            runtime.clock(),
            runtime.ids,
            context.actor,
        )
        return issued.secret

    secret, errors = await tried(context, principal.merchant_id, work)
    return shown.CreateCredentialPayload(secret=secret, user_errors=errors)


async def revoke(
    info: Info, input: Annotated[shown.RevokeCredentialInput, INPUT]
) -> shown.RevokeCredentialPayload:
    """End a key now and for good."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)
    runtime = context.runtime

    async def work(_: str) -> bool:
        found = checks.numbers(input.id, shown.CREDENTIAL, 1)
        if found is None:
            raise refuse(UNKNOWN, "id")
        merchant_id, now = principal.merchant_id, runtime.clock()
        check(await revoke_credential(merchant_id, found[0], now, context.actor), UNKNOWN, "id")
        runtime.forget_credentials()
        return True

    _, errors = await tried(context, principal.merchant_id, work)
    return shown.RevokeCredentialPayload(user_errors=errors)
