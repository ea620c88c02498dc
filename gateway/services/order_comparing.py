"""A shop's list of orders held against the orders here, a chunk at a time.

Each chunk asks once for its orders, once for what was captured for them, and once for each way in
which its customers are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gateway.errors import RequestError
from gateway.ledger import order_rows, rows
from gateway.ledger.commands import Command, Redemption
from gateway.ledger.order_state import OrderState
from gateway.services import file_words as words
from gateway.services import order_building as build
from gateway.services.customers import CustomerRef
from gateway.services.database import statement
from gateway.services.finding_queries import (
    ALIASES_NAMED,
    CAPTURED_FOR,
    CUSTOMERS_NAMED,
    MERGED,
    ORDERS_NAMED,
)
from gateway.services.findings import Finding, FindingKind
from gateway.services.identity import normal_email
from gateway.services.order_file import FileOrder, FileStatus
from gateway.services.reconciling import previewed
from gateway.services.runtime import Runtime

CHUNK: Final = 500
"""Orders that are looked up together."""

_WHO: Final = {"externalId": "external_id", "phone": "phone", "email": "email"}


@dataclass(frozen=True, slots=True)
class Here:
    """What is known here of a chunk's orders, by their ids, and of its customers."""

    orders: dict[str, OrderState]
    captured: dict[str, Redemption]
    customers: dict[tuple[str, str], int]
    merged: dict[int, int]
    """Whom owners of orders were merged into."""
    region: str | None

    def owner(self, told: FileOrder) -> int | None:
        """Whose order it is: as is known here, else as the list says."""
        if told.order_id in self.orders:
            return self.orders[told.order_id].customer_id
        if told.order_id in self.captured:
            return self.captured[told.order_id].customer_id
        return self.named(told)

    def agrees(self, told: FileOrder) -> bool:
        """Whether the order is here whose the list says it is, as far as that one is known."""
        owner, named = self.owner(told), self.named(told)
        return named is None or owner is None or named in {owner, self.merged.get(owner)}

    def named(self, told: FileOrder) -> int | None:
        """The customer that the list names, if it is known here."""
        return None if told.who is None else self.customers.get(_name(*told.who, self.region))


async def compare(runtime: Runtime, merchant_id: int, told: Sequence[FileOrder]) -> list[Finding]:
    """What is not here, or stands otherwise here, with what its repair would come to.

    At most `CHUNK` orders at a time.
    """
    merchant = await runtime.directory.merchant(merchant_id)
    here = await _here(merchant_id, merchant.region, told)
    judge = _Judge(runtime, merchant_id, merchant.currency, here)
    return await previewed(runtime, [found for each in told for found in judge.found(each)])


async def _here(merchant_id: int, region: str | None, told: Sequence[FileOrder]) -> Here:
    ids = sorted({each.order_id for each in told})
    known = await _in(ORDERS_NAMED, ids, merchant_id)
    paid = await _in(CAPTURED_FOR, ids, merchant_id)
    states = (order_rows.order([row[name] for name in order_rows.ORDER]) for row in known)
    captured = (rows.redemption([row[name] for name in rows.REDEMPTION]) for row in paid)
    return Here(
        {state.order_id: state for state in states},
        {held.order_id or "": held for held in captured},
        await _customers(merchant_id, region, told),
        await _merged(merchant_id, (row["customer_id"] for row in (*known, *paid))),
        region,
    )


async def _customers(
    merchant_id: int, region: str | None, told: Sequence[FileOrder]
) -> dict[tuple[str, str], int]:
    """The ids of the customers that are there, by the way in which they are named."""
    found: dict[tuple[str, str], int] = {}
    names = {_name(*each.who, region) for each in told if each.who is not None}
    for way, column in _WHO.items():
        sought = sorted(name for given, name in names if given == way and name.isprintable())
        for row in await _in(CUSTOMERS_NAMED[column], sought, merchant_id):
            found[way, row["name"]] = row["id"]
        old = [name for name in sought if (way, name) not in found]
        for row in await _in(ALIASES_NAMED, old, merchant_id, column):
            found[way, row["name"]] = row["id"]
    return found


async def _merged(merchant_id: int, owners: Iterable[int]) -> dict[int, int]:
    """Whom these were merged into, of those who were."""
    found = await _in(MERGED, [str(owner) for owner in sorted(set(owners))], merchant_id)
    return {row["id"]: row["merged_into"] for row in found}


async def _in(sql: str, names: Sequence[str], *more: int | str) -> list[dict[str, Any]]:
    if not names:
        return []
    marks = ", ".join(["(?)"] * len(names))
    return await statement(sql.replace("{marks}", marks), *names, *more)


