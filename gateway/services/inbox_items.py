"""A delivery of a shop: how it came, and how far it has got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

COLUMNS: Final = (
    "merchant_id, id, source_id, delivery_id, topic, headers, body, order_id, state, attempts,"
    " received_at, next_attempt_at, claimed_until, last_error"
)


class InboxState(StrEnum):
    """How far a delivery has got."""

    WAITING = "WAITING"
    """To be carried out, now or again later."""
    DONE = "DONE"
    DEAD = "DEAD"
    """Given up; kept until a person replays or discards it."""
    IGNORED = "IGNORED"
    """There was nothing to do, or somebody discarded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxItem:
    """One delivery as it came, and how far it has got. Times are microseconds."""

    merchant_id: int
    id: int
    source_id: int
    delivery_id: str
    topic: str
    headers: Mapping[str, str]
    body: str
    order_id: str | None
    state: InboxState
    attempts: int
    received_at: int
    next_attempt_at: int
    claimed_until: int | None
    last_error: str | None

    def __repr__(self) -> str:
        return f"InboxItem({self.merchant_id}, {self.id}, {self.state.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A delivery whose signature was right."""

    merchant_id: int
    source_id: int
    delivery_id: str
    topic: str
    headers: Mapping[str, str]
    body: str
    keep_days: int
    """How long it is kept once it is settled."""

    def __repr__(self) -> str:
        return f"Arrival({self.merchant_id}, {self.source_id})"


def item_of(row: Mapping[str, Any]) -> InboxItem:
    """A row of the table."""
    values: dict[str, Any] = {name: row[name] for name in COLUMNS.replace(",", "").split()}
    values |= {"headers": orjson.loads(values["headers"]), "state": InboxState(values["state"])}
    return InboxItem(**values)
