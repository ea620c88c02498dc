"""Spans around requests. Made only where traces are on; without them none of this is there."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gateway.http.graphql import GraphQLEndpoint
from gateway.http.observed import observed
from gateway.http.pipeline import Pipeline

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from gateway.http.answering import Answer
    from gateway.http.faults import Faults
    from gateway.http.negotiation import MediaType
    from gateway.http.pipeline import Prepared
    from gateway.http.reading import Asked
    from gateway.telemetry.traces import Tracing

_CONTEXT_HEADERS = (b"traceparent", b"tracestate")


class Traced:
    """ASGI middleware: one span a request, named by the template of its path."""

    def __init__(self, app: ASGIApp, tracing: Tracing) -> None:
        self._app = app
        self._tracing = tracing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request inside of its span."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode(): value.decode("latin-1")
            for name, value in scope["headers"]
            if name in _CONTEXT_HEADERS
        }
        with self._tracing.request(headers) as span:
            if not span.is_recording():
                await self._app(scope, receive, send)
                return
            status = 0

            async def noting(message: Message) -> None:
                nonlocal status
                if message["type"] == "http.response.start":
                    status = message["status"]
                await send(message)

            state = scope.setdefault("state", {})
            state["trace_id"] = f"{span.get_span_context().trace_id:032x}"
            try:
                await self._app(scope, receive, noting)
            finally:
                span.update_name(f"{scope['method']} {observed(scope, status, 0).route}")
                span.set_attributes(_attributes(scope, status))
                if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                    self._tracing.failed(span)


def _attributes(scope: Scope, status: int) -> dict[str, Any]:
    """What OpenTelemetry's conventions name so, and what a log line says too."""
    seen = observed(scope, status or HTTPStatus.INTERNAL_SERVER_ERROR, 0)
    said: dict[str, Any] = {
        "http.request.method": scope["method"],
        "http.route": seen.route,
        "http.response.status_code": seen.status,
        "loyalty.request_id": seen.request_id,
    }
    if code := seen.code:
        said["loyalty.code"] = code
    if seen.operation is not None:
        said["graphql.operation.name"], said["graphql.operation.type"] = seen.name, seen.kind
    if seen.context is not None and seen.context.principal is not None:
        said["loyalty.merchant"] = str(seen.context.principal.merchant_id)
    return said


class TracedPipeline(Pipeline):
    """Spans for finding out who calls and which document."""

    def __init__(self, *parts: Any, tracing: Tracing, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*parts, **options)
        self._tracing = tracing

    async def prepare(self, scope: Scope, asked: Asked) -> Prepared:
        """Prepare inside of a span."""
        with self._tracing.span("prepare"):
            return await super().prepare(scope, asked)


class TracedEndpoint(GraphQLEndpoint):
    """Spans for the execution itself."""

    def __init__(self, *parts: Any, tracing: Tracing, **options: Any) -> None:  # noqa: ANN401 - handed on
        super().__init__(*parts, **options)
        self._tracing = tracing

    async def _execute(self, prepared: Prepared, media_type: MediaType, faults: Faults) -> Answer:
        with self._tracing.span("execute"):
            return await super()._execute(prepared, media_type, faults)
