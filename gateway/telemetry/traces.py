"""Traces by OpenTelemetry, where its own environment variables ask for them; else nothing.

OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) switches them on. Every other OTEL_… variable
means what OpenTelemetry says: sampler, headers, service name. Nothing of it is imported before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from gateway.errors import ConfigurationError

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.trace import Span, SpanContext

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")
_SPOKEN = "http/protobuf"
_STOP_SECONDS = 5
_NOTHING: AbstractContextManager[Any] = nullcontext()


class Tracing:
    """Makes spans. Below a request that is not sampled it makes none."""

    def __init__(self, provider: TracerProvider) -> None:
        """`provider` samples and sends."""
        from opentelemetry import trace  # noqa: PLC0415 - only where traces are wanted
        from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415 - the same
            TraceContextTextMapPropagator,
        )

        self._trace = trace
        self._provider = provider
        self._tracer = provider.get_tracer("loyalty-gateway")
        self._propagator = TraceContextTextMapPropagator()

    def request(self, headers: Mapping[str, str]) -> AbstractContextManager[Span]:
        """The span of one request, below the caller's where `traceparent` names one."""
        return self._tracer.start_as_current_span(
            "request",
            context=self._propagator.extract(headers),
            kind=self._trace.SpanKind.SERVER,
            record_exception=False,  # its text may hold what is nobody's business
            set_status_on_exception=False,
        )

    def span(self, name: str) -> AbstractContextManager[Any]:
        """A span of a part of the request that is under way."""
        if not self._trace.get_current_span().is_recording():
            return _NOTHING
        return self._tracer.start_as_current_span(
            name, record_exception=False, set_status_on_exception=False
        )

    def current(self) -> SpanContext | None:
        """The span that is under way; None where it is not sampled."""
        span = self._trace.get_current_span()
        return span.get_span_context() if span.is_recording() else None

    def batch(
        self, name: str, waiting: Iterable[SpanContext], **attributes: str | int
    ) -> AbstractContextManager[Any]:
        """A span of work done for several requests: below the first, with links to all."""
        contexts = list(waiting)
        if not contexts:
            return _NOTHING
        trace = self._trace
        return self._tracer.start_as_current_span(
            name,
            context=trace.set_span_in_context(trace.NonRecordingSpan(contexts[0])),
            links=[trace.Link(context) for context in contexts],
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        )

    def failed(self, span: Span) -> None:
        """Mark a span as one that ended in a fault of ours."""
        span.set_status(self._trace.StatusCode.ERROR)

    async def stop(self) -> None:
        """Send what is still to be sent, if the collector takes it within five seconds."""
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await asyncio.to_thread(self._provider.shutdown)
        except TimeoutError:
            return


def tracing_wanted(environ: Mapping[str, str]) -> bool:
    """Whether the environment asks for traces; nothing of OpenTelemetry is loaded.

    Raises ConfigurationError when it is not installed, or a protocol is asked for that is not
    spoken.
    """
    named = next((name for name in ENDPOINTS if environ.get(name)), None)
    off = environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    if named is None or off or environ.get("OTEL_TRACES_EXPORTER") == "none":
        return False
    for name in _PROTOCOLS:
        if environ.get(name, _SPOKEN) != _SPOKEN:
            raise ConfigurationError(f"{name} is {environ[name]!r}; allowed: {_SPOKEN}.")
    try:
        there = all(find_spec(package) for package in _PACKAGES)
    except ModuleNotFoundError:
        there = False
    if not there:
        raise ConfigurationError(
            f"{named} is set, but OpenTelemetry is not installed:"
            " install the extra `otel`, or unset it."
        )
    return True


def start_tracing(environ: Mapping[str, str]) -> Tracing | None:
    """Traces as the environment asks for them; None where it does not. Raises as above."""
    return Tracing(_provider(environ)) if tracing_wanted(environ) else None


def _provider(environ: Mapping[str, str]) -> TracerProvider:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - rarely wanted
        OTLPSpanExporter,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - the same
    from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - the same
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - the same

    named = "OTEL_SERVICE_NAME" in environ or "service.name" in environ.get(
        "OTEL_RESOURCE_ATTRIBUTES", ""
    )
    resource = Resource.create({} if named else {"service.name": "loyalty-gateway"})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider
