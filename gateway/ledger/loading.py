"""From what a batch names to what must be loaded, and from loaded rows to the state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

import orjson

from gateway.ledger import rows
from gateway.ledger.commands import (
    Capture,
    Command,
    Perform,
    Redemption,
    Refund,
    Release,
    Revert,
)
from gateway.ledger.days import DAY
from gateway.ledger.order_commands import (
    Award,
    CaptureLate,
    CompleteOrder,
    OrderCommand,
    ReviewTier,
)
from gateway.ledger.people_commands import Merge
from gateway.ledger.programs import ProgramCache, ProgramKey
from gateway.ledger.rows import Row
from gateway.ledger.state import Holder, HolderKey, RecordKey, State
from gateway.rules.program import Program

# Tuples, made once: `A | B` makes a type anew each time, for every command of every batch.
_NAMING = (Capture, CompleteOrder, CaptureLate, Release, Refund)
_PAYING = (Capture, Perform, Revert)
_OF_A_YEAR = (OrderCommand, ReviewTier, Merge)
_BY_CART = (Capture, CompleteOrder)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The keys of all rows that a batch of commands may need, each once, sorted."""

    holders: list[HolderKey]
    records: list[RecordKey]
    redemptions: list[tuple[int, int, int]]
    merchants: list[int]
    orders: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """Orders to be captured or reverted: what they were captured with already is needed."""
    recent: list[HolderKey] = field(default_factory=list[HolderKey])
    """Customers of whom every capture of the last `perform.REPEAT` is needed."""
    latest: list[tuple[int, int, str | None]] = field(
        default_factory=list[tuple[int, int, str | None]]
    )
    """Customers of whom the last capture is needed, of that order or of any."""
    sales: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """Orders that commands are about."""
    years: list[HolderKey] = field(default_factory=list[HolderKey])
    """Customers whose days of the rolling year are needed."""
    dated: list[tuple[int, int, int]] = field(default_factory=list[tuple[int, int, int]])
    """Other days that are needed."""
    carts: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    """Carts whose last redemption is needed if its hold ran out."""
    occasions: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    lifetimes: list[HolderKey] = field(default_factory=list[HolderKey])
    """Customers all of whose days are needed."""

    @property
    def searching(self) -> bool:
        """Whether redemptions are needed whose ids are still to be found."""
        return bool(self.recent or self.latest)

    @property
    def ordering(self) -> bool:
        """Whether anything of orders, days or awards is needed."""
        return bool(self.years or self.carts or self.occasions)

    def found(self, redemptions: Iterable[Sequence[int]]) -> Wanted:
        """The same with the keys of redemptions that a search has found."""
        keys = {*self.redemptions, *((row[0], row[1], row[2]) for row in redemptions)}
        return replace(self, redemptions=sorted(keys))


def wanted(commands: Sequence[Command]) -> Wanted:
    """Read off the commands what they name."""
    holders = {key for c in commands for key in holders_of(c)}
    records = {(c.merchant_id, c.key.caller, c.key.key) for c in commands if c.key}
    redemptions = {
        (*key, c.redemption_id)
        for c in commands
        if isinstance(c, _NAMING) and c.redemption_id is not None
        for key in holders_of(c)
    }
    paid = [c for c in commands if isinstance(c, _PAYING)]
    return Wanted(
        sorted(holders),
        sorted(records),
        sorted(redemptions),
        sorted({m for m, _ in holders}),
        sorted(
            {(c.merchant_id, c.customer_id, c.order_id) for c in paid if c.order_id is not None}
        ),
        [_holder(c) for c in paid if isinstance(c, Perform) and c.order_id is None],
        [(*_holder(c), c.order_id) for c in paid if isinstance(c, Revert)],
        **_about_orders(commands),
    )


class _AboutOrders(TypedDict, total=False):
    sales: list[tuple[int, int, str]]
    years: list[HolderKey]
    dated: list[tuple[int, int, int]]
    carts: list[tuple[int, int, str]]
    occasions: list[tuple[int, int, str]]
    lifetimes: list[HolderKey]


