"""What a batch changes: the rows to write, each once however often it changed."""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.ledger.commands import Note, Redemption, Wallet
from gateway.ledger.journal_rows import Entry, Event, Record
from gateway.ledger.order_state import AwardRow, DayRow, OrderState
from gateway.ledger.state import Account, Allocation, Lot


@dataclass(frozen=True, slots=True)
class Merged:
    """One customer became a part of another: what is known of the one becomes the other's."""

    merchant_id: int
    source_id: int
    target_id: int
    at: int


@dataclass(frozen=True, slots=True)
class Erased:
    """A customer was forgotten: nothing that tells who it was stays."""

    merchant_id: int
    customer_id: int
    at: int


@dataclass(slots=True, eq=False)
class Changes:
    """The rows to write, each once however often it changed."""

    accounts: dict[tuple[int, int, Wallet], Account] = field(
        default_factory=dict[tuple[int, int, Wallet], Account]
    )
    lots: dict[tuple[int, int, Wallet, int], Lot] = field(
        default_factory=dict[tuple[int, int, Wallet, int], Lot]
    )
    redemptions: dict[tuple[int, int, int], Redemption] = field(
        default_factory=dict[tuple[int, int, int], Redemption]
    )
    allocations: dict[tuple[int, int, int, Wallet, int], Allocation] = field(
        default_factory=dict[tuple[int, int, int, Wallet, int], Allocation]
    )
    entries: list[Entry] = field(default_factory=list[Entry])
    orders: dict[tuple[int, int, str], OrderState] = field(
        default_factory=dict[tuple[int, int, str], OrderState]
    )
    days: dict[tuple[int, int, int], DayRow] = field(
        default_factory=dict[tuple[int, int, int], DayRow]
    )
    awards: list[AwardRow] = field(default_factory=list[AwardRow])
    tiers: dict[tuple[int, int], tuple[str | None, int | None] | None] = field(
        default_factory=dict[tuple[int, int], "tuple[str | None, int | None] | None"]
    )
    """By customer: the tier, and when to look at it again. None: not again, the tier stays."""
    merges: list[Merged] = field(default_factory=list["Merged"])
    erased: list[Erased] = field(default_factory=list["Erased"])
    records: list[Record] = field(default_factory=list[Record])
    events: list[Event] = field(default_factory=list[Event])
    notes: list[Note] = field(default_factory=list[Note])
