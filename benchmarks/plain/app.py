"""The application: `uvicorn benchmarks.plain.app:create_app --factory`, with PLAIN_DATABASE_URL."""

from __future__ import annotations

import hashlib
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import strawberry
from babel.numbers import format_currency
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from tortoise.context import TortoiseContext

from benchmarks.plain import redeeming
from benchmarks.plain.models import Merchant
from benchmarks.plain.types import (
    ApplyRedemptionInput,
    ApplyRedemptionPayload,
    CurrencyCode,
    Money,
    PointsBalance,
    Redemption,
    RedemptionError,
    RedemptionPreview,
    RedemptionPreviewInput,
    Status,
)

Info = strawberry.Info[dict[str, Any], None]


def _minor(amount: str) -> int:
    return int(Decimal(amount) * 100)


def _money(minor: int) -> Money:
    return Money(amount=str(Decimal(minor).scaleb(-2)), currency_code=CurrencyCode.INR)


@strawberry.type
class Query:
    """Preview."""

    @strawberry.field
    async def redemption_preview(
        self,
        info: Info,
        input: RedemptionPreviewInput,  # noqa: A002 - the argument's name in the schema
    ) -> RedemptionPreview:
        """What could be redeemed."""
        total = _minor(input.cart.total.amount)
        offer, account, quote = await redeeming.preview(
            info.context["merchant"],
            input.customer.external_id,
            input.cart.id,
            total,
            input.points,
        )
        saved = format_currency(Decimal(offer.discount_minor) / 100, "INR", locale="en_IN")
        return RedemptionPreview(
            eligible=offer.points > 0,
            points=offer.points,
            message=f"Use {offer.points} points and save {saved}.",
            quote=quote if offer.points else None,
            discount=_money(offer.discount_minor),
            payable=_money(total - offer.discount_minor),
            balance=PointsBalance(available=account.available, held=account.held),
        )


@strawberry.type
class Mutation:
    """Apply."""

    @strawberry.mutation
    async def apply_redemption(
        self,
        info: Info,
        input: ApplyRedemptionInput,  # noqa: A002 - the argument's name in the schema
    ) -> ApplyRedemptionPayload:
        """Reserve points for a cart."""
        wish = redeeming.Wish(
            external_id=input.customer.external_id,
            cart_id=input.cart.id,
            total=_minor(input.cart.total.amount),
            points=input.points,
            key=input.idempotency_key,
        )
        try:
            made, replayed = await redeeming.apply(info.context["merchant"], wish)
        except redeeming.RefusalError as refused:
            error = RedemptionError(code=str(refused), message="The points cannot be used.")
            return ApplyRedemptionPayload(
                redemption=None, payable=None, replayed=False, user_errors=[error]
            )
        redemption = Redemption(
            id=strawberry.ID(str(made.id)),
            status=Status[made.status],
            points=made.points,
            discount=_money(made.discount_minor),
            expires_at=made.expires_at,
        )
        payable = _money(made.total_minor - made.discount_minor)
        return ApplyRedemptionPayload(
            redemption=redemption, payable=payable, replayed=replayed, user_errors=[]
        )


class Endpoint(GraphQL[dict[str, Any], None]):
    """Strawberry's endpoint; the context knows the merchant of the Secret Webhook ID."""

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> dict[str, Any]:
        """Look the secret up; the probe of a start has none."""
        secret = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not secret:
            return {"merchant": None}
        digest = hashlib.sha256(secret.encode()).hexdigest()
        return {"merchant": await Merchant.get(secret_hash=digest)}


@asynccontextmanager
async def database(url: str) -> AsyncGenerator[None]:
    """Open the database, and make its tables where they are not there."""
    async with TortoiseContext() as context:
        await context.init(
            db_url=url,
            modules={"models": ["benchmarks.plain.models"]},
            _enable_global_fallback=True,
        )
        await context.generate_schemas(safe=True)
        yield


@asynccontextmanager
async def _lifespan(_: Starlette) -> AsyncGenerator[None]:
    async with database(os.environ["PLAIN_DATABASE_URL"]):
        yield


def create_app() -> Starlette:
    """The ASGI application."""
    endpoint = Endpoint(strawberry.Schema(Query, Mutation))
    return Starlette(routes=[Route("/graphql", endpoint)], lifespan=_lifespan)
