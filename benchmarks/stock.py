"""The same schema behind Strawberry's own endpoint.

Serve it by `uvicorn benchmarks.stock:create_app --factory`.
With STOCK_CACHES set, its extensions remember what they parsed and validated; as it comes, there
are none.

Everything but the door is the gateway's: schema, resolvers, context, services, ledger, settings.
"""

from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry import Schema
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from gateway.app import create_app as create_gateway
from gateway.composition import Gateway
from resolvers.build import build_schema


class StockEndpoint(GraphQL[object, None]):
    """`strawberry.asgi.GraphQL` as it comes; what resolvers see is the gateway's own context."""

    def __init__(self, schema: Schema, gateway: Gateway) -> None:
        super().__init__(schema)
        self._gateway = gateway

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> object:
        """Find out who calls, as the gateway does."""
        return await self._gateway.reception.context(request.scope)


def create_app() -> Starlette:
    """The gateway of this environment, with the other door."""
    app = create_gateway()
    schema = build_schema()
    if os.environ.get("STOCK_CACHES"):
        schema.extensions = (ParserCache, ValidationCache)
    stock = Route("/graphql", StockEndpoint(schema, app.state.gateway))
    app.router.routes[:] = [stock, *(each for each in app.routes if each is not app.routes[0])]
    return app
