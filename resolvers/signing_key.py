"""The keys with which a merchant's own backend signs: registered and revoked."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import LoyaltyError
from gateway.services import signing_keys as keys
from gateway.services.checks import check
from resolvers.presenting import tried
from schema import signing_key as shown
from schema.describe import arg

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def register(
    info: Info, input: Annotated[shown.RegisterSigningKeyInput, INPUT]
) -> shown.RegisterSigningKeyPayload:
    """Store a key; tokens that it signs are accepted from now on."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work(_: str) -> shown.SigningKey:
        algorithm, material, now = input.inside, input.material(), context.runtime.clock()
        secret_key = context.runtime.vault.secret_key
        try:
            kid = await keys.register_signing_key(
                merchant_id, algorithm, input.issuer, material, now, secret_key, context.actor
            )
        except LoyaltyError as error:
            raise _placed(error, input.place) from None
        view = keys.SigningKeyView(kid, algorithm, input.issuer, now, None)
        return shown.signing_key(view)

    done, errors = await tried(context, merchant_id, work)
    return shown.RegisterSigningKeyPayload(signing_key=done, user_errors=errors)


async def revoke(
    info: Info, input: Annotated[shown.RevokeSigningKeyInput, INPUT]
) -> shown.RevokeSigningKeyPayload:
    """End a key now and for good; safe to repeat."""
    context, merchant_id = info.context, info.context.require(Scope.CONFIGURE).merchant_id

    async def work(_: str) -> bool:
        now = context.runtime.clock()
        there = await keys.revoke_signing_key(merchant_id, input.kid, now, context.actor)
        check(there, "There is no such signing key.", "kid")
        context.runtime.forget_credentials()
        return True

    _, errors = await tried(context, merchant_id, work)
    return shown.RevokeSigningKeyPayload(user_errors=errors)


def _placed(error: LoyaltyError, place: str) -> LoyaltyError:
    """The service knows one material; here it stands in one of two fields."""
    if error.refusal.field != ("material",):
        return error
    return LoyaltyError(replace(error.refusal, field=(place,)), error.detail)
