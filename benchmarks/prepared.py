"""`python -m benchmarks.prepared`: what it saves to prepare plain objects for each document.

The same requests to two gateways on one database, of which one executes by graphql-core alone.
"""

from __future__ import annotations

from statistics import median

from benchmarks import documents
from benchmarks.measuring import MakeTemplate, Target, measure
from benchmarks.place import Place, free_port, place
from benchmarks.process import Server

CONNECTIONS = 16
CUSTOMERS = 2_000
LOADS: dict[str, MakeTemplate] = {
    "preview": documents.preview,
    "preview with its offers": documents.offers,
    "apply": documents.apply,
}


def compare(rounds: int, seconds: int) -> None:
    """Load both in turn, every other round backwards; print each load as it is done."""
    with place("sqlite") as here:
        secret = here.seed(CUSTOMERS)
        with here.gateway() as prepared, _unprepared(here) as alone:
            for name, make in LOADS.items():
                spent: dict[Server, list[float]] = {prepared: [], alone: []}
                for number in range(rounds):
                    for server in list(spent)[:: -1 if number % 2 else 1]:
                        mark = f"{name[0]}-{number}-{server.port}"
                        spent[server].append(_load(server, secret, make, mark, seconds))
                print(_shown(name, spent[prepared], spent[alone]), flush=True)


def _load(server: Server, secret: str, make: MakeTemplate, mark: str, seconds: int) -> float:
    """Processor seconds of the server per request of one load."""
    figures = measure(Target(server, secret, CUSTOMERS), make, mark, CONNECTIONS, seconds)
    assert figures.cpu_per_request is not None  # noqa: S101 - measured for every server
    return figures.cpu_per_request


def _unprepared(here: Place) -> Server:
    port = free_port()
    command = ["-m", "benchmarks.unprepared", "serve", "--port", str(port)]
    return Server(command, port, here.env, here.directory / "unprepared.log")


def _shown(name: str, prepared: list[float], alone: list[float]) -> str:
    shares = [a / b for a, b in zip(prepared, alone, strict=True)]
    ours, theirs = (
        f"{median(s) * 1e6:,.0f} (least {min(s) * 1e6:,.0f})" for s in (prepared, alone)
    )
    return (
        f"{name}: {ours} µs, graphql-core alone {theirs} µs:"
        f" {median(shares):.0%} ({min(shares):.0%} … {max(shares):.0%})"
    )


if __name__ == "__main__":
    compare(rounds=7, seconds=2)
