"""`python -m benchmarks.door`: what the gateway's own HTTP door saves.

The same preview, on the same schema, resolvers, context and database, through the gateway's door
and through Strawberry's endpoint: as it comes, which parses and validates at each request, and
with the caches that it offers.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from benchmarks import documents
from benchmarks.measuring import Target, measure
from benchmarks.place import Place, free_port, place
from benchmarks.process import Server

CONNECTIONS = 16
CUSTOMERS = 200
OURS, STOCK, CACHED = "the gateway", "Strawberry's endpoint", "the same with its caches"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Processor seconds of the server per request, in each round, by endpoint."""

    spent: dict[str, list[float]]

    def share(self, other: str) -> list[float]:
        """The gateway's processor time as a share of the other's, round by round."""
        return [a / b for a, b in zip(self.spent[OURS], self.spent[other], strict=True)]


def compare(rounds: int, seconds: int) -> Comparison:
    """Load all in turn, every other round backwards: what slows the machine slows all alike."""
    spent: dict[str, list[float]] = {OURS: [], STOCK: [], CACHED: []}
    with place("sqlite") as here:
        secret = here.seed(CUSTOMERS)
        with here.gateway() as ours, _stock(here) as stock, _stock(here, caches="1") as cached:
            servers = {OURS: ours, STOCK: stock, CACHED: cached}
            for number in range(rounds):
                for name in list(servers)[:: -1 if number % 2 else 1]:
                    spent[name].append(_load(servers[name], secret, number, seconds))
    return Comparison(spent)


def _load(server: Server, secret: str, number: int, seconds: int) -> float:
    """Processor seconds per request of one load."""
    target = Target(server, secret, CUSTOMERS)
    figures = measure(target, documents.preview, f"door-{number}", CONNECTIONS, seconds)
    assert figures.cpu_per_request is not None  # noqa: S101 - measured for every server
    return figures.cpu_per_request


def _stock(here: Place, caches: str = "") -> Server:
    """Strawberry's endpoint on the same database; not started yet."""
    port = free_port()
    command = ["-m", "uvicorn", "benchmarks.stock:create_app", "--factory", "--no-access-log"]
    env = {**here.env, "STOCK_CACHES": caches}
    return Server([*command, "--port", str(port)], port, env, here.directory / f"stock{caches}.log")


def shown(compared: Comparison) -> str:
    """The figures for the terminal."""
    lines = ["", "a preview on SQLite, 16 connections: server CPU per request"]
    lines += [
        f"  {name:<26}{median(spent) * 1e6:>7,.0f} µs" for name, spent in compared.spent.items()
    ]
    for other in (STOCK, CACHED):
        shares = compared.share(other)
        lines.append(
            f"  the gateway's share of {other}: {median(shares):.0%}"
            f" ({min(shares):.0%} … {max(shares):.0%})"
        )
    return "\n".join(lines)


def as_json(compared: Comparison) -> dict[str, Any]:
    """The figures as plain values."""
    return asdict(compared)


if __name__ == "__main__":
    print(shown(compare(rounds=5, seconds=3)))
