"""What a merchant gives once for an occasion: for signing up, and for each birthday.

`customer.awards_due_at` says when to look at a customer next: at once when it is new, and then when
its next birthday begins at the merchant's place. Nothing is claimed: whoever looks, and however
often, the ledger gives each occasion once (`award`), and the next time is only set where it is
still the one that was looked at. So a process that dies in between has given too little for a
moment, and never twice.
"""

from __future__ import annotations

from asyncio import gather
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import orjson

from gateway.errors import RequestError
from gateway.ledger.order_commands import Award
from gateway.rules.earning_rules import EarningKind
from gateway.services.birthdays import is_birthday, later_birthday, local_day
from gateway.services.customers import CustomerView
from gateway.services.database import json_rows, statement
from gateway.services.merchants import MerchantView
from gateway.services.programs import program_in_force
from gateway.services.runtime import Runtime

BATCH: Final = 200
SIGN_UP: Final = "SIGN_UP"

_DUE: Final = """
    SELECT merchant_id, id, birthday, created_at, awards_due_at FROM customer
    WHERE awards_due_at <= ? AND (awards_due_at > ? OR (awards_due_at = ?
        AND (merchant_id > ? OR (merchant_id = ? AND id > ?))))
    ORDER BY awards_due_at, merchant_id, id LIMIT ?
"""
_NEXT: Final = """
    WITH x (merchant_id, id, was, later) AS ({rows})
    UPDATE customer SET awards_due_at = x.later FROM x
    WHERE customer.merchant_id = x.merchant_id AND customer.id = x.id AND awards_due_at = x.was
"""


Next = tuple[int, int, int, int | None]
"""Of a merchant's customer: the time that was looked at, and the next; None: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A customer to look at. Times are microseconds since the epoch."""

    merchant_id: int
    id: int
    birthday: str | None
    created_at: int
    awards_due_at: int


@dataclass(frozen=True, slots=True)
class Awards:
    """Gives what is due. Several processes may do so side by side."""

    runtime: Runtime

    async def run(self) -> int:
        """Look at every customer who is due; answers how many there were.

        One who cannot be given now stays due, and keeps nobody else from it.
        """
        now, after, looked_at = self.runtime.clock(), (-1, 0, 0), 0
        while True:
            at, merchant, customer = after
            rows = await statement(_DUE, now, at, at, merchant, merchant, customer, BATCH)
            batch = [Due(**row) for row in rows]
            done = await gather(*map(self._give, batch), return_exceptions=True)
            failed = [each for each in done if isinstance(each, BaseException)]
            await _set([each for each in done if not isinstance(each, BaseException)])
            looked_at += len(batch) - len(failed)
            fault = next((each for each in failed if not isinstance(each, RequestError)), None)
            if fault is not None:
                raise fault
            if len(batch) < BATCH:
                return looked_at
            last = batch[-1]
            after = last.awards_due_at, last.merchant_id, last.id

    async def _give(self, due: Due) -> Next:
        return await give(self.runtime, await self.runtime.directory.merchant(due.merchant_id), due)


async def give_at_once(runtime: Runtime, merchant: MerchantView, view: CustomerView) -> None:
    """Give a customer who was just written what is due, so that it is seen at once.

    Where the ledger is too busy for that, it is given later.
    """
    due_at = view.awards_due_at
    if due_at is None or due_at > runtime.clock():
        return
    due = Due(
        merchant_id=merchant.id,
        id=view.id,
        birthday=view.birthday,
        created_at=view.created_at,
        awards_due_at=due_at,
    )
    try:
        await _set([await give(runtime, merchant, due)])
    except RequestError:
        return


async def give(runtime: Runtime, merchant: MerchantView, due: Due) -> Next:
    """Give for each occasion that has come, where the merchant gives for it; when the next does."""
    now = runtime.clock()
    program = await program_in_force(runtime.programs, merchant.id)
    kinds = {rule.kind for rule in program.earning.rules}
    for kind, occasion in _occasions(due, merchant.time_zone, now):
        if kind in kinds:
            award = Award(merchant_id=merchant.id, customer_id=due.id, kind=kind, occasion=occasion)
            await runtime.ledger.submit(award)
    later = later_birthday(due.birthday, now, merchant.time_zone) if due.birthday else None
    return merchant.id, due.id, due.awards_due_at, later


async def _set(following: list[Next]) -> None:
    """Set when to look next, where it is still the time that was looked at."""
    if following:
        await statement(_NEXT.format(rows=json_rows(4)), orjson.dumps(following).decode())


def _occasions(due: Due, time_zone: str, now: int) -> Iterator[tuple[EarningKind, str]]:
    """What has come: also the birthday that it was due for, if nobody looked on that day."""
    if due.awards_due_at == due.created_at:
        yield EarningKind.SIGN_UP, SIGN_UP
    if due.birthday is not None:
        days = {local_day(due.awards_due_at, time_zone), local_day(now, time_zone)}
        for year in sorted({day.year for day in days if is_birthday(due.birthday, day)}):
            yield EarningKind.BIRTHDAY, f"BIRTHDAY:{year}"
