"""What commands of orders need besides: orders, days of customers, awards, and whose redemption.

Asked after the lock and before the load, and only for commands that need it: the load of all other
batches stays one statement.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.ledger import order_rows
from gateway.ledger.days import DAY
from gateway.ledger.loading import Wanted
from gateway.ledger.order_rows import Row
from gateway.ledger.postgres_arguments import columns
from gateway.ledger.state import State
from gateway.rules.earning_rules import YEAR_DAYS

# A limit or an offset keeps each key's part for itself; see `postgres_sql`.
_ORDER = "merchant_id = k.m AND customer_id = k.c AND order_id = k.o"
_SALES = "unnest($1::bigint[], $2::bigint[], $3::text[]) k(m, c, o)"
_HOLDERS = "unnest($4::bigint[], $5::bigint[]) k(m, c)"
_OF_HOLDER = "merchant_id = k.m AND customer_id = k.c"
_ROW = ", ".join


def _array(columns: Iterable[str], source: str) -> str:
    listed = _ROW(f"x.{name}" for name in columns)
    return f"(SELECT coalesce(json_agg(json_build_array({listed})), '[]') FROM ({source}) x)"  # noqa: S608 - fixed names


def _each(keys: str, table: str, condition: str, tail: str = "OFFSET 0") -> str:
    part = f"SELECT * FROM {table} WHERE {condition} {tail}"  # noqa: S608 - fixed names
    return f"SELECT t.* FROM {keys} CROSS JOIN LATERAL ({part}) t"  # noqa: S608 - fixed names


_LATEST = "ORDER BY id DESC LIMIT 1"
_DATED = f"""
    {_each(_HOLDERS, "customer_day", f"{_OF_HOLDER} AND day > $6")}
    UNION
    {
    _each(
        "unnest($7::bigint[], $8::bigint[], $9::bigint[]) k(m, c, d)",
        "customer_day",
        f"{_OF_HOLDER} AND day = k.d",
    )
}
    UNION
    SELECT t.* FROM {_SALES}
    CROSS JOIN LATERAL (SELECT placed_at FROM customer_order WHERE {_ORDER} OFFSET 0) o
    CROSS JOIN LATERAL (
        SELECT * FROM customer_day WHERE {_OF_HOLDER} AND day = o.placed_at / {DAY} OFFSET 0
    ) t
    UNION
    {_each("unnest($16::bigint[], $17::bigint[]) k(m, c)", "customer_day", _OF_HOLDER)}
"""  # noqa: S608 - fixed names
_REDEMPTIONS = f"""
    {_each(_SALES, "redemption", f"{_ORDER}")}
    UNION
    {
    _each(
        "unnest($10::bigint[], $11::bigint[], $12::text[]) k(m, c, o)",
        "redemption",
        f"{_OF_HOLDER} AND cart_id = k.o AND status = 'EXPIRED'",
        _LATEST,
    )
}
"""
_GUESTS = f"""
    SELECT k.m, k.c, k.o, t.customer_id FROM {_SALES}
    CROSS JOIN LATERAL (
        SELECT customer_id FROM customer_order WHERE merchant_id = k.m AND order_id = k.o OFFSET 0
    ) t
    CROSS JOIN LATERAL (
        SELECT merged_into FROM customer WHERE merchant_id = k.m AND id = t.customer_id OFFSET 0
    ) u
    WHERE u.merged_into = k.c
