"""The benchmark of one engine: the gateway under load, and its ratios to two plainer ways."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from benchmarks import completing, documents
from benchmarks.measuring import (
    Figures,
    MakeTemplate,
    Target,
    measure,
    measure_sequential,
)
from benchmarks.place import Engine, Place, free_port, place
from benchmarks.plain.seed import SECRET
from benchmarks.process import ROOT, Server, environment
from benchmarks.rounds import Ratio, Round, ratio

CUSTOMERS = 2_000
CONNECTIONS = (1, 16, 64)
BUSY = 64
GATEWAY_PREVIEW, GATEWAY_APPLY = "preview, gateway", "apply, gateway"
PLAIN_PREVIEW, PLAIN_APPLY = "preview, plain", "apply, plain"
SEQUENTIAL = "apply, one by one"
RATIOS = (
    ("preview: plain Strawberry and Tortoise", GATEWAY_PREVIEW, PLAIN_PREVIEW),
    ("apply: plain Strawberry and Tortoise", GATEWAY_APPLY, PLAIN_APPLY),
    ("apply: the same SQL, one transaction at a time, no HTTP", GATEWAY_APPLY, SEQUENTIAL),
)
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How long to measure. Seconds are whole: wrk knows no others."""

    seconds: int
    """Of each line of the table."""
    round_seconds: int
    rounds: int
    merchants: int
    """Loads of applies take turns on so many merchants: few carts are open for each customer."""


FULL = Sizes(seconds=5, round_seconds=3, rounds=5, merchants=8)
QUICK = Sizes(seconds=1, round_seconds=1, rounds=3, merchants=2)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    operation: str
    connections: int
    figures: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that was measured on one engine."""

    engine: Engine
    start_seconds: float
    """From the start of the process to the first answered GraphQL request."""
    resident_mib: float
    """Memory of the server process after all loads."""
    lines: list[Line]
    ratios: list[Ratio]
    orders: list[Ratio]
    """How completions of orders do against applies."""
    clean: bool
    """Whether `loyalty verify` found nothing after the loads."""
    verification: str


def bench(engine: Engine, sizes: Sizes, say: Say) -> Report:
    """Measure one engine. `say` is told what is being done."""
    with place(engine) as here:
        say(f"{engine}: seeding")
        keys = [here.seed_keys(CUSTOMERS) for _ in range(sizes.merchants)]
        merchants = [each["secretWebhookId"] for each in keys]
        with here.gateway() as gateway:
            lines = _table(gateway, merchants, sizes, say)
            with _plain(here) as plain:
                ratios = _ratios(here, gateway, plain, merchants, sizes, say)
            turns = completing.Turns(
                gateway=gateway,
                connections=BUSY,
                seconds=max(1, sizes.round_seconds - 1),
                admin_keys=[each["adminKey"] for each in keys],
                target=partial(_target, gateway, merchants),
                first_turn=len(CONNECTIONS) + sizes.rounds,
            )
            orders = completing.measure_orders(turns, sizes.rounds, say)
            resident = gateway.resident_mib()
        say(f"{engine}: verifying")
        clean, verification = here.verify()
    return Report(
        engine=engine,
        start_seconds=gateway.start_seconds,
        resident_mib=resident,
        lines=lines,
        ratios=ratios,
        orders=orders,
        clean=clean,
        verification=verification,
    )


def _table(gateway: Server, merchants: list[str], sizes: Sizes, say: Say) -> list[Line]:
    lines: list[Line] = []
    for number, connections in enumerate(CONNECTIONS):
        target = _target(gateway, merchants, number)
        for name, make in (("preview", documents.preview), ("apply", documents.apply)):
            say(f"{name} at {connections} connections")
            mark = f"table-{name}-{connections}"
            figures = measure(target, make, mark, connections, sizes.seconds)
            lines.append(Line(name, connections, figures))
    return sorted(lines, key=lambda line: line.operation, reverse=True)


def _ratios(
    here: Place,
    gateway: Server,
    plain: Server,
    merchants: list[str],
    sizes: Sizes,
    say: Say,
) -> list[Ratio]:
    """Short rounds in turn, every other one backwards: what slows the machine slows all alike."""
    rounds: list[Round] = []
    for number in range(sizes.rounds):
        say(f"round {number + 1} of {sizes.rounds}")
        turn = len(CONNECTIONS) + number
        own, other = _target(gateway, merchants, turn), Target(plain, SECRET, CUSTOMERS, slow=True)
        loads = _loads(here, own, other, f"round-{number}", sizes.round_seconds)
        order = list(loads) if number % 2 == 0 else list(reversed(loads))
        rounds.append({name: loads[name]() for name in order})
    return [ratio(name, rounds, one, two) for name, one, two in RATIOS]


def _loads(
    here: Place, own: Target, other: Target, mark: str, seconds: int
) -> dict[str, Callable[[], Figures]]:
    """The loads of one round."""

    def load(target: Target, make: MakeTemplate) -> Callable[[], Figures]:
        return lambda: measure(target, make, mark, BUSY, seconds)

    return {
        GATEWAY_PREVIEW: load(own, documents.preview),
        PLAIN_PREVIEW: load(other, documents.preview),
        GATEWAY_APPLY: load(own, documents.apply),
        SEQUENTIAL: lambda: measure_sequential(here, own, f"{mark}-one", seconds),
        PLAIN_APPLY: load(other, documents.apply),
    }


def _target(gateway: Server, merchants: list[str], turn: int) -> Target:
    """The merchant whose turn it is, every shopper having looked at a cart before."""
    target = Target(gateway, merchants[turn % len(merchants)], CUSTOMERS)
    measure(target, documents.preview, f"warm-{turn}", BUSY, 1)
    return target


def _plain(here: Place) -> Server:
    """The plain implementation over its own seeded database; not started yet."""
    env, port = environment(PLAIN_DATABASE_URL=here.plain_url), free_port()
    seed = [sys.executable, "-m", "benchmarks.plain.seed", str(CUSTOMERS)]
    subprocess.run(seed, cwd=ROOT, env=env, check=True)
    command = ["-m", "uvicorn", "benchmarks.plain.app:create_app", "--factory", "--no-access-log"]
    return Server([*command, "--port", str(port)], port, env, here.directory / "plain.log")
