"""Carries out what shops have told of their orders, as often as it takes.

Every delivery may come twice, late, or before the one it follows: what the ledger is told is a fact
and not a step, so the end is the same. What fails is tried again with growing pauses, then given up
for a person to look at.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from gateway.errors import RequestCode, RequestError
from gateway.services import inbox
from gateway.services.inbox_items import InboxItem, InboxState
from gateway.services.judging import Judge, Verdict
from gateway.services.runtime import Runtime
from gateway.services.work import Job
from gateway.telemetry import log, log_failure

SECOND: Final = 1_000_000
BATCH: Final = 32
PAUSES_SECONDS: Final = (10, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200)
"""After each try that failed; ten tries in 23 hours, then it is given up."""
OVERLOADED_SECONDS: Final = 15
"""Until the next try where the gateway was too busy, which does not count as one."""
PURGE_BATCH: Final = 500
INBOX: Final = "inbox"
LOOK_SECONDS: Final = 5
"""Between two looks at what is due; a delivery that comes to this process is seen to at once."""


@dataclass(slots=True, eq=False)
class Inbound:
    """Made once per process; several processes work side by side."""

    runtime: Runtime

    def jobs(self, tidy_seconds: float) -> tuple[Job, ...]:
        """What a worker is to do: look for what is due, also when a delivery has come; tidy."""
        look = min(LOOK_SECONDS, tidy_seconds)
        return (
            Job(INBOX, look, self.run),
            Job("inbox tidying", tidy_seconds, self.tidy, drains=True),
        )

    async def run(self) -> int:
        """Carry out all that is due; how many deliveries that were."""
        done = 0
        while True:
            items = await inbox.claim(self.runtime.clock(), BATCH)
            await asyncio.gather(*(self._handle(item) for item in items))
            done += len(items)
            if len(items) < BATCH:
                return done

    async def tidy(self) -> int:
        """Forget a little of what was settled long ago; how much that was."""
        return await inbox.purge(self.runtime.clock(), PURGE_BATCH)

    async def _handle(self, item: InboxItem) -> None:
        """One delivery; a failure of one must not keep the others from being carried out."""
        now = self.runtime.clock()
        try:
            verdict = await Judge(self.runtime).judge(item)
        except RequestError as error:
            if error.code not in {RequestCode.OVERLOADED, RequestCode.THROTTLED}:
                verdict = Verdict(InboxState.DEAD, error.message, again=True)
            else:
                at = now + OVERLOADED_SECONDS * SECOND
                await inbox.postpone(item, at, item.attempts - 1, error.message, item.order_id)
                return
        except Exception as error:  # noqa: BLE001 - reported, and tried again
            log_failure("delivery failed", error, merchant=item.merchant_id, inbox=item.id)
            note = "A fault of the gateway; its log has the event `delivery failed`."
            verdict = Verdict(InboxState.DEAD, note, again=True)
        order_id = verdict.order_id or item.order_id
        if verdict.again and item.attempts <= len(PAUSES_SECONDS):
            at = now + PAUSES_SECONDS[item.attempts - 1] * SECOND
            await inbox.postpone(item, at, item.attempts, verdict.note or "", order_id)
            return
        if verdict.state is InboxState.DEAD:
            log("delivery given up", merchant=item.merchant_id, inbox=item.id, why=verdict.note)
        await inbox.finish(item, verdict.state, verdict.note, order_id)
