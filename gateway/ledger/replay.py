"""The journal replayed from its first entry, and held against everything that is stored.

The queries of `invariants` trust the database to add up; this does not. It reads the journal in
order, folds it per account and per lot in plain arithmetic, and compares. It works through the
customers in windows, so its memory does not grow with the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from gateway.ledger.report import Check, Tally

Row = Sequence[Any]
AccountKey = tuple[int, int, str]
LotKey = tuple[int, int, str, int]

ACCOUNTS = """
    SELECT merchant_id, customer_id, wallet, available, held, pending, debt, sequence, clock
    FROM account ORDER BY merchant_id, customer_id, wallet
"""
LOTS = """
    SELECT merchant_id, customer_id, wallet, number, amount, pending, available, held, spent,
        expired, clawed_back, moved
    FROM lot ORDER BY merchant_id, customer_id, wallet, number
"""
ENTRIES = """
    SELECT merchant_id, customer_id, wallet, sequence, source, target, points, lot_number, at,
        available_after, held_after, pending_after, debt_after
    FROM journal ORDER BY merchant_id, customer_id, wallet, sequence
"""

ACCOUNT_BUCKETS = ("available", "held", "pending", "debt")
LOT_BUCKETS = ("pending", "available", "held", "spent", "expired", "clawed_back", "moved")
_BROUGHT_IN = ("issued", "refunded", "merged")


def _buckets() -> defaultdict[str, int]:
    return defaultdict(int)


@dataclass(slots=True)
class _Fold:
    """One account as its journal says."""

    buckets: defaultdict[str, int] = field(default_factory=_buckets)
    sequence: int = 0
    at: int = 0
    contradicted: bool = False
    """Only the first contradiction is told: all later entries would repeat it."""


class Replay:
    """Feed it windows of customers in order: accounts and lots, then their entries, then close."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self._accounts: dict[AccountKey, Row] = {}
        self._lots: dict[LotKey, Row] = {}
        self._folds: defaultdict[AccountKey, _Fold] = defaultdict(_Fold)
        self._lot_folds: defaultdict[LotKey, defaultdict[str, int]] = defaultdict(_buckets)
        self._balances = Tally("replay_accounts", "replayed, the journal gives every balance")
        self._parts = Tally("replay_lots", "replayed, the journal gives every lot")
        self._running = Tally("replay_running", "replayed, the journal gives its running balances")
        self._sequence = Tally("replay_sequence", "journal numbers count up from 1 without a gap")
        self._clock = Tally("replay_clock", "journal times only go forward")

    def accounts(self, rows: Iterable[Row]) -> None:
        """Take stored accounts of the window, as ACCOUNTS selects them."""
        self._accounts.update(((row[0], row[1], row[2]), row) for row in rows)

    def lots(self, rows: Iterable[Row]) -> None:
        """Take stored lots of the window, as LOTS selects them."""
        self._lots.update(((row[0], row[1], row[2], row[3]), row) for row in rows)

    def entries(self, rows: Sequence[Row]) -> None:
        """Fold entries of the window, in the order of ENTRIES. The hot loop of a verification."""
        for tally in (self._running, self._sequence, self._clock):
            tally.checked += len(rows)
        for row in rows:
            merchant, customer, wallet, number, source, target, points, lot, at, *after = row
            fold = self._folds[merchant, customer, wallet]
            buckets = fold.buckets
            buckets[source] -= points
            buckets[target] += points
            if [buckets[name] for name in ACCOUNT_BUCKETS] != after and not fold.contradicted:
                fold.contradicted = True
                self._contradiction(row, fold)
            if number != fold.sequence + 1:
                self._sequence.add(**_key(row), sequence=number, expected=fold.sequence + 1)
            if at <= fold.at:
                self._clock.add(**_key(row), sequence=number, at=at, at_before=fold.at)
            fold.sequence, fold.at = number, at
            if lot is not None:
                parts = self._lot_folds[merchant, customer, wallet, lot]
                parts[source] -= points
                parts[target] += points

    def close(self) -> None:
        """Compare what the window's journal gives with what is stored, and forget the window."""
        for key in sorted(self._accounts.keys() | self._folds.keys()):
            self._compare_account(key)
        for key in sorted(self._lots.keys() | self._lot_folds.keys()):
            self._compare_lot(key)
        for window in (self._accounts, self._lots, self._folds, self._lot_folds):
            window.clear()

    def checks(self) -> tuple[Check, ...]:
        """What was found."""
        tallies = (self._balances, self._parts, self._running, self._sequence, self._clock)
        return tuple(tally.check() for tally in tallies)

    def _contradiction(self, row: Row, fold: _Fold) -> None:
        stored = dict(zip((f"{name}_after" for name in ACCOUNT_BUCKETS), row[9:], strict=True))
        replayed = {name: fold.buckets[name] for name in ACCOUNT_BUCKETS}
        self._running.add(**_key(row), sequence=row[3], **stored, replayed=replayed)

    def _compare_account(self, key: AccountKey) -> None:
        self._balances.checked += 1
        fold = self._folds.get(key) or _Fold()
        replayed = [*(fold.buckets[name] for name in ACCOUNT_BUCKETS), fold.sequence, fold.at]
        row = self._accounts.get(key)
        stored = None if row is None else list(row[3:])
        if stored != replayed:
            names = (*ACCOUNT_BUCKETS, "sequence", "clock")
            self._balances.add(**_key(key), **_difference(names, stored, replayed))

    def _compare_lot(self, key: LotKey) -> None:
        self._parts.checked += 1
        parts = self._lot_folds.get(key) or _buckets()
        amount = -sum(parts[name] for name in _BROUGHT_IN)
        replayed = [amount, *(parts[name] for name in LOT_BUCKETS)]
        row = self._lots.get(key)
        stored = None if row is None else list(row[4:])
        if stored != replayed:
            names = ("amount", *LOT_BUCKETS)
            self._parts.add(**_key(key), lot_number=key[3], **_difference(names, stored, replayed))


def _key(row: Row) -> dict[str, Any]:
    return {"merchant_id": row[0], "customer_id": row[1], "wallet": row[2]}


def _difference(
    names: Sequence[str], stored: list[int] | None, replayed: list[int]
) -> dict[str, dict[str, int] | None]:
    """Both sides by name; `stored` is None where there is no such row."""
    return {
        "stored": None if stored is None else dict(zip(names, stored, strict=True)),
        "replayed": dict(zip(names, replayed, strict=True)),
    }
