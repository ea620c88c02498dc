"""What a customer's points came in as: the lots, where their points are, and when they lapse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from gateway.ledger.commands import Wallet
from gateway.services.database import statement
from gateway.services.history import Page, checked_size, page_of

_NEVER: Final = 2**63 - 1
_ROWS: Final = """
    SELECT l.number, l.amount, l.pending, l.available, l.held, l.spent, l.expired, l.clawed_back,
        l.moved, l.available_from, l.expires_at, l.source, l.created_at, j.reason
    FROM lot l LEFT JOIN journal j ON j.merchant_id = l.merchant_id
        AND j.customer_id = l.customer_id AND j.wallet = l.wallet AND j.sequence = l.number
    WHERE l.merchant_id = ? AND l.customer_id = ? AND l.wallet = ?
"""
# As points are spent: what lapses soonest first.
_OPEN: Final = (
    f"{_ROWS} AND l.open AND (coalesce(l.expires_at, {_NEVER}) > ?"
    f" OR (coalesce(l.expires_at, {_NEVER}) = ? AND l.number > ?))"
    f" ORDER BY coalesce(l.expires_at, {_NEVER}), l.number LIMIT ?"
)
_CLOSED: Final = f"{_ROWS} AND NOT l.open AND l.number < ? ORDER BY l.number DESC LIMIT ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotView:
    """One lot. `number` is the journal sequence with which it came in; times in microseconds."""

    number: int
    amount: int
    pending: int
    available: int
    held: int
    spent: int
    expired: int
    clawed_back: int
    moved: int
    available_from: int
    expires_at: int | None
    source: str
    created_at: int
    reason: str | None

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the order in which points are spent."""
        return _NEVER if self.expires_at is None else self.expires_at, self.number

    def as_of(self, now: int) -> LotView:
        """With what the clock has made due: pending points mature, and what has lapsed is gone.

        What a debt takes of points that mature shows when the ledger has written that down.
        """
        lot = self
        if lot.pending and lot.available_from <= now:
            lot = replace(lot, available=lot.available + lot.pending, pending=0)
        if lot.available and lot.expires_at is not None and lot.expires_at <= now:
            lot = replace(lot, expired=lot.expired + lot.available, available=0)
        return lot


async def open_lots(
    merchant_id: int,
    customer_id: int,
    wallet: Wallet,
    first: int,
    after: tuple[int, int] | None,
    now: int,
) -> Page[LotView]:
    """Up to `first` lots that points can still move of, in the order in which they are spent.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    until, number = after or (-1, 0)
    values = (merchant_id, customer_id, wallet.value, until, until, number, first + 1)
    found = await statement(_OPEN, *values)
    return page_of([_view(row).as_of(now) for row in found], first)


async def closed_lots(
    merchant_id: int, customer_id: int, wallet: Wallet, first: int, after: int | None
) -> Page[LotView]:
    """Up to `first` lots that are used up, the newest first, that came before the number `after`.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    values = (merchant_id, customer_id, wallet.value, _NEVER if after is None else after, first + 1)
    return page_of([_view(row) for row in await statement(_CLOSED, *values)], first)


def _view(row: dict[str, Any]) -> LotView:
    return LotView(**row)
