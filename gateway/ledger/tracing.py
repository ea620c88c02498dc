"""Spans for commands and for the batches that carry them out, linked to each other."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from gateway.ledger.coalescer import Run
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.lanes import Ledger

if TYPE_CHECKING:
    from opentelemetry.trace import SpanContext

    from gateway.telemetry.traces import Tracing


class TracedLedger(Ledger):
    """A ledger that says how long a command waited, and in which batch it went through."""

    def __init__(self, *parts: Any, tracing: Tracing, **options: Any) -> None:  # noqa: ANN401 - handed on
        """Besides `tracing`, all that a ledger is made of."""
        super().__init__(*parts, **options)
        self._tracing = tracing
        self._waiting: dict[int, SpanContext] = {}
        for name, lane in self.coalescers().items():
            lane.around(lambda run, name=name: self._traced(run, name))

    async def submit(self, command: Command) -> Outcome:
        """Carry the command out inside of a span: from the queue to the commit."""
        under = self._tracing.current()
        if under is None:
            return await super().submit(command)
        with self._tracing.span("ledger command"):
            self._waiting[id(command)] = self._tracing.current() or under
            try:
                return await super().submit(command)
            finally:
                self._waiting.pop(id(command), None)

    def _traced(self, run: Run[Any, Any], lane: str) -> Run[Any, Any]:
        async def traced(items: Sequence[Any]) -> Sequence[Any]:
            with self._batch(items, lane):
                return await run(items)

        return traced

    def _batch(self, items: Sequence[Any], lane: str) -> AbstractContextManager[Any]:
        known = (self._waiting.get(id(item)) for item in items)
        contexts = [context for context in known if context is not None]
        return self._tracing.batch(
            "ledger batch", contexts, **{"loyalty.lane": lane, "loyalty.commands": len(items)}
        )
