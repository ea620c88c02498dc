"""Rows of the ledger's tables to objects and back; the same column order on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import orjson

from gateway.errors import Code, Refusal
from gateway.ledger import order_rows
from gateway.ledger.commands import Balance, LotSource, Note, Outcome, Redemption, Status, Wallet
from gateway.ledger.journal_rows import Entry, Event, Record
from gateway.ledger.state import Account, Allocation, Lot

Row = Sequence[Any]

KEY = ("merchant_id", "customer_id")
ACCOUNT = tuple(f.name for f in fields(Account))
LOT = (*KEY, *(f.name for f in fields(Lot)), "open")
REDEMPTION = tuple(f.name for f in fields(Redemption))
ALLOCATION = (*KEY, *(f.name for f in fields(Allocation)))
PERSON = ("merchant_id", "id", "tier", "tags", "merged_into", "erased_at", "has_guests")
"""Of a customer, what a decision goes by."""
ENTRY = tuple(f.name for f in fields(Entry))
RECORD = tuple(f.name for f in fields(Record))
NOTE = tuple(f.name for f in fields(Note))
EVENT = (*KEY, "position", "number", "kind", "redemption_id", "caller", "key", "payload", "at")


def account(row: Row) -> Account:
    """One row of `account`."""
    return Account(row[0], row[1], Wallet(row[2]), *row[3:])


def account_row(a: Account) -> Row:
    """The columns of ACCOUNT."""
    return (
        a.merchant_id,
        a.customer_id,
        a.wallet.value,
        a.available,
        a.held,
        a.pending,
        a.debt,
        a.sequence,
        a.clock,
        a.next_due_at,
        a.expiry_at,
        a.expiry_points,
        a.remind_at,
        a.reminded_until,
    )


def lot(row: Row) -> Lot:
    """One row of `lot`, after its merchant and customer."""
    numbers = (row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10], row[11])
    return Lot(Wallet(row[2]), *numbers, row[12], row[13], LotSource(row[14]), *row[15:18])


def lot_row(merchant_id: int, customer_id: int, lot: Lot) -> Row:
    """The columns of LOT."""
    return (
        merchant_id,
        customer_id,
        lot.wallet.value,
        lot.number,
        lot.amount,
        lot.pending,
        lot.available,
        lot.held,
        lot.spent,
        lot.expired,
        lot.clawed_back,
        lot.moved,
        lot.available_from,
        lot.expires_at,
        lot.source.value,
        lot.created_at,
        lot.from_customer,
        lot.from_number,
        lot.open,
    )


def redemption(row: Row) -> Redemption:
    """One row of `redemption`."""
    values = dict(zip(REDEMPTION, row, strict=True))
    values["status"] = Status(values["status"])
    return Redemption(**values)


def redemption_row(r: Redemption) -> Row:
    """The columns of REDEMPTION."""
    return tuple(getattr(r, name) for name in REDEMPTION)


def allocation(row: Row) -> Allocation:
    """One row of `redemption_lot`, after its merchant and customer."""
    return Allocation(row[2], Wallet(row[3]), *row[4:])


def allocation_row(merchant_id: int, customer_id: int, a: Allocation) -> Row:
    """The columns of ALLOCATION."""
    return (
        merchant_id,
        customer_id,
        a.redemption_id,
        a.wallet.value,
        a.lot_number,
        a.amount,
        a.captured,
        a.refunded,
        a.expires_at,
    )


def entry_row(e: Entry) -> Row:
    """The columns of ENTRY."""
    return tuple(getattr(e, name) for name in ENTRY)


def record(row: Row) -> Record:
    """One row of `idempotency`."""
    return Record(row[0], row[1], row[2], row[3], bool(row[4]), row[5], outcome(row[6]), row[7])


def record_row(r: Record) -> Row:
    """The columns of RECORD."""
    return (
        r.merchant_id,
        r.caller,
        r.key,
        r.request_hash,
        r.accepted,
        r.customer_id,
        outcome_json(r.outcome),
        r.at,
    )


def event_row(e: Event) -> Row:
    """The columns of EVENT."""
    payload = {
        "redemption": e.redemption and _redemption_json(e.redemption),
        "coins": _balance_json(e.coins),
        "credits": _balance_json(e.credits),
        "detail": e.detail,
    }
    return (
        e.merchant_id,
        e.customer_id,
        e.position,
        e.number,
        e.kind,
        e.redemption.id if e.redemption else None,
        e.caller,
        e.key,
        orjson.dumps(payload).decode(),
        e.at,
    )


def note_row(n: Note) -> Row:
    """The columns of NOTE."""
    return tuple(getattr(n, name) for name in NOTE)


def outcome_json(outcome: Outcome) -> str:
    """The stored form of an outcome."""
    refusal = outcome.refusal
    body = {
        "refusal": refusal and [getattr(refusal, f.name) for f in fields(Refusal)],
        "redemption": outcome.redemption and list(redemption_row(outcome.redemption)),
        "order": outcome.order and list(order_rows.order_row(outcome.order)),
        "coins": _balance_json(outcome.coins),
        "credits": _balance_json(outcome.credits),
    }
    return orjson.dumps(body).decode()


def outcome(text: str) -> Outcome:
    """The outcome from its stored form."""
    body = orjson.loads(text)
    refusal = body["refusal"]
    if refusal is not None:
        code, allowed, missing, missing_minor, limit_minor, path = refusal
        path = None if path is None else tuple(path)
        refusal = Refusal(Code(code), allowed, missing, missing_minor, limit_minor, path)
    return Outcome(
        refusal=refusal,
        redemption=redemption(body["redemption"]) if body["redemption"] else None,
        order=order_rows.order(body["order"]) if body.get("order") else None,
        coins=Balance(*body["coins"]),
        credits=Balance(*body["credits"]),
    )


def _redemption_json(r: Redemption) -> dict[str, Any]:
    return {name: getattr(r, name) for name in REDEMPTION}


def _balance_json(b: Balance) -> list[int | None]:
    return [b.available, b.held, b.pending, b.debt, b.expiry_at, b.expiry_points]
