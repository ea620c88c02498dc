"""A store without a database: rows in dictionaries, loaded in any order, each journal row checked.

It goes through the same loading and row mapping as the real stores, so the pure core can be run
for a million commands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Any

from gateway.ledger import rows
from gateway.ledger.commands import Command, Outcome
from gateway.ledger.decide import decide
from gateway.ledger.loading import Rows, Wanted, assemble, missing_programs, wanted
from gateway.ledger.perform import REPEAT
from gateway.ledger.programs import ProgramCache, encode
from gateway.ledger.state import Changes, Entry
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
        self._position: defaultdict[Holder, int] = defaultdict(int)

    def run(self, commands: Sequence[Command], now: int) -> list[Outcome]:
        """One batch, as a store runs it."""
        keys = wanted(commands)
        keys = keys.found(self._search(keys, now))
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
            customers=[(*key, None, "[]") for key in known],
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
        outcomes, changes = decide(state, commands, now)
        self._save(changes)
        return outcomes

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
        for event in changes.events:
            assert event.position > self._position[event.merchant_id, event.customer_id]
            self._position[event.merchant_id, event.customer_id] = event.position
            rows.event_row(event)

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