def _name(way: str, text: str, region: str | None) -> tuple[str, str]:
    """The name in the form in which it is stored; as it is where it is none."""
    try:
        phone = CustomerRef(phone=text).at_home(region).phone if way == "phone" else None
    except RequestError:
        return way, text
    return way, normal_email(text) if way == "email" else phone or text


@dataclass(frozen=True, slots=True)
class _Judge:
    """Holds one order of the list at a time against what is here."""

    runtime: Runtime
    merchant_id: int
    currency: str
    here: Here

    def found(self, told: FileOrder) -> Iterator[Finding]:
        """What does not agree; nothing for an order that stands alike."""
        known = self.here.orders.get(told.order_id)
        if not self.here.agrees(told):
            yield self._finding(FindingKind.ORDER_OF_ANOTHER, told)
        elif told.status is FileStatus.CANCELLED:
            yield from self._cancelled(told, known)
        elif known is not None and known.cancelled_at is not None:
            if told.status is FileStatus.PAID:
                yield self._finding(FindingKind.ORDER_CANCELLED_HERE, told)
        elif known is None or not known.completed:
            yield self._missing(told)
        else:
            yield from self._differs(told, known)

    def _cancelled(self, told: FileOrder, known: OrderState | None) -> Iterator[Finding]:
        owner = self.here.owner(told)
        standing = told.order_id in self.here.captured
        open_here = known is not None and known.cancelled_at is None and not known.whole
        if owner is not None and (open_here or (known is None and standing)):
            step = build.cancelling(self.runtime, self.merchant_id, owner, told.order_id, None)
            yield self._finding(FindingKind.ORDER_NOT_CANCELLED, told, (step,))

    def _missing(self, told: FileOrder) -> Finding:
        owner = self.here.owner(told)
        if owner is None:
            return self._finding(FindingKind.ORDER_MISSING, told)
        redemption = told.redemption[1] if told.redemption else None
        if told.redemption is not None and told.redemption[0] != owner:
            return self._finding(FindingKind.ORDER_OF_ANOTHER, told)
        sale = build.Completion(
            order_id=told.order_id,
            total_minor=told.total_minor,
            paid_minor=told.paid_minor,
            placed_at=told.placed_at,
            redemption_id=redemption,
            cart_id=told.cart_id,
            lenient=True,
        )
        done = build.completing(self.runtime, self.merchant_id, owner, sale, None)
        back = self._refund(told, owner, 0)
        return self._finding(FindingKind.ORDER_MISSING, told, (done, *back))

    def _differs(self, told: FileOrder, known: OrderState) -> Iterator[Finding]:
        amounts = ((told.total_minor, known.total_minor), (told.paid_minor, known.paid_minor))
        if any(there is not None and there != here for there, here in amounts):
            yield self._finding(FindingKind.ORDER_DIFFERS, told)
            return
        back = min(told.refunded_minor or 0, known.paid_minor or 0)
        less = not known.whole if told.whole else known.refunded_minor < back
        if less:
            steps = self._refund(told, known.customer_id, known.refunded_minor)
            yield self._finding(FindingKind.ORDER_NOT_REFUNDED, told, steps)
        elif told.refunded_minor is not None and known.refunded_minor > back:
            yield self._finding(FindingKind.ORDER_REFUNDED_MORE, told)

    def _refund(self, told: FileOrder, owner: int, already: int) -> tuple[Command, ...]:
        """What brings the order to what the list says was given back; nothing where that is none.

        Its id says up to how much, so that told again it is the same refund.
        """
        left = (told.refunded_minor or 0) - already
        if not told.whole and left <= 0:
            return ()
        name = "all" if told.whole else str(told.refunded_minor)
        fact = build.RefundFact(
            refund_id=f"reconcile:{name}", amount_minor=None if told.whole else left
        )
        return (build.refunding(self.runtime, self.merchant_id, owner, told.order_id, fact, None),)

    def _finding(
        self, kind: FindingKind, told: FileOrder, steps: Iterable[Command] = ()
    ) -> Finding:
        known = self.here.orders.get(told.order_id)
        captured = self.here.captured.get(told.order_id)
        total = told.paid_minor if told.total_minor is None else told.total_minor
        return Finding(
            kind=kind,
            merchant_id=self.merchant_id,
            key=told.order_id,
            sentence=words.of_list(kind, told, known, self.here.owner(told), self.currency),
            at=told.placed_at or (0 if known is None else known.placed_at or 0),
            customer_id=self.here.owner(told),
            order_id=told.order_id,
            redemption_id=None if captured is None else captured.id,
            points=0 if captured is None else captured.captured_points - captured.refunded_points,
            amount_minor=total,
            steps=tuple(steps),
        )
