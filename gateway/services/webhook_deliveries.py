"""What became of each message, as the merchant sees it; and sending again by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from gateway.errors import Code, bad_input
from gateway.services.audit import SYSTEM, Actor, record
from gateway.services.audit_facts import instant
from gateway.services.checks import check, refuse
from gateway.services.database import statement, transaction
from gateway.services.event_kinds import TEST_KIND
from gateway.services.history import MOST_ITEMS, Page
from gateway.services.webhook_endpoints import EndpointView, find_endpoint

MOST_REPLAYED: Final = 10_000
"""By one call; what is left comes with the next."""
_COLUMNS: Final = (
    "id, endpoint_id, message_id, kind, body, state, attempts, next_attempt_at, log, created_at,"
    " finished_at"
)
_OF: Final = f"SELECT {_COLUMNS} FROM webhook_delivery WHERE merchant_id = ?"  # noqa: S608 - fixed names
_AGAIN: Final = (
    "UPDATE webhook_delivery SET state = 'PENDING', attempts = 0, next_attempt_at = ?,"
    " finished_at = NULL WHERE merchant_id = ?"
)
_ONE: Final = f"{_AGAIN} AND id = ? AND state <> 'PENDING' RETURNING id"
_ALL: Final = (
    f"{_AGAIN} AND id IN (SELECT id FROM webhook_delivery WHERE merchant_id = ?"  # noqa: S608 - fixed names
    " AND endpoint_id = ? AND state IN ('FAILED', 'CANCELLED') AND created_at >= ?"
    f" ORDER BY id LIMIT {MOST_REPLAYED}) AND state IN ('FAILED', 'CANCELLED') RETURNING id"
)
_CREATE: Final = (
    "INSERT INTO webhook_delivery (merchant_id, id, endpoint_id, message_id, kind, body, state,"
    " attempts, next_attempt_at, log, created_at)"
    " VALUES (?, ?, ?, ?, ?, ?, 'PENDING', 0, ?, '[]', ?)"
)


class DeliveryState(StrEnum):
    """Where a delivery is in its life."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt; `status` is None where there was no answer, and `error` says why."""

    at: int
    status: int | None
    error: str | None
    milliseconds: int
    answer: str = ""
    """The beginning of what was answered; earlier releases kept none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """One event for one endpoint. `*_at` are microseconds."""

    id: int
    endpoint_id: int
    message_id: str
    kind: str
    body: str
    state: DeliveryState
    attempts: int
    """Made since it was last begun."""
    next_attempt_at: int | None
    log: tuple[Attempt, ...]
    """The latest attempts, oldest first."""
    created_at: int
    finished_at: int | None


async def list_deliveries(
    merchant_id: int,
    endpoint_id: int,
    first: int,
    after: int | None = None,
    state: DeliveryState | None = None,
) -> Page[DeliveryView]:
    """Up to `first` deliveries older than the one with the id `after`, newest first.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    if not 1 <= first <= MOST_ITEMS:
        raise bad_input(f"first is 1 to {MOST_ITEMS}.", "first")
    sql, given = f"{_OF} AND endpoint_id = ?", [merchant_id, endpoint_id]
    if after is not None:
        sql, given = f"{sql} AND id < ?", [*given, after]
    more = [] if state is None else [state]
    if state is not None:
        sql = f"{sql} AND state = ?"
    rows = await statement(f"{sql} ORDER BY id DESC LIMIT {first + 1}", *given, *more)
    return Page(tuple(_view(row) for row in rows[:first]), more=len(rows) > first)


async def find_delivery(merchant_id: int, delivery_id: int) -> DeliveryView:
    """That delivery. Raises LoyaltyError(WEBHOOK_NOT_FOUND)."""
    rows = await statement(f"{_OF} AND id = ?", merchant_id, delivery_id)
    if not rows:
        raise refuse("", "id", code=Code.WEBHOOK_NOT_FOUND)
    return _view(rows[0])


async def replay_delivery(
    merchant_id: int, delivery_id: int, now: int, by: Actor = SYSTEM
) -> DeliveryView:
    """Send one again, with ten new attempts and the same `webhook-id`; safe to repeat.

    Raises LoyaltyError: WEBHOOK_NOT_FOUND, or INVALID_INPUT while its endpoint is off.
    """
    found = await find_delivery(merchant_id, delivery_id)
    endpoint = await _switched_on(merchant_id, found.endpoint_id)
    facts = {"messageId": found.message_id, "kind": found.kind}

    async def work() -> None:
        if await statement(_ONE, now, merchant_id, delivery_id):
            await record(merchant_id, by, now, "webhook.replay", endpoint.url, after=facts)

    await transaction(work)
    return await find_delivery(merchant_id, delivery_id)


async def replay_deliveries(
    merchant_id: int, endpoint_id: int, since: int, now: int, by: Actor = SYSTEM
) -> int:
    """Send again what failed or was cancelled and was made at `since` or later; how many it is.

    At most MOST_REPLAYED, the oldest first. Raises LoyaltyError as `replay_delivery` does.
    """
    endpoint = await _switched_on(merchant_id, endpoint_id)

    async def work() -> int:
        done = len(await statement(_ALL, now, merchant_id, merchant_id, endpoint_id, since))
        if done:
            facts = {"since": instant(since), "deliveries": str(done)}
            await record(merchant_id, by, now, "webhook.replay", endpoint.url, after=facts)
        return done

    return await transaction(work)


async def add_delivery(
    merchant_id: int, endpoint_id: int, number: int, message: tuple[str, str], now: int
) -> DeliveryView:
    """Have a test sent, as the delivery `number`. Raises LoyaltyError as above."""
    await _switched_on(merchant_id, endpoint_id)
    name, body = message
    await statement(_CREATE, merchant_id, number, endpoint_id, name, TEST_KIND, body, now, now)
    return await find_delivery(merchant_id, number)


async def _switched_on(merchant_id: int, endpoint_id: int) -> EndpointView:
    endpoint = await find_endpoint(merchant_id, endpoint_id)
    check(endpoint.enabled, "The endpoint is switched off; switch it on first.", "id")
    return endpoint


def _view(row: dict[str, Any]) -> DeliveryView:
    log = tuple(Attempt(*entry) for entry in orjson.loads(row["log"]))
    shown: dict[str, Any] = row | {"state": DeliveryState(row["state"]), "log": log}
    return DeliveryView(**shown)
