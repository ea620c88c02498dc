"""Taking deliveries that are due, and writing down what came of them. Several workers may do so.

A claim moves `next_attempt_at` to the end of a lease: till then nobody else takes the delivery.
What came of it is written only where the lease still stands, so a worker that was too slow
overwrites nothing. A worker that dies leaves its claims to the others when they end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from gateway.services.database import skip_locked, statement, transaction
from gateway.services.webhook_endpoints import DisabledReason, disable
from gateway.services.webhook_secrets import opened
from gateway.telemetry import log

MOST_LOGGED: Final = 20
"""Attempts that are kept of a delivery."""
EndpointKey = tuple[int, int]
_DUE: Final = """
SELECT e.merchant_id, e.id, e.url, e.secret, e.previous_secret, e.previous_until,
    e.failing_since
FROM webhook_endpoint e WHERE e.enabled AND EXISTS (
    SELECT 1 FROM webhook_delivery d WHERE d.merchant_id = e.merchant_id AND d.endpoint_id = e.id
    AND d.state = 'PENDING' AND d.next_attempt_at <= ?)
"""
# As an array: a sub-select with a lock could be run more than once, and claim too many.
_CLAIM: Final = """
UPDATE webhook_delivery SET next_attempt_at = ?
WHERE merchant_id = ? AND id {any_of}(
    SELECT id FROM webhook_delivery WHERE merchant_id = ? AND endpoint_id = ?
    AND state = 'PENDING' AND next_attempt_at <= ?
    ORDER BY next_attempt_at, id LIMIT ? {skip_locked}{end}
RETURNING id, message_id, kind, body, attempts, log, created_at
"""
_RECORD: Final = """
UPDATE webhook_delivery
SET state = ?, attempts = ?, next_attempt_at = ?, log = ?, finished_at = ?
WHERE merchant_id = ? AND id = ? AND state = 'PENDING' AND next_attempt_at = ? RETURNING id
"""
_FAILING: Final = (
    "UPDATE webhook_endpoint SET failing_since = ?"
    " WHERE merchant_id = ? AND id = ? AND failing_since IS NULL"
)
_WELL: Final = (
    "UPDATE webhook_endpoint SET failing_since = NULL"
    " WHERE merchant_id = ? AND id = ? AND failing_since IS NOT NULL"
)
_FAILING_LONG: Final = (
    "SELECT id FROM webhook_endpoint WHERE merchant_id = ? AND id = ? AND failing_since <= ?"
)
_FORGET: Final = """
DELETE FROM webhook_delivery WHERE (merchant_id, id) IN (
    SELECT merchant_id, id FROM webhook_delivery
    WHERE finished_at IS NOT NULL AND finished_at < ? ORDER BY finished_at LIMIT ? {skip_locked})
RETURNING id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to send, and the secrets to sign with, the newest first."""

    key: EndpointKey
    url: str
    secrets: tuple[str, ...] = field(repr=False)
    failing: bool
    """Whether it has taken nothing since some failure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A delivery that this worker alone may attempt until the lease ends."""

    target: Target
    id: int
    message_id: str
    kind: str
    body: str
    attempts: int
    log: str
    created_at: int
    lease: int
    """When it ends, in microseconds; also the mark by which the claim is known again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An attempt that was made, and what follows from it."""

    claim: Claim
    state: str
    again_at: int | None
    """When to try again; None: never."""
    at: int
    status: int | None
    error: str | None
    milliseconds: int
    answer: str = ""
    """The beginning of what was answered."""
    gone: bool = False
    """Whether the receiver wants nothing any more."""


class Claims:
    """The deliveries in the database."""

    def __init__(self, secret_key: str) -> None:
        """`secret_key` opens the secrets of endpoints."""
        self._secret_key = secret_key

    async def targets(self, now: int) -> list[Target]:
        """The endpoints for which something is due."""
        return [self._target(row, now) for row in await statement(_DUE, now)]

    async def claim(
        self, wanted: Sequence[tuple[Target, int]], now: int, lease: int
    ) -> list[Claim]:
        """Take for each endpoint at most so many of the deliveries that are due, till `lease`."""
        text = _claim_text()

        async def work() -> list[Claim]:
            taken: list[Claim] = []
            for target, most in wanted:
                merchant, endpoint = target.key
                rows = await statement(text, lease, merchant, merchant, endpoint, now, most)
                rows.sort(key=lambda row: row["id"])  # RETURNING has no order
                taken += [Claim(target=target, lease=lease, **row) for row in rows]
            return taken

        return await transaction(work) if wanted else []

    async def record(self, made: Sequence[Made], failing_before: int) -> None:
        """Write down what came of attempts, all in one transaction.

        Then an endpoint that has failed since `failing_before` or longer is switched off.
        """
        ordered = sorted(made, key=lambda each: (each.claim.target.key[0], each.claim.id))

        async def work() -> None:
            for each in ordered:
                await _record(each)

        await transaction(work)
        # Apart: switching off locks an endpoint first and then its deliveries.
        for target, attempts in _by_endpoint(made):
            await _judge(target, attempts, failing_before)

    async def forget(self, before: int, limit: int) -> int:
        """Delete deliveries that ended before that time, at most `limit`; how many it was."""
        return len(await statement(_FORGET.format(skip_locked=skip_locked()), before, limit))

    def _target(self, row: Mapping[str, Any], now: int) -> Target:
        stored = [row["secret"]]
        if row["previous_until"] is not None and row["previous_until"] > now:
            stored.append(row["previous_secret"])
        secrets = (opened(secret, self._secret_key, row["id"]) for secret in stored)
        return Target(
            key=(row["merchant_id"], row["id"]),
            url=row["url"],
            secrets=tuple(secret for secret in secrets if secret is not None),
            failing=row["failing_since"] is not None,
        )


def _claim_text() -> str:
    locked = skip_locked()
    any_of, end = ("= ANY (ARRAY", "))") if locked else ("IN ", ")")
    return _CLAIM.format(any_of=any_of, skip_locked=locked, end=end)


async def _record(made: Made) -> None:
    claim = made.claim
    kept: list[Any] = [*orjson.loads(claim.log), _entry(made)][-MOST_LOGGED:]
    merchant, _ = claim.target.key
    await statement(
        _RECORD,
        made.state,
        claim.attempts + 1,
        made.again_at,
        orjson.dumps(kept).decode(),
        None if made.again_at is not None else made.at,
        merchant,
        claim.id,
        claim.lease,
    )


def _entry(made: Made) -> tuple[int, int | None, str | None, int, str]:
    """In the order of gateway.services.webhook_deliveries.Attempt."""
    return (made.at, made.status, made.error, made.milliseconds, made.answer)


def _by_endpoint(made: Iterable[Made]) -> Iterable[tuple[Target, list[Made]]]:
    found: dict[EndpointKey, tuple[Target, list[Made]]] = {}
    for each in made:
        target = each.claim.target
        found.setdefault(target.key, (target, []))[1].append(each)
    return found.values()


async def _judge(target: Target, attempts: Sequence[Made], failing_before: int) -> None:
    """Keep since when an endpoint has taken nothing, and switch it off where it is time."""
    at = max(each.at for each in attempts)
    delivered = any(each.state == "DELIVERED" for each in attempts)
    if any(each.gone for each in attempts):
        await _off(target, DisabledReason.GONE, at)
    elif delivered and target.failing:
        await statement(_WELL, *target.key)
    elif not delivered and not target.failing:
        await statement(_FAILING, at, *target.key)
    elif not delivered and await statement(_FAILING_LONG, *target.key, failing_before):
        await _off(target, DisabledReason.FAILING, at)


async def _off(target: Target, reason: DisabledReason, at: int) -> None:
    if await transaction(lambda: disable(*target.key, reason, at)):
        log("webhook switched off", endpoint=target.key[1], reason=reason.value)
