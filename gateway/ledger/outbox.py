"""Handing events over: each goes to the endpoints that want it, in one transaction, once.

An event waits until it has one delivery for each endpoint; then it is marked as handed over. Both
happen in one transaction, so nothing is lost or doubled by a crash. Whoever claims events takes
what waits, and never goes by a cursor: transactions become visible in another order than that of
any number in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import orjson

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that nobody has handed over yet."""

    merchant_id: int
    customer_id: int
    position: int
    number: int
    kind: str
    at: int
    payload: str | None
    """None where the merchant has no endpoint at all."""
    external_id: str | None
    currency: str | None
    sandbox: bool = False
    """Whether it is of a customer of the gateway's own."""

    @property
    def key(self) -> Row:
        """Its primary key."""
        return (self.merchant_id, self.customer_id, self.position, self.number)


class Endpoint(NamedTuple):
    """Where events of a merchant may go."""

    merchant_id: int
    id: int
    events: str
    """JSON: the kinds that it wants; an empty list stands for all."""
    created_at: int

    def wants(self, event: Waiting) -> bool:
        """Whether the event is of its merchant, of a kind it asked for, and not older than it."""
        kinds: list[str] = orjson.loads(self.events)
        mine = event.merchant_id == self.merchant_id and event.at >= self.created_at
        return mine and (not kinds or event.kind in kinds)


class Message(NamedTuple):
    """What is sent for an event: the same for every endpoint and every attempt."""

    id: str
    body: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What handing over needs to know of the outside world."""

    message: Callable[[Waiting], Message]
    new_id: Callable[[], int]


class Outbox(Protocol):
    """The events of one engine that wait."""

    async def hand_over(self, desk: Desk, now: int, limit: int) -> int:
        """Hand over at most `limit` events, the oldest first; how many it was.

        Several processes may do so side by side. Raises StoreUnavailable.
        """
        ...

    async def stop(self) -> None:
        """Close what is open."""
        ...


WAITING = (
    "merchant_id",
    "customer_id",
    "position",
    "number",
    "kind",
    "at",
)
"""Columns of `outbox` that are always needed; the rest is looked up where somebody listens."""
LISTENED = (
    "EXISTS (SELECT 1 FROM webhook_endpoint e WHERE e.merchant_id = o.merchant_id AND e.enabled)"
)
EXTERNAL_ID = (
    "(SELECT c.external_id FROM customer c"
    " WHERE c.merchant_id = o.merchant_id AND c.id = o.customer_id)"
)
SANDBOX = EXTERNAL_ID.replace("c.external_id", "c.sandbox")
CURRENCY = "(SELECT m.currency FROM merchant m WHERE m.id = o.merchant_id)"
FACTS = ", ".join(
    (
        *(f"o.{name}" for name in WAITING),
        f"CASE WHEN {LISTENED} THEN o.payload END",
        EXTERNAL_ID,
        CURRENCY,
        SANDBOX,
    )
)
"""In the order of Waiting."""
ENDPOINTS = "SELECT merchant_id, id, events, created_at FROM webhook_endpoint WHERE enabled"
DELIVERY = (
    "merchant_id",
    "id",
    "endpoint_id",
    "message_id",
    "kind",
    "customer_id",
    "position",
    "number",
    "body",
    "state",
    "attempts",
    "next_attempt_at",
    "log",
    "created_at",
)
"""Columns of `webhook_delivery` that a new one has."""


def deliveries(
    events: Iterable[Waiting], endpoints: Iterable[Endpoint], desk: Desk, now: int
) -> list[Row]:
    """A row of DELIVERY for each event and each endpoint that wants it; due at once."""
    listening: dict[int, list[Endpoint]] = {}
    for endpoint in endpoints:
        listening.setdefault(endpoint.merchant_id, []).append(endpoint)
    return [row for event in events for row in _of(event, listening, desk, now)]


def _of(
    event: Waiting, listening: Mapping[int, Sequence[Endpoint]], desk: Desk, now: int
) -> list[Row]:
    to = [each for each in listening.get(event.merchant_id, ()) if each.wants(event)]
    if event.payload is None or not to:
        return []
    message = desk.message(event)
    return [
        (
            event.merchant_id,
            desk.new_id(),
            endpoint.id,
            message.id,
            event.kind,
            *event.key[1:],
            message.body,
            "PENDING",
            0,
            now,
            "[]",
            now,
        )
        for endpoint in to
    ]