"""  # noqa: S608 - fixed names
POSTGRES: Final = "SELECT " + ", ".join(
    (
        _array(
            order_rows.ORDER,
            _each(_SALES, "customer_order", "merchant_id = k.m AND order_id = k.o"),
        ),
        _array(order_rows.DAY, _DATED),
        _array(
            ("merchant_id", "customer_id"),
            _each(_HOLDERS, "customer_day", _OF_HOLDER, "LIMIT 1"),
        ),
        _array(
            order_rows.AWARD,
            _each(
                "unnest($13::bigint[], $14::bigint[], $15::text[]) k(m, c, o)",
                "award",
                f"{_OF_HOLDER} AND occasion = k.o",
            ),
        ),
        _array(("merchant_id", "customer_id", "id"), _REDEMPTIONS),
        _array(("m", "c", "o", "customer_id"), _GUESTS),
    )
)
"""Six arrays of rows, in the order of the fields of `OrderRows`."""


@dataclass(slots=True)
class OrderRows:
    """What was found.

    `ordered` and `redemptions` are keys: of customers who ever completed an order, and of
    redemptions that commands are about without naming them.
    """

    orders: Sequence[Row] = ()
    days: Sequence[Row] = ()
    ordered: Sequence[Row] = ()
    awards: Sequence[Row] = ()
    redemptions: Sequence[Row] = ()
    guests: Sequence[Row] = field(default_factory=tuple)
    """Merchant, customer, order, and the guest whose it is, who was merged into that customer."""

    def keys(self, wanted: Wanted) -> Wanted:
        """The same keys, with those of the redemptions that the load then fetches."""
        taken = {
            (order.merchant_id, order.order_id): order.redemption_id
            for order in map(order_rows.order, self.orders)
        }
        # Of each who is asked about it: what a guest held may have gone on to the account.
        linked = [
            (merchant_id, customer_id, redemption_id)
            for merchant_id, customer_id, order_id in wanted.sales
            if (redemption_id := taken.get((merchant_id, order_id))) is not None
        ]
        return wanted.found([*self.redemptions, *linked])

    def attach(self, wanted: Wanted, state: State) -> None:
        """Give each customer of the state its part."""
        known = {(row[0], row[2]): order_rows.order(row) for row in self.orders}
        for merchant_id, customer_id, order_id in wanted.sales:
            order = known.get((merchant_id, order_id))
            holder = state.holders[merchant_id, customer_id]
            if order is not None and order.customer_id == customer_id:
                holder.orders[order_id] = order
            elif order is not None:
                holder.foreign_orders.add(order_id)
        for merchant_id, customer_id, order_id, guest_id in self.guests:
            state.holders[merchant_id, customer_id].guest_sales[order_id] = guest_id
        for row in self.days:
            day = order_rows.day(row)
            state.holders[day.merchant_id, day.customer_id].days[day.day] = day
        for row in self.ordered:
            state.holders[row[0], row[1]].ordered = True
        for row in self.awards:
            award = order_rows.award(row)
            state.holders[award.merchant_id, award.customer_id].awards[award.occasion] = award


def order_arguments(keys: Wanted, now: int) -> list[Any]:
    """The arguments of POSTGRES, one array a column."""
    return [
        *columns(keys.sales, 3),
        *columns(keys.years, 2),
        now // DAY - YEAR_DAYS,
        *columns(keys.dated, 3),
        *columns(keys.carts, 3),
        *columns(keys.occasions, 3),
        *columns(keys.lifetimes, 2),
    ]


def _select(names: Iterable[str], table: str, where: str) -> str:
    return f"SELECT {_ROW(names)} FROM {table} WHERE {where}"  # noqa: S608 - fixed names


_OF_CUSTOMER = "merchant_id = ? AND customer_id = ?"
_KEY = ("merchant_id", "customer_id", "id")
_SQLITE_ORDER = _select(order_rows.ORDER, "customer_order", "merchant_id = ? AND order_id = ?")
_SQLITE_YEAR = _select(order_rows.DAY, "customer_day", f"{_OF_CUSTOMER} AND day > ?")
_SQLITE_DAY = _select(order_rows.DAY, "customer_day", f"{_OF_CUSTOMER} AND day = ?")
_SQLITE_DAYS = _select(order_rows.DAY, "customer_day", _OF_CUSTOMER)
_SQLITE_GUEST = (
    "SELECT ?1, ?2, ?3, id FROM customer WHERE merchant_id = ?1 AND id = ?4 AND merged_into = ?2"
)
_SQLITE_ORDERED = _select(order_rows.DAY[:2], "customer_day", f"{_OF_CUSTOMER} LIMIT 1")
_SQLITE_AWARD = _select(order_rows.AWARD, "award", f"{_OF_CUSTOMER} AND occasion = ?")
_SQLITE_PAID = _select(_KEY, "redemption", f"{_OF_CUSTOMER} AND order_id = ?")
_SQLITE_LATE = _select(
    _KEY, "redemption", f"{_OF_CUSTOMER} AND cart_id = ? AND status = 'EXPIRED' {_LATEST}"
)


def find_sqlite(db: sqlite3.Connection, keys: Wanted, now: int) -> OrderRows:
    """The same, key by key."""

    def each(sql: str, wanted: Iterable[Any]) -> list[Row]:
        return [row for key in wanted for row in db.execute(sql, key)]

    orders = each(_SQLITE_ORDER, sorted({(m, o) for m, _, o in keys.sales}))
    own = {(m, c, o) for m, c, o in keys.sales}
    placed = [o for o in map(order_rows.order, orders) if o.placed_at is not None]
    dated = {
        *keys.dated,
        *(
            (o.merchant_id, o.customer_id, (o.placed_at or 0) // DAY)
            for o in placed
            if (o.merchant_id, o.customer_id, o.order_id) in own
        ),
    }
    since = now // DAY - YEAR_DAYS
    days = {
        tuple(row)
        for row in (
            *each(_SQLITE_YEAR, ((*holder, since) for holder in keys.years)),
            *each(_SQLITE_DAY, dated),
            *each(_SQLITE_DAYS, keys.lifetimes),
        )
    }
    owners = {(o.merchant_id, o.order_id): o.customer_id for o in map(order_rows.order, orders)}
    asked = [(m, c, o, owners.get((m, o))) for m, c, o in keys.sales]
    return OrderRows(
        guests=each(_SQLITE_GUEST, [key for key in asked if key[3] not in {None, key[1]}]),
        orders=orders,
        days=list(days),
        ordered=each(_SQLITE_ORDERED, keys.years),
        awards=each(_SQLITE_AWARD, keys.occasions),
        redemptions=[*each(_SQLITE_PAID, keys.sales), *each(_SQLITE_LATE, keys.carts)],
    )
