"""The worker that sends: takes what is due, tries it, writes down what came of it.

At least once: a worker that dies between sending and writing down leaves its lease to end, and
another one sends the same message under the same id again. A slow receiver fills its own places and
nobody else's. Messages of one account may overtake each other: receivers order by sequence.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.services.webhook_claims import Claim, Claims, EndpointKey, Made, Target
from gateway.telemetry.metrics import counter, gauge, histogram
from gateway.webhooks.schedule import FAILING_SECONDS, SECOND, next_attempt
from gateway.webhooks.sending import Result, Sender
from gateway.webhooks.signing import signed

ATTEMPTS = counter(
    "loyalty_webhook_attempts_total",
    "Attempts to send a webhook, by what came of it: delivered, retried, failed (it was the last"
    " one), gone.",
    "result",
)
SECONDS = histogram(
    "loyalty_webhook_attempt_seconds",
    "How long an attempt took, from the look-up of the host to the end of the answer.",
    bounds=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30),
)
UNDERWAY = gauge("loyalty_webhook_attempts_underway", "Attempts that wait for an answer now.")

SPARE_SECONDS: Final = 15
"""A lease lasts so much longer than an attempt may."""
NO_SECRET: Final = Result(None, "the signing secret cannot be read; rotate it", 0)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is sent at once."""

    most: int = 64
    """By one process."""
    most_per_endpoint: int = 16
    timeout_seconds: float = 15


class Deliveries:
    """The deliveries of one process. Several processes share the work by their claims."""

    def __init__(
        self,
        claims: Claims,
        sender: Sender,
        clock: Callable[[], int],
        bounds: Bounds,
        on_failure: Callable[[Exception], None] = lambda _: None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Nothing is sent before `run`. `chance` spreads repeated attempts."""
        self._claims = claims
        self._sender = sender
        self._clock = clock
        self._bounds = bounds
        self._on_failure = on_failure
        self._chance = chance
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy: Counter[EndpointKey] = Counter()
        self._made: list[Made] = []
        self._writing = asyncio.Lock()
        self._hungry = False
        self.freed: Callable[[], None] = lambda: None
        """Called when a place is free again that something waits for."""

    @property
    def underway(self) -> tuple[asyncio.Task[None], ...]:
        """The attempts that are being made."""
        return tuple(self._tasks)

    async def run(self) -> int:
        """Begin what is due and has a place; how many it was. Waits for no receiver."""
        room = self._bounds.most - len(self._tasks)
        self._hungry = room <= 0
        if self._hungry:
            return 0
        now = self._clock()
        wanted = self._shared(await self._claims.targets(now), room)
        lease = now + int((self._bounds.timeout_seconds + SPARE_SECONDS) * SECOND)
        claimed = await self._claims.claim(wanted, now, lease)
        for claim in claimed:
            self._busy[claim.target.key] += 1
            task = asyncio.create_task(self._deliver(claim))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        UNDERWAY.set(len(self._tasks))
        return len(claimed)

    async def finish(self) -> None:
        """Wait for what is underway and write it down; an attempt is bounded, so this is too.

        Cancelled, it gives up what is underway: others send it when the leases end.
        """
        try:
            while self._tasks:
                await asyncio.wait(self._tasks)
        except asyncio.CancelledError:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            raise
        finally:
            await self._sender.stop()

    def _shared(self, targets: list[Target], room: int) -> list[tuple[Target, int]]:
        """Which endpoints get how many places: in any order, each within its own bound."""
        random.shuffle(targets)
        wanted: list[tuple[Target, int]] = []
        for target in targets:
            most = min(room, self._bounds.most_per_endpoint - self._busy[target.key])
            self._hungry = self._hungry or most <= 0
            if most > 0:
                wanted.append((target, most))
                room -= most
        return wanted

    async def _deliver(self, claim: Claim) -> None:
        try:
            result = await self._attempt(claim)
            self._made.append(self._judged(claim, result))
            await self._write()
        except Exception as error:  # noqa: BLE001 - not written down: it is sent again after the lease
            self._on_failure(error)
        finally:
            self._busy[claim.target.key] -= 1
            if not self._busy[claim.target.key]:
                del self._busy[claim.target.key]
            UNDERWAY.set(len(self._tasks) - 1)  # this one is about to end
            if self._hungry:
                self.freed()

    async def _attempt(self, claim: Claim) -> Result:
        target = claim.target
        if not target.secrets:
            return NO_SECRET
        headers = {
            "content-type": "application/json",
            "user-agent": "loyalty-gateway-webhooks",
            **signed(claim.message_id, claim.body, target.secrets, self._clock()),
        }
        return await self._sender.send(target.url, headers, claim.body)

    def _judged(self, claim: Claim, result: Result) -> Made:
        now, attempts = self._clock(), claim.attempts + 1
        again = None
        if not result.delivered and not result.gone:
            again = next_attempt(attempts, now, self._chance())
        state = "DELIVERED" if result.delivered else "FAILED" if again is None else "PENDING"
        ATTEMPTS.add("gone" if result.gone else "retried" if state == "PENDING" else state.lower())
        SECONDS.observe(result.milliseconds / 1_000)
        return Made(
            claim=claim,
            state=state,
            again_at=again,
            at=now,
            status=result.status,
            error=result.error,
            milliseconds=result.milliseconds,
            answer=result.answer,
            gone=result.gone,
        )

    async def _write(self) -> None:
        """Write down all that waits for it: what ends meanwhile shares the next transaction."""
        async with self._writing:
            made, self._made = self._made, []
            if made:
                await self._claims.record(made, self._clock() - FAILING_SECONDS * SECOND)
