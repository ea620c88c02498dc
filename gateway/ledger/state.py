"""What `decide` works on: the locked rows of some customers, and the rows it changes.

These objects are mutable and belong to one batch: the store loads them under lock, `decide`
changes them and names what it changed, the store writes that and drops them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gateway.errors import Refusal
from gateway.ledger.commands import (
    EMPTY,
    Balance,
    LotSource,
    Redemption,
    Status,
    Wallet,
)
from gateway.ledger.journal_rows import Record
from gateway.ledger.order_state import AwardRow, DayRow, OrderState
from gateway.rules.program import Program


@dataclass(slots=True, eq=False)
class Account:
    """One row of `account`."""

    merchant_id: int
    customer_id: int
    wallet: Wallet
    available: int = 0
    held: int = 0
    pending: int = 0
    debt: int = 0
    sequence: int = 0
    clock: int = 0
    next_due_at: int | None = None
    expiry_at: int | None = None
    expiry_points: int = 0
    remind_at: int | None = None
    reminded_until: int | None = None

    def balance(self) -> Balance:
        """The figures a caller sees."""
        return Balance(
            self.available, self.held, self.pending, self.debt, self.expiry_at, self.expiry_points
        )


@dataclass(slots=True, eq=False)
class Lot:
    """One row of `lot`. Its number is the journal sequence of the entry that brought it in."""

    wallet: Wallet
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
    source: LotSource
    created_at: int
    from_customer: int | None = None
    """Of a lot that a merge brought: the customer and the number that it came in with."""
    from_number: int | None = None

    @property
    def open(self) -> bool:
        """Whether any point of the lot can still move."""
        return self.pending + self.available + self.held > 0

    def lapsed(self, now: int) -> bool:
        """Whether its unheld points have expired."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(slots=True, eq=False)
class Allocation:
    """One row of `redemption_lot`: what a redemption took from a lot."""

    redemption_id: int
    wallet: Wallet
    lot_number: int
    amount: int
    captured: int
    refunded: int
    expires_at: int | None


@dataclass(frozen=True, slots=True)
class PaidByGuest:
    """Which guest paid an order, for which cart, and whether that is not given back whole."""

    guest_id: int
    cart_id: str
    stands: bool


@dataclass(slots=True, eq=False)
class Holder:
    """One customer: accounts, open lots, held and named redemptions. The unit of locking."""

    merchant_id: int
    customer_id: int
    accounts: dict[Wallet, Account]
    tier: str | None = None
    tags: frozenset[str] = frozenset()
    known: bool = True
    """False: no such customer at this merchant, or one who was forgotten."""
    merged_into: int | None = None
    erased: bool = False
    has_guests: bool = False
    """Whether others were merged into this one."""
    grown: bool = False
    """Whether one was in this very batch: what is known of its orders was not loaded."""
    guest_orders: dict[str, PaidByGuest] = field(default_factory=dict[str, "PaidByGuest"])
    """Orders that commands name and that one of these paid."""
    guest_sales: dict[str, int] = field(default_factory=dict[str, int])
    """Orders that commands name and that were told of one of these."""
    heir: Holder | None = None
    """While a command is decided that is about something which a merged customer left behind: who
    gets what comes of it, and who pays."""
    lots: dict[tuple[Wallet, int], Lot] = field(default_factory=dict[tuple[Wallet, int], Lot])
    redemptions: dict[int, Redemption] = field(default_factory=dict[int, Redemption])
    allocations: dict[int, list[Allocation]] = field(default_factory=dict[int, list[Allocation]])
    orders: dict[str, OrderState] = field(default_factory=dict[str, OrderState])
    """The orders that commands name; the rest is loaded for commands of orders alone."""
    foreign_orders: set[str] = field(default_factory=set[str])
    """Orders that commands name as this customer's, and are another one's."""
    days: dict[int, DayRow] = field(default_factory=dict[int, DayRow])
    """The days of the rolling year that have orders."""
    ordered: bool = False
    """Whether an order was ever completed."""
    awards: dict[str, AwardRow] = field(default_factory=dict[str, AwardRow])
    told_at: int = 0
    """The position of the last event; the next one there needs a number of its own."""

    def account(self, wallet: Wallet) -> Account:
        """The account of that wallet, made empty at its first use."""
        account = self.accounts.get(wallet)
        if account is None:
            account = Account(self.merchant_id, self.customer_id, wallet)
            self.accounts[wallet] = account
        return account

    def available(self, wallet: Wallet) -> int:
        """Spendable points of that wallet, 0 when there is no such account."""
        account = self.accounts.get(wallet)
        return account.available if account else 0

    def balance(self, wallet: Wallet) -> Balance:
        """The figures of that wallet, all zero when there is no such account."""
        account = self.accounts.get(wallet)
        return account.balance() if account else EMPTY

    def held_redemptions(self) -> Iterator[Redemption]:
        """The redemptions that hold points now."""
        return (r for r in self.redemptions.values() if r.status is Status.HELD)

    def held_for(self, cart_id: str) -> Redemption | None:
        """The redemption that holds points for that cart; there is at most one."""
        return next((r for r in self.held_redemptions() if r.cart_id == cart_id), None)

    def releasable(self, redemption: Redemption | None, wallet: Wallet, now: int) -> int:
        """Points of that wallet that releasing the redemption would make spendable again."""
        if redemption is None:
            return 0
        return sum(
            a.amount
            for a in self.allocations.get(redemption.id, ())
            if a.wallet is wallet and (a.expires_at is None or a.expires_at > now)
        )

    def room(self, wallet: Wallet) -> int:
        """How many more points of that wallet can come in, here and where they go on to."""
        room = self.balance(wallet).room
        return room if self.heir is None else min(room, self.heir.room(wallet))

    @property
    def both(self) -> tuple[Holder, ...]:
        """This one, and where its points go on to."""
        return (self,) if self.heir is None else (self, self.heir)

    def whose(self, customer_id: int) -> Holder:
        """Which of both that is."""
        return next(holder for holder in self.both if holder.customer_id == customer_id)

    @property
    def owner(self) -> Holder:
        """Whose points and orders these are now."""
        return self.heir or self

    @property
    def position(self) -> int:
        """Grows with every journal entry of the customer; orders the customer's events."""
        return sum(account.sequence for account in self.accounts.values())


HolderKey = tuple[int, int]
RecordKey = tuple[int, str, str]


@dataclass(slots=True, eq=False)
class State:
    """Everything a batch may look at, loaded after its customers were locked."""

    holders: dict[HolderKey, Holder]
    records: dict[RecordKey, Record]
    programs: Mapping[tuple[int, int], Program]
    """By merchant and version: the current one, and those of the redemptions loaded."""
    current: Mapping[int, int]
    """The current program version of each merchant."""
    reminders: Mapping[int, int] = field(default_factory=dict[int, int])
    """Where no program is loaded: how many seconds before an expiry each merchant reminds."""

    def program(self, merchant_id: int) -> Program:
        """The merchant's current program."""
        return self.programs[merchant_id, self.current[merchant_id]]


@dataclass(slots=True)
class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Ends a command before it has changed anything."""

    refusal: Refusal
