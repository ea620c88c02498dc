"""What a batch adds and never changes again: entries, events, and first outcomes under a key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.ledger.commands import (
    Balance,
    Outcome,
    Redemption,
    Wallet,
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `idempotency`: the first outcome under a key."""

    merchant_id: int
    caller: str
    key: str
    request_hash: str
    accepted: bool
    customer_id: int
    outcome: Outcome
    at: int


@dataclass(slots=True)
class Entry:
    """One row of `journal`: `points` > 0 moved from `source` to `target`. Never changed.

    (Not frozen: that takes seven times as long to make, and every movement makes one.)
    """

    merchant_id: int
    customer_id: int
    wallet: Wallet
    sequence: int
    kind: str
    source: str
    target: str
    points: int
    lot_number: int | None
    redemption_id: int | None
    reason: str | None
    at: int
    available_after: int
    held_after: int
    pending_after: int
    debt_after: int


@dataclass(slots=True)
class Event:
    """One row of `outbox`: something that happened, in the customer's order. As an entry."""

    merchant_id: int
    customer_id: int
    position: int
    number: int
    kind: str
    redemption: Redemption | None
    caller: str | None
    key: str | None
    coins: Balance
    credits: Balance
    detail: Mapping[str, object] | None
    at: int
