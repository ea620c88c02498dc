"""One log line a request."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from gateway.telemetry.logs import shown_time

if TYPE_CHECKING:
    from gateway.http.observed import Observed
    from gateway.telemetry.writer import Writer

HAND_OVER_SECONDS = 0.1
"""Lines go to the writer's thread together: to wake it for each would cost more than the line."""
QUIET = frozenset(("/healthz", "/readyz", "/metrics"))
"""Asked every few seconds by machines; what they find wrong has lines of its own."""


class AccessLog:
    """Makes the lines and hands them over, ten times a second."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._lines: list[dict[str, object]] = []

    def __call__(self, seen: Observed) -> None:
        """Take down one request."""
        if seen.route in QUIET:
            return
        if not self._lines:
            asyncio.get_running_loop().call_later(HAND_OVER_SECONDS, self.hand_over)
        self._lines.append(line(seen))

    def hand_over(self) -> None:
        """Give the writer all lines that there are."""
        lines, self._lines = self._lines, []
        self._writer.put(*lines)


def line(seen: Observed) -> dict[str, object]:
    """What the line says; what is not known is left out."""
    said: dict[str, object] = {
        "time": shown_time(time.time()),
        "level": "info",
        "event": "request",
        "request_id": seen.request_id,
        "method": seen.scope["method"] if seen.scope["type"] == "http" else "WEBSOCKET",
        "route": seen.route,
        "status": seen.status,
        "ms": round(seen.seconds * 1000, 2),
    }
    if code := seen.code:
        said["code"] = code
    if seen.operation is not None:
        said["operation"], said["kind"] = seen.name, seen.kind
    caller = seen.context and seen.context.principal
    if caller is not None:
        said["merchant"], said["caller"] = str(caller.merchant_id), caller.kind.value.lower()
    trace_id = seen.scope["state"].get("trace_id")
    if trace_id is not None:
        said["trace_id"] = trace_id
    return said
