"""The ASGI application around the gateway's parts: routes, lifespan, settings."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import ASGIApp

from gateway.composition import Clock, Gateway, wall_clock
from gateway.http.checkout_webhook import checkout_webhook_route
from gateway.http.console.pages import page_routes
from gateway.http.cors import Cors
from gateway.http.graphiql import asset_route, graphiql_page
from gateway.http.operations import Operations
from gateway.http.order_webhook import order_webhook_routes
from gateway.http.probes import probe_routes
from gateway.http.request_id import RequestId
from gateway.secret_key import settings_from_environment
from gateway.settings import Settings
from gateway.shutdown import Shutdown
from gateway.telemetry import log_failure, start_logging
from gateway.telemetry.traces import start_tracing


def create_app(
    settings: Settings | None = None,
    clock: Clock = wall_clock,
    demo_keys: Mapping[str, str] | None = None,
) -> Starlette:
    """The ASGI application: `uvicorn gateway.app:create_app --factory`.

    `demo_keys` stand in GraphiQL for everyone to read: only the demo gives any.
    """
    # Whoever hands settings in, such as a test, does not mean the environment's traces either.
    tracing = start_tracing(os.environ) if settings is None else None
    settings = settings or settings_from_environment()
    start_logging(settings.log_level)
    page = graphiql_page(demo_keys) if settings.graphiql else None
    gateway = Gateway(settings, clock, page, tracing)
    gateway.trust_documents()

    operations = Operations(settings, gateway, tracing)
    shutdown = Shutdown(settings.drain_seconds)
    probes = _probes(gateway, shutdown, {"sweeper": gateway.swept} if gateway.works else {})
    graphql: ASGIApp = Cors(gateway.endpoint, gateway.runtime.origins.known)
    routes: list[BaseRoute] = [
        Route("/graphql", RequestId(graphql)),
        checkout_webhook_route(gateway.webhook),
        *order_webhook_routes(gateway.order_webhook),
        *probes,
        *operations.routes(),
    ]
    if settings.subscriptions:
        routes.append(WebSocketRoute("/graphql", gateway.web_sockets()))
    if settings.console:
        routes += [*gateway.console_door().routes(), *page_routes()]
    if settings.graphiql:
        # Whoever opens the bare address is looking for the page.
        routes += [asset_route(), Route("/", RedirectResponse("/graphql"))]
    app = Starlette(
        routes=routes,
        middleware=operations.middleware(),
        lifespan=_lifespan(gateway, operations, shutdown),
    )
    app.state.gateway = gateway
    return app


def create_worker(settings: Settings | None = None, clock: Clock = wall_clock) -> Starlette:
    """What `loyalty work` runs: the jobs, with the probes and the metrics of a process, no API."""
    settings = replace(settings or settings_from_environment(), workers="inside")
    start_logging(settings.log_level)
    gateway = Gateway(settings, clock, serves=False)
    operations = Operations(settings, gateway)
    shutdown = Shutdown(settings.drain_seconds)

    async def well() -> bool:
        return not gateway.workers.late()

    routes = [*_probes(gateway, shutdown, {"jobs": well}), *operations.routes()]
    app = Starlette(routes=routes, lifespan=_lifespan(gateway, operations, shutdown))
    app.state.gateway = gateway
    return app


def _lifespan(
    gateway: Gateway, operations: Operations, shutdown: Shutdown
) -> Callable[[Starlette], AbstractAsyncContextManager[dict[str, object]]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[dict[str, object]]:
        await operations.start()
        try:
            await gateway.start()
            shutdown.listen()
            try:
                yield {"leave": gateway.leave}  # see gateway.cli.protocols
            finally:
                operations.flush()
                await gateway.stop()
        finally:
            await operations.stop()

    return lifespan


def _probes(
    gateway: Gateway, shutdown: Shutdown, more: Mapping[str, Callable[[], Awaitable[object]]]
) -> list[Route]:
    checks = {
        "database": gateway.store.ping,
        "migrations": gateway.versions.check,
        **more,
        "shutdown": shutdown.not_begun,
    }
    return probe_routes(
        checks,
        on_failure=lambda name, error: log_failure("not ready", error or Exception(name)),
    )
