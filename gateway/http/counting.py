"""Requests as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.auth import CallerKind
from gateway.telemetry.metrics import counter, histogram
from gateway.telemetry.names import Names

if TYPE_CHECKING:
    from gateway.http.observed import Observed

HTTP = counter(
    "loyalty_http_requests_total", "Requests by the template of their path.", "route", "status"
)
REQUESTS = counter(
    "loyalty_requests_total",
    "GraphQL requests by operation, kind and outcome.",
    "operation",
    "kind",
    "code",
)
SECONDS = histogram(
    "loyalty_request_seconds",
    "How long GraphQL requests took, from their headers to the end of the answer.",
    "kind",
    bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REFUSALS = counter(
    "loyalty_refusals_total",
    "Mutations refused as data, by the field and the code.",
    "mutation",
    "code",
)
_SECRET = frozenset((CallerKind.BACKEND, CallerKind.ADMIN))


class Counting:
    """Counts each request that has ended."""

    def __init__(self) -> None:
        self._names = Names()

    def __call__(self, seen: Observed) -> None:
        """Count it."""
        if seen.scope["type"] == "http":
            HTTP.add(seen.route, str(seen.status))
        code = seen.code
        if code is None:
            return
        kind = seen.kind
        REQUESTS.add(self._operation(seen), kind, code)
        SECONDS.observe(seen.seconds, kind)
        if seen.context is not None and seen.context.refusals:
            field = seen.mutation_field()
            for refusal in seen.context.refusals:
                REFUSALS.add(field, refusal.value)

    def _operation(self, seen: Observed) -> str:
        caller = seen.context and seen.context.principal
        return self._names.bounded(seen.name, trusted=caller is not None and caller.kind in _SECRET)
