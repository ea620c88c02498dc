"""The only code that changes a balance: every movement writes its journal entry.

A movement takes n > 0 points from one bucket to another. Buckets `pending`, `available`, `held`
and `debt` belong to the account; `issued`, `refunded`, `spent`, `expired`, `clawed_back`, `owed`,
`moved` and `merged` are the merchant's side and have no stored balance, so no row of theirs can be
hot. A lot mirrors the buckets that its points are in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from gateway.ledger.changes import Changes
from gateway.ledger.commands import Command, IdempotencyKey, LotSource, Note, Redemption, Wallet
from gateway.ledger.journal_rows import Entry, Event
from gateway.ledger.state import Account, Allocation, Holder, Lot, State

ACCOUNT_BUCKETS = frozenset({"pending", "available", "held", "debt"})
LOT_BUCKETS = frozenset(
    {"pending", "available", "held", "spent", "expired", "clawed_back", "moved"}
)
Kind = Literal[
    "GRANT",
    "EARN",
    "AWARD",
    "MATURE",
    "HOLD",
    "HOLD_EXPIRED",
    "CAPTURE",
    "RELEASE",
    "REFUND",
    "EXPIRE",
    "WITHDRAW",
    "CLAWBACK",
    "DEBT",
    "DEBT_PAYMENT",
    "DEBT_PAID",
    "MERGE",
]
"""What a movement is; the schema tells callers the same words."""


@dataclass(slots=True, eq=False)
class Desk:
    """Where one batch is decided: the state, the time, and what has changed so far."""

    state: State
    now: int
    changes: Changes = field(default_factory=Changes)
    told: dict[IdempotencyKey, int] = field(default_factory=dict[IdempotencyKey, int])
    """Keys under which an event was announced, and of whom: a command has one, whatever it does."""
    owners: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])
    """Whose an order has become in this batch, by merchant and order."""

    def move(  # noqa: PLR0913 - the columns of a journal entry
        self,
        holder: Holder,
        account: Account,
        lot: Lot | None,
        kind: Kind,
        source: str,
        target: str,
        points: int,
        *,
        redemption_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Move `points` and journal it. Raises AssertionError where a bucket would go below 0."""
        assert points > 0, "a movement moves something"
        _shift(account, ACCOUNT_BUCKETS, source, target, points)
        number = None
        if lot is not None:
            _shift(lot, LOT_BUCKETS, source, target, points)
            number = lot.number
            self.touch_lot(holder, lot)
        account.sequence += 1
        # The journal's clock never stands still, so that it replays in one order.
        account.clock = max(self.now, account.clock + 1)
        self.changes.entries.append(
            Entry(
                holder.merchant_id,
                holder.customer_id,
                account.wallet,
                account.sequence,
                kind,
                source,
                target,
                points,
                number,
                redemption_id,
                reason,
                account.clock,
                account.available,
                account.held,
                account.pending,
                account.debt,
            )
        )
        self.changes.accounts[holder.merchant_id, holder.customer_id, account.wallet] = account

    def open_lot(  # noqa: PLR0913 - the columns of a lot and of the entry that brings it in
        self,
        holder: Holder,
        wallet: Wallet,
        points: int,
        *,
        kind: Kind,
        source_bucket: str = "issued",
        source: LotSource,
        available_from: int,
        expires_at: int | None,
        redemption_id: int | None = None,
        reason: str | None = None,
    ) -> Lot:
        """Bring `points` in as a new lot, pending until `available_from`."""
        account = holder.account(wallet)
        number = account.sequence + 1
        lot = Lot(
            wallet,
            number,
            points,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            available_from,
            expires_at,
            source,
            self.now,
        )
        holder.lots[wallet, number] = lot
        target = "pending" if available_from > self.now else "available"
        self.move(
            holder,
            account,
            lot,
            kind,
            source_bucket,
            target,
            points,
            redemption_id=redemption_id,
            reason=reason,
        )
        return lot

    def touch_lot(self, holder: Holder, lot: Lot) -> None:
        """Have the lot written."""
        self.changes.lots[holder.merchant_id, holder.customer_id, lot.wallet, lot.number] = lot

    def put_redemption(self, holder: Holder, redemption: Redemption) -> None:
        """Make the redemption stand as given, and have it written."""
        holder.redemptions[redemption.id] = redemption
        key = (redemption.merchant_id, redemption.customer_id, redemption.id)
        self.changes.redemptions[key] = redemption

    def touch_allocation(self, holder: Holder, allocation: Allocation) -> None:
        """Have the allocation written."""
        key = (
            holder.merchant_id,
            holder.customer_id,
            allocation.redemption_id,
            allocation.wallet,
            allocation.lot_number,
        )
        self.changes.allocations[key] = allocation

    def announce(
        self,
        holder: Holder,
        kind: str,
        redemption: Redemption | None = None,
        command: Command | None = None,
        detail: Mapping[str, object] | None = None,
    ) -> None:
        """Put one event into the outbox; it carries the balances after what happened.

        Only the first one of a command carries its key.
        """
        key = command.key if command else None
        if key in self.told:
            key = None
        elif key is not None:
            self.told[key] = holder.customer_id
        position = holder.position
        # What moved nothing stands where another event may stand already.
        again = position == holder.told_at
        number = self.now + len(self.changes.events) if again else 0
        holder.told_at = position
        self.changes.events.append(
            Event(
                holder.merchant_id,
                holder.customer_id,
                position,
                number,
                kind,
                redemption,
                key.caller if key else None,
                key.key if key else None,
                holder.account(Wallet.COINS).balance(),
                holder.balance(Wallet.CREDITS),
                detail,
                self.now,
            )
        )

    def take_down(self, note: Note | None) -> None:
        """Have an entry of the audit log written, if there is one, at this time."""
        if note is not None:
            self.changes.notes.append(replace(note, at=self.now))


def _shift(row: Account | Lot, buckets: frozenset[str], source: str, target: str, n: int) -> None:
    """Take n from one bucket of the row and put it into another, where the row has them."""
    if source in buckets:
        left = getattr(row, source) - n
        assert left >= 0, f"{source} below zero"
        setattr(row, source, left)
    if target in buckets:
        setattr(row, target, getattr(row, target) + n)
