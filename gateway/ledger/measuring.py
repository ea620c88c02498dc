"""How large the ledger's batches are and how long they take, lane by lane."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from gateway.ledger.coalescer import Run
from gateway.ledger.lanes import Ledger
from gateway.telemetry.metrics import gauge, histogram

BATCH_COMMANDS = histogram(
    "loyalty_ledger_batch_commands",
    "Commands, or on the lane `read` lookups, that shared one transaction.",
    "lane",
    bounds=(1, 2, 4, 8, 16, 32, 64, 128, 256, 512),
)
BATCH_SECONDS = histogram(
    "loyalty_ledger_batch_seconds",
    "How long a batch took, from its start to its commit, with all tries.",
    "lane",
    bounds=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
QUEUE = gauge("loyalty_ledger_queue_commands", "Commands that wait for their lane now.", "lane")


def measure(ledger: Ledger) -> None:
    """Watch every lane from now on."""
    for name, lane in ledger.coalescers().items():
        lane.around(lambda run, name=name: _measured(run, name))


def look(ledger: Ledger) -> None:
    """Set the gauges."""
    for name, lane in ledger.coalescers().items():
        QUEUE.set(lane.depth, name)


def _measured(run: Run[Any, Any], lane: str) -> Run[Any, Any]:
    async def measured(items: Sequence[Any]) -> Sequence[Any]:
        began = perf_counter()
        try:
            return await run(items)
        finally:
            BATCH_SECONDS.observe(perf_counter() - began, lane)
            BATCH_COMMANDS.observe(len(items), lane)

    return measured
