"""A store without a database: rows in dictionaries, loaded in any order, each journal row checked.

It goes through the same loading and row mapping as the real stores, so the pure core can be run
for a million commands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

from gateway.ledger import guests, order_rows, rows
from gateway.ledger.changes import Changes
from gateway.ledger.commands import Command, Outcome, Redemption
from gateway.ledger.days import DAY
from gateway.ledger.decide import decide
from gateway.ledger.journal_rows import Entry
from gateway.ledger.loading import Rows, Wanted, assemble, missing_programs, wanted
from gateway.ledger.order_loading import OrderRows
from gateway.ledger.order_state import OrderState
from gateway.ledger.perform import REPEAT
from gateway.ledger.programs import ProgramCache, encode
from gateway.rules.program import Program

Row = Sequence[Any]
Holder = tuple[int, int]
ORDER, CLOSED = rows.REDEMPTION.index("order_id"), rows.REDEMPTION.index("closed_at")
BALANCES = ("available", "held", "pending", "debt")


class MemoryStore:
    def __init__(self, random: Random, programs: Sequence[Program], customers: Sequence[int]):
        self._random = random
        self._cache = ProgramCache()
        for program in programs:
            self._cache.add(encode(program))
        self.merchant = programs[0].merchant_id
        self.version = programs[0].version
        self._customers = set(customers)
        self._accounts: defaultdict[Holder, dict[str, Row]] = defaultdict(dict)
        self._lots: defaultdict[Holder, dict[Any, Row]] = defaultdict(dict)
        self._redemptions: defaultdict[Holder, dict[int, Row]] = defaultdict(dict)
        self._allocations: defaultdict[Any, dict[Any, Row]] = defaultdict(dict)
        self._records: dict[Any, Row] = {}
        self._last: dict[Any, Entry] = {}
        self._orders: dict[tuple[int, str], Row] = {}
        self._days: defaultdict[Holder, dict[int, Row]] = defaultdict(dict)
        self._awards: defaultdict[Holder, dict[str, Row]] = defaultdict(dict)
        self._tiers: dict[Holder, tuple[str | None, int | None]] = {}
        self.heirs: dict[int, int] = {}
        """Who was merged, and into whom."""
        self._position: defaultdict[Holder, int] = defaultdict(int)
        self._told: set[tuple[int, int, int, int]] = set()
        self.announced = 0
        """Events of the last batch."""

    def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """One batch, as a store runs it."""
        keys = wanted(commands)
        keys = keys.found(self._search(keys, now))
        sales = self._of_orders(keys, now) if keys.ordering else OrderRows()
        keys = sales.keys(keys)
        named, orders = set(keys.redemptions), set(keys.orders)
        redemptions = [
            row
            for holder in keys.holders
            for row in self._redemptions[holder].values()
            if row[4] == "HELD"
            or tuple(row[:3]) in named
            or ((*row[:2], row[ORDER]) in orders and rows.redemption(row).standing)
        ]
        known = [key for key in keys.holders if key[1] in self._customers]
        loaded = Rows(
            accounts=self._shuffled(r for k in keys.holders for r in self._accounts[k].values()),
            customers=[self._person(key) for key in known],
            lots=self._shuffled(r for k in keys.holders for r in self._lots[k].values()),
            redemptions=self._shuffled(redemptions),
            allocations=self._shuffled(
                r for row in redemptions for r in self._allocations[tuple(row[:3])].values()
            ),
            records=[self._records[key] for key in keys.records if key in self._records],
            versions=[(self.merchant, self.version)],
        )
        state = assemble(keys, loaded)
        assert missing_programs(state, self._cache) == []
        sales.attach(keys, state)
        guests.attach(state, self._of_guests(guests.sought(keys, state)))
        outcomes, changes = decide(state, commands, now)
        self._save(changes)
        return outcomes

    def _person(self, key: Holder) -> Row:
        heir, has_guests = self.heirs.get(key[1]), key[1] in self.heirs.values()
        return (*key, self.standing(key[1])[0], "[]", heir, None, has_guests)

    def _of_guests(self, sought: Sequence[tuple[int, int, str]]) -> list[Row]:
        """What the queries of `gateway.ledger.guests` find."""
        return self._shuffled(
            (merchant, customer, order, guest, row[3], rows.redemption(row).standing)
            for merchant, customer, order in sought
            for guest, heir in self.heirs.items()
            if heir == customer
            for row in self._redemptions[merchant, guest].values()
            if row[4] == "CAPTURED" and row[ORDER] == order
        )

    def _search(self, keys: Wanted, now: int) -> list[Row]:
        """What the queries of `gateway.ledger.searching` find."""
        captured = {
            holder: [r for r in found.values() if r[4] == "CAPTURED"]
            for holder, found in self._redemptions.items()
        }
        found = [r for k in keys.recent for r in captured.get(k, ()) if r[CLOSED] > now - REPEAT]
        for merchant, customer, order in keys.latest:
            paid = [r for r in captured.get((merchant, customer), ()) if order in {None, r[ORDER]}]
            found += sorted(paid, key=lambda row: (row[CLOSED], row[2]))[-1:]
        return found

    def _of_orders(self, keys: Wanted, now: int) -> OrderRows:
        """What the queries of `gateway.ledger.order_loading` find; days of nobody else's orders."""
        told = {(m, o): self._orders[m, o] for m, _, o in keys.sales if (m, o) in self._orders}
        placed = {
            (order.merchant_id, order.customer_id, order.placed_at // DAY)
            for order in map(order_rows.order, told.values())
            if order.placed_at is not None
            and (order.merchant_id, order.customer_id, order.order_id) in set(keys.sales)
        }
        year = {
            (*holder, day)
            for holder in keys.years
            for day in self._days[holder]
            if day > now // DAY - 365
        }
        lifetimes = {(*h, day) for h in keys.lifetimes for day in self._days[h]}
        dated = {*placed, *year, *keys.dated, *lifetimes}
        owners = {key: order_rows.order(row).customer_id for key, row in told.items()}
        guests = [(m, c, o, owners[m, o]) for m, c, o in keys.sales if (m, o) in owners]
        kept = [(h, r) for h, found in self._redemptions.items() for r in found.values()]
        paid = [r[:3] for h, r in kept if (*h, r[ORDER]) in set(keys.sales)]
        # The queries find the last of these alone: another one of the batch may take it first.
        late = [
            r[:3] for h, r in kept for cart in keys.carts if (*h, *r[3:5]) == (*cart, "EXPIRED")
        ]
        return OrderRows(
            orders=self._shuffled(told.values()),
            days=self._shuffled(self._days[m, c][d] for m, c, d in dated if d in self._days[m, c]),
            ordered=[holder for holder in keys.years if self._days[holder]],
            awards=[self._awards[m, c][o] for m, c, o in keys.occasions if o in self._awards[m, c]],
            redemptions=self._shuffled([*paid, *late]),
            guests=[key for key in guests if self.heirs.get(key[3]) == key[1]],
        )

    def order(self, order_id: str) -> OrderState:
        """The order, of which something must have been told."""
        return order_rows.order(self._orders[self.merchant, order_id])

    def seller(self, order_id: str) -> int | None:
        """Under which customer the order is kept, if anything was told of it."""
        row = self._orders.get((self.merchant, order_id))
        return None if row is None else order_rows.order(row).customer_id

    def redemption(self, customer: int, number: int) -> Redemption:
        """The redemption, which must be there."""
        return rows.redemption(self._redemptions[self.merchant, customer][number])

    def balance(self, customer: int, wallet: str) -> tuple[int, int, int, int]:
        """Available, held, pending and debt, as of the last command."""
        row = self._accounts[self.merchant, customer].get(wallet, (0,) * 7)
        return row[3], row[4], row[5], row[6]

    def days(self, customer: int) -> dict[int, tuple[int, int, int]]:
        """Spent, earned and orders of each day."""
        found = (order_rows.day(row) for row in self._days[self.merchant, customer].values())
        return {day.day: (day.spent_minor, day.earned_points, day.orders) for day in found}

    def standing(self, customer: int) -> tuple[str | None, int | None]:
        """The tier, and when it is to be looked at again."""
        return self._tiers.get((self.merchant, customer), (None, None))

    def open_lots(self, customer: int, wallet: str) -> list[tuple[int | None, int, int, int]]:
        """Expiry, pending, available and held of each open lot, in order."""
        found = (rows.lot(row) for row in self._lots[self.merchant, customer].values())
        return sorted(
            (
                (lot.expires_at, lot.pending, lot.available, lot.held)
                for lot in found
                if lot.wallet == wallet
            ),
            key=lambda lot: (lot[0] is None, lot),
        )

    def _shuffled(self, found: Any) -> list[Row]:
        """A database promises no order."""
        mixed = list(found)
        self._random.shuffle(mixed)
        return mixed

    def _save(self, changes: Changes) -> None:
        for account in changes.accounts.values():
            row = rows.account_row(account)
            self._accounts[row[0], row[1]][row[2]] = row
        for key, lot in changes.lots.items():
            self._lots[key[:2]].pop(key[2:], None)
            if lot.open:
                self._lots[key[:2]][key[2:]] = rows.lot_row(key[0], key[1], lot)
        for key, redemption in changes.redemptions.items():
            self._redemptions[key[:2]][key[2]] = rows.redemption_row(redemption)
        for key, allocation in changes.allocations.items():
            self._allocations[key[:3]][key[3:]] = rows.allocation_row(key[0], key[1], allocation)
        for entry in changes.entries:
            self._check(entry)
        for record in changes.records:
            key = (record.merchant_id, record.caller, record.key)
            assert key not in self._records
            self._records[key] = rows.record_row(record)
        accepted = sorted(record.key for record in changes.records if record.accepted)
        assert accepted == sorted(event.key for event in changes.events if event.key is not None)
        self.announced = len(changes.events)
        for event in changes.events:
            holder = (event.merchant_id, event.customer_id)
            assert event.position >= self._position[holder]
            assert (*holder, event.position, event.number) not in self._told
            self._position[holder] = event.position
            self._told.add((*holder, event.position, event.number))
            rows.event_row(event)
        self._save_orders(changes)

        self._save_merges(changes)

    def _save_merges(self, changes: Changes) -> None:
        for merge in changes.merges:
            for name, heir in self.heirs.items():
                self.heirs[name] = merge.target_id if heir == merge.source_id else heir
            self.heirs[merge.source_id] = merge.target_id

    def _save_orders(self, changes: Changes) -> None:
        for order in changes.orders.values():
            key = (order.merchant_id, order.order_id)
            before = self._orders.get(key)
            assert before is None or order_rows.order(before).customer_id == order.customer_id
            self._orders[key] = order_rows.order_row(order)
        for day in changes.days.values():
            assert min(day.spent_minor, day.earned_points, day.orders) >= 0
            self._days[day.merchant_id, day.customer_id][day.day] = order_rows.day_row(day)
        for award in changes.awards:
            won = self._awards[award.merchant_id, award.customer_id]
            assert award.occasion not in won
            won[award.occasion] = order_rows.award_row(award)
        for key, stands in changes.tiers.items():
            self._tiers[key] = stands or (self.standing(key[1])[0], None)

    def _check(self, entry: Entry) -> None:
        """The entry follows from the one before it."""
        key = (entry.merchant_id, entry.customer_id, entry.wallet)
        before = self._last.get(key)
        assert entry.points > 0
        assert entry.sequence == (before.sequence if before else 0) + 1
        assert before is None or entry.at > before.at
        for name in BALANCES:
            moved = entry.points * ((entry.target == name) - (entry.source == name))
            last = getattr(before, f"{name}_after") if before else 0
            assert getattr(entry, f"{name}_after") == last + moved >= 0
        self._last[key] = entry
