"""One engine's year: where it takes place, what it came to, and how that is told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.place import Engine, place
from benchmarks.year.comparing import Comparison, DiffersError
from benchmarks.year.naive import Naive
from benchmarks.year.playing import opened
from benchmarks.year.script import script
from gateway.ledger.verify import verify
from gateway.services.database import statement

CUSTOMERS, ORDERS = 2_000, 20_000
_MOVED = (
    "SELECT kind, count(*) AS n, sum(points) AS points FROM journal GROUP BY kind ORDER BY kind"
)
_LATE = "SELECT count(*) AS n FROM redemption WHERE close_reason = 'LATE'"
_NOTED = "SELECT count(*) AS n FROM customer_order WHERE capture_refusal IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """What a year came to on one engine."""

    engine: Engine
    seed: int
    events: int
    seconds: float
    """That the gateway took for the events; comparing is not counted."""
    answers: dict[str, int]
    """How many events of each kind had each answer."""
    moved: dict[str, tuple[int, int]]
    """Entries of the journal by kind, and their points."""
    late_captures: int
    refused_captures: int
    """Orders that stand although what they redeem could not be captured."""
    compared: dict[str, int]
    differences: list[str]
    verified: list[str]
    """What `verify` found; nothing, if all is well."""

    @property
    def holds(self) -> bool:
        """Whether all is as it was worked out."""
        return not self.differences and not self.verified

    def as_json(self) -> dict[str, Any]:
        """The year as plain values."""
        return asdict(self)


def prove(
    engine: Engine, seed: int, customers: int, orders: int, say: Callable[[str], object]
) -> Year:
    """Play the year on a database of its own."""
    with place(engine, durable=False) as here:
        say(f"{engine}: {customers:,} customers, {orders:,} orders, seed {seed}")
        return asyncio.run(year_on(engine, here.url, seed, customers, orders, say))


async def year_on(
    engine: Engine,
    url: str,
    seed: int,
    customers: int,
    orders: int,
    say: Callable[[str], object] = lambda _: None,
) -> Year:
    """Play the year on an empty database."""
    events = script(seed, customers, orders)
    async with opened(url) as play:
        comparison = Comparison(play, Naive(), say)
        try:
            await comparison.run(events)
        except DiffersError:
            say("too much differs")
        moved = {row["kind"]: (row["n"], int(row["points"])) for row in await statement(_MOVED)}
        late, noted = [(await statement(sql))[0]["n"] for sql in (_LATE, _NOTED)]
        say("verifying")
        report = await verify(url, now=play.clock.now, sweep_seconds=30)
    answers = Counter(play.answers)
    return Year(
        engine=engine,
        seed=seed,
        events=sum(answers.values()),
        seconds=comparison.seconds,
        answers={f"{kind} {answer}": count for (kind, answer), count in sorted(answers.items())},
        moved=moved,
        late_captures=late,
        refused_captures=noted,
        compared=dict(comparison.compared),
        differences=comparison.differences,
        verified=[f"{check.name}: {check.violations}" for check in report.checks if not check.ok],
    )


def shown(year: Year) -> str:
    """For the terminal."""
    verdict = "as worked out" if not year.differences else "DIFFERENT"
    rate = year.events / year.seconds if year.seconds else 0
    compared = ", ".join(f"{count:,} {what}" for what, count in year.compared.items())
    lines = [
        f"{year.engine}, seed {year.seed}: {year.events:,} events, {rate:,.0f} a second: {verdict}",
        f"  compared: {compared}",
        f"  captured late: {year.late_captures:,}; not captured: {year.refused_captures:,}",
        *(f"  {kind:<34} {each[0]:>8,} {each[1]:>12,} points" for kind, each in year.moved.items()),
        *(f"  {what:<34} {count:>8,}" for what, count in year.answers.items()),
        f"  loyalty verify: {'clean' if not year.verified else year.verified}",
        *(f"  DIFFERS {line}" for line in year.differences),
    ]
    return "\n".join(lines)
