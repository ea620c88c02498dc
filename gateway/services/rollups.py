"""Figures of customers and of days, made again where something changed. A job of the workers.

Any number of processes may do it side by side: who takes a row of a queue holds it until what it
asks for is made, and whatever asks for the same meanwhile waits for that, and comes back.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from gateway.services.counted import marks
from gateway.services.customer_days import COLUMNS, REACH, customer_days
from gateway.services.database import skip_locked, statement, transaction
from gateway.services.figure_changes import note_changes
from gateway.services.figure_loading import load
from gateway.services.figure_writing import ask_days, drop, known, put
from gateway.services.runtime import Runtime
from gateway.services.work import Job

SHARE: Final = 0.2
"""Of a process's time, at most: its first work is to answer."""
AT_ONCE: Final = 60
"""Customers in one transaction; it holds the loop for some hundred microseconds each."""
MICROSECONDS: Final = 1_000_000
KINDS: Final = {"BUYER": "buyer_before", "REPEAT": "repeat_before", "REDEEMER": "redeemer_before"}

# Read first and once: a plan that came back to it would take more than its part.
_TAKE: Final = """
    WITH taken AS MATERIALIZED (
        SELECT merchant_id, {key} FROM {table} ORDER BY merchant_id, {key} LIMIT ? {skip}
    )
    DELETE FROM {table} WHERE (merchant_id, {key}) IN (SELECT merchant_id, {key} FROM taken)
    RETURNING merchant_id, {key}
"""
_SUMS: Final = COLUMNS[1 : -len(REACH)]
_DAYS: Final = f"""
    INSERT INTO daily_figure
        (merchant_id, day, {", ".join(_SUMS)}, buyers, repeat_buyers, redeemers)
    SELECT merchant_id, day, {", ".join(f"sum({name})" for name in _SUMS)},
        {", ".join(f"count({name})" for name in REACH)}
    FROM customer_figure WHERE merchant_id = ? AND day IN {{days}} GROUP BY merchant_id, day
"""  # noqa: S608 - fixed names
_REACHED: Final = """
    INSERT INTO daily_reach (merchant_id, kind, day, day_before, customers)
    SELECT merchant_id, '{kind}', day, {column}, count(*) FROM customer_figure
    WHERE merchant_id = ? AND day IN {days} AND {column} IS NOT NULL
    GROUP BY merchant_id, day, {column}
"""


@dataclass(slots=True)
class Rollups:
    """Makes what is to be made again."""

    runtime: Runtime
    every_seconds: int = 20
    """Between two looks for what has changed."""
    _noted_at: int = 0

    def job(self) -> Job:
        """To be done again and again, a little at a time."""
        return Job("figures", self.every_seconds, self.step, drains=True, share=SHARE)

    async def step(self) -> int:
        """Make some of what is asked for; look for what has changed when there is none."""
        if made := await self._some():
            return made
        now = self.runtime.clock()
        if now - self._noted_at < self.every_seconds * MICROSECONDS:
            return 0
        self._noted_at = now
        await note_changes(self.runtime.clock)
        return await self._some()

    async def run(self) -> int:
        """Find what has changed and make all of it; how many customers and days that were."""
        await note_changes(self.runtime.clock)
        return await self.work_off()

    async def work_off(self) -> int:
        """Make all that is asked for."""
        done = 0
        while made := await self._some():
            done += made
        return done

    async def _some(self) -> int:
        """Customers first: a day is summed up when all of its customers are made."""
        return await transaction(self._customers) or await transaction(self._days)

    async def _take(self, table: str, key: str, most: int) -> dict[int, list[int]]:
        """Some of a queue, by merchant; few on SQLite, where others wait for the whole file."""
        skip = skip_locked()
        sql = _TAKE.format(table=table, key=key, skip=skip)
        taken: defaultdict[int, list[int]] = defaultdict(list)
        for row in await statement(sql, most if skip else most // 4):
            taken[row["merchant_id"]].append(row[key])
        return taken

    async def _customers(self) -> int:
        taken = await self._take("figure_due", "customer_id", AT_ONCE)
        for merchant_id, customers in sorted(taken.items()):
            await self._make(merchant_id, customers)
        return sum(map(len, taken.values()))

    async def _make(self, merchant_id: int, customers: list[int]) -> None:
        """Make the days of these customers, and ask for the days that are not what they were."""
        roots, facts = await load(merchant_id, customers)
        members = sorted({*roots, *customers})
        time_zone = (await self.runtime.directory.merchant(merchant_id)).time_zone
        new = {
            (root, day): values
            for root, told in facts.items()
            for day, values in customer_days(told, time_zone).items()
        }
        old = await known(merchant_id, members)
        changed = [key for key in new if new[key] != old.get(key)]
        gone = [key for key in old if key not in new]
        await put(merchant_id, [(key[0], new[key]) for key in sorted(changed)])
        await drop(merchant_id, gone)
        await ask_days(merchant_id, {day for _, day in (*changed, *gone)}, self.runtime.clock())

    async def _days(self) -> int:
        taken = await self._take("figure_day_due", "day", 12)
        for merchant_id, days in sorted(taken.items()):
            listed = marks(len(days))
            for table in ("daily_figure", "daily_reach"):
                clear = f"DELETE FROM {table} WHERE merchant_id = ? AND day IN {listed}"  # noqa: S608 - fixed names
                await statement(clear, merchant_id, *days)
            await statement(_DAYS.format(days=listed), merchant_id, *days)
            for kind, column in KINDS.items():
                sql = _REACHED.format(kind=kind, column=column, days=listed)
                await statement(sql, merchant_id, *days)
        return sum(map(len, taken.values()))