def _about_orders(commands: Sequence[Command]) -> _AboutOrders:
    """What commands of orders need besides; nothing for all other batches."""
    orders = [c for c in commands if isinstance(c, OrderCommand)]
    lost = [c for c in commands if isinstance(c, _BY_CART) and c.cart_id is not None]
    found = _AboutOrders()
    years = {key for c in commands if isinstance(c, _OF_A_YEAR) for key in holders_of(c)}
    if years:
        found["lifetimes"] = sorted(
            {
                key
                for c in commands
                if isinstance(c, Merge) or (c.heir_id and isinstance(c, OrderCommand))
                for key in holders_of(c)
            }
        )
        found["years"] = sorted(years)
        found["dated"] = sorted(
            (*_holder(c), c.placed_at // DAY)
            for c in orders
            if isinstance(c, CompleteOrder) and c.placed_at is not None
        )
    # What an order took is found by its cart also when all of it was given back since.
    sales = {(*key, c.order_id) for c in (*orders, *lost) for key in holders_of(c)}
    if sales:
        found["sales"] = sorted(sales)
    carts = {(*key, c.cart_id) for c in lost if c.cart_id is not None for key in holders_of(c)}
    occasions = {(*_holder(c), c.occasion) for c in commands if isinstance(c, Award)}
    if carts:
        found["carts"] = sorted(carts)
    if occasions:
        found["occasions"] = sorted(occasions)
    return found


def holders_of(command: Command) -> list[HolderKey]:
    """The customers whose accounts the command may change: all of them are locked."""
    keys = [_holder(command)]
    if command.heir_id is not None:
        keys.append((command.merchant_id, command.heir_id))
    if isinstance(command, Merge):
        keys.append((command.merchant_id, command.source_id))
    return keys


def _holder(command: Command) -> HolderKey:
    return command.merchant_id, command.customer_id


@dataclass(slots=True)
class Rows:
    """Loaded rows, table by table, in the column order of `gateway.ledger.rows`."""

    accounts: Iterable[Row] = ()
    customers: Iterable[Row] = ()
    lots: Iterable[Row] = ()
    redemptions: Iterable[Row] = ()
    allocations: Iterable[Row] = ()
    records: Iterable[Row] = ()
    versions: Iterable[Row] = field(default_factory=tuple)


def assemble(keys: Wanted, loaded: Rows) -> State:
    """Build the state; its programs are still to be filled in with `missing_programs`."""
    holders = {key: Holder(*key, {}, known=False) for key in keys.holders}
    for merchant_id, customer_id, tier, tags, merged_into, erased_at, guests in loaded.customers:
        holder = holders[merchant_id, customer_id]
        holder.erased = erased_at is not None
        holder.has_guests = bool(guests)
        holder.known = not holder.erased
        holder.merged_into = merged_into
        holder.tier = tier
        holder.tags = frozenset(orjson.loads(tags)) if tags != "[]" else frozenset()
    for row in loaded.accounts:
        account = rows.account(row)
        holders[row[0], row[1]].accounts[account.wallet] = account
    for row in loaded.lots:
        lot = rows.lot(row)
        holders[row[0], row[1]].lots[lot.wallet, lot.number] = lot
    for row in loaded.redemptions:
        redemption = rows.redemption(row)
        holder = holders[row[0], row[1]]
        holder.redemptions[redemption.id] = redemption
        holder.allocations.setdefault(redemption.id, [])
    for row in loaded.allocations:
        allocation = rows.allocation(row)
        holders[row[0], row[1]].allocations[allocation.redemption_id].append(allocation)
    for holder in holders.values():
        holder.told_at = holder.position
    records = {(row[0], row[1], row[2]): rows.record(row) for row in loaded.records}
    return State(holders, records, {}, {row[0]: row[1] for row in loaded.versions})


def missing_programs(state: State, cache: ProgramCache) -> list[ProgramKey]:
    """Fill in the program versions that the cache has; answer the keys of those it lacks."""
    keys: set[ProgramKey] = set(state.current.items())
    for holder in state.holders.values():
        keys.update(_version(redemption) for redemption in holder.redemptions.values())
    found: dict[ProgramKey, Program] = {}
    missing: list[ProgramKey] = []
    for key in sorted(keys):
        program = cache.get(key)
        if program is None:
            missing.append(key)
        else:
            found[key] = program
    state.programs = found
    return missing


def _version(redemption: Redemption) -> ProgramKey:
    return redemption.merchant_id, redemption.program_version
