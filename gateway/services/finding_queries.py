"""The queries behind a reconciliation: a bounded piece of an index at a time, in its order.

Each piece is cut out first, and then each of its rows looks for its counterpart by key, so the
cost of a page does not grow with what is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway.ids import first_id
from gateway.ledger import order_rows, rows
from gateway.services.findings import FindingKind
from gateway.services.sandbox import real

EXAMINED: Final = 10_000
"""Rows that a page looks at, of each kind. With many that agree, a page may find nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """`page` and `edge` begin with the same arguments; see `arguments`.

    `page` takes how many are wanted after these, and answers the rows that do not agree. `edge`
    answers where the piece ends that `page` has looked at; nothing, if that was all.
    """

    page: str
    edge: str
    by_id: bool

    def arguments(
        self, merchant_id: int, span: tuple[int, int], after: tuple[int, int]
    ) -> list[int]:
        """The merchant, the times from and until, and the position of the last one seen."""
        if not self.by_id:
            return [merchant_id, max(span[0], after[0]), span[1], *after]
        return [merchant_id, *(first_id(time) for time in span), after[1]]


_REDEMPTION = ", ".join(f"r.{name}" for name in rows.REDEMPTION)
_NOT_GIVEN_BACK = (
    "r.captured_points + r.captured_credits_minor > r.refunded_points + r.refunded_credits_minor"
)


def _closed(status: str, where: str) -> Query:
    """Redemptions by the time at which they were closed."""
    piece = (
        "FROM redemption WHERE merchant_id = ?"
        f" AND status = '{status}' AND closed_at > 0 AND closed_at >= ? AND closed_at < ?"
        " AND (closed_at, id) > (?, ?) ORDER BY closed_at, id"
    )
    page = (
        f"SELECT {_REDEMPTION}, r.closed_at AS position, r.id AS number"  # noqa: S608 - fixed names
        f" FROM (SELECT * {piece} LIMIT {EXAMINED}) r"
        f" WHERE {where} AND {real('r')} ORDER BY r.closed_at, r.id LIMIT ?"
    )
    edge = f"SELECT closed_at AS position, id AS number {piece} LIMIT 1 OFFSET {EXAMINED - 1}"
    return Query(page, edge, by_id=False)


def _ordered(condition: str, where: str, redemption: str) -> Query:
    """Orders by their id, which grows with the time at which the first was told of them.

    `redemption`: the id of the one that it did not capture, null for an order that is no finding.
    """
    piece = (
        f"FROM customer_order WHERE merchant_id = ?{condition} AND id >= ? AND id < ?"
        " AND id > ? ORDER BY id"
    )
    candidates = (
        f"SELECT o.merchant_id, o.customer_id, o.order_id, o.id, o.completed_at, o.total_minor,"  # noqa: S608 - fixed names
        f" o.capture_refusal, {redemption} AS found FROM (SELECT * {piece} LIMIT {EXAMINED}) o"
        f" WHERE o.completed_at IS NOT NULL AND o.cancelled_at IS NULL"
        f" AND {real('o')}{where}"
    )
    page = (
        "SELECT o.order_id AS of_order, o.merchant_id AS merchant_of, o.customer_id AS owner,"  # noqa: S608 - fixed names
        " o.total_minor AS order_minor,"
        " o.completed_at, o.capture_refusal, 0 AS position, o.id AS number,"
        f" {_REDEMPTION} FROM ({candidates}) o"
        " LEFT JOIN redemption r ON r.merchant_id = o.merchant_id"
        " AND r.customer_id = o.customer_id AND r.id = o.found"
        f" WHERE o.found IS NOT NULL{'' if where else ' OR o.capture_refusal IS NOT NULL'}"
        " ORDER BY o.id LIMIT ?"
    )
    edge = f"SELECT 0 AS position, id AS number {piece} LIMIT 1 OFFSET {EXAMINED - 1}"
    return Query(page, edge, by_id=True)


_OF_CART = (
    "(SELECT max(x.id) FROM redemption x WHERE x.merchant_id = o.merchant_id"
    " AND x.customer_id = o.customer_id AND x.cart_id = o.order_id AND x.status = '{status}')"
)
_HELD, _EXPIRED = (_OF_CART.format(status=status) for status in ("HELD", "EXPIRED"))
_UNCAPTURED = (
    " AND (SELECT min(c.id) FROM redemption c WHERE c.merchant_id = o.merchant_id"
    " AND c.order_id = o.order_id AND c.order_id IS NOT NULL"
    " AND c.customer_id = o.customer_id) IS NULL"
)


def _of_order(column: str, of: str) -> str:
    """A column of the order with that id. A query by itself is never planned as a scan and join."""
    return (
        f"(SELECT {column} FROM customer_order o"  # noqa: S608 - fixed names
        f" WHERE o.merchant_id = r.merchant_id AND o.order_id = {of})"
    )


QUERIES: Final = {
    FindingKind.CAPTURED_WITHOUT_ORDER: _closed(
        "CAPTURED",
        f"{_NOT_GIVEN_BACK} AND"
        f" {_of_order('coalesce(o.completed_at, o.cancelled_at)', 'r.order_id')} IS NULL",
    ),
    FindingKind.CAPTURED_BUT_CANCELLED: _closed(
        "CAPTURED",
        f"{_NOT_GIVEN_BACK} AND {_of_order('o.cancelled_at', 'r.order_id')} IS NOT NULL",
    ),
    FindingKind.CAPTURE_REFUSED: _ordered(
        " AND capture_refusal IS NOT NULL", "", "o.redemption_id"
    ),
    FindingKind.HOLD_NOT_CAPTURED: _ordered(
        "",
        f" AND o.redemption_id IS NULL AND o.capture_refusal IS NULL{_UNCAPTURED}",
        f"coalesce({_HELD}, {_EXPIRED})",
    ),
    FindingKind.HOLD_ENDED_UNPAID: _closed(
        "EXPIRED", f"{_of_order('o.completed_at', 'r.cart_id')} IS NULL"
    ),
}

LEFT_OPEN: Final = (
    f"SELECT coalesce({_HELD}, {_EXPIRED}) AS found"  # noqa: S608 - fixed names
    " FROM (SELECT CAST(? AS BIGINT) AS merchant_id, CAST(? AS BIGINT) AS customer_id,"
    " CAST(? AS TEXT) AS order_id) o"
)
"""Of a merchant's customer, by the id of a cart."""

_NAMED = "FROM (VALUES {marks}) k CROSS JOIN"
"""Each name in `column1`; first in the join, so that each is looked up by the index."""

ORDERS_NAMED: Final = (
    f"SELECT {', '.join(f'o.{name}' for name in order_rows.ORDER)} {_NAMED} customer_order o"
    " WHERE o.merchant_id = ? AND o.order_id = k.column1"
)
CAPTURED_FOR: Final = (
    f"SELECT {_REDEMPTION} {_NAMED} redemption x CROSS JOIN redemption r"
    " WHERE x.merchant_id = ? AND x.order_id = k.column1 AND x.order_id IS NOT NULL"
    " AND r.merchant_id = x.merchant_id AND r.customer_id = x.customer_id AND r.id = x.id"
    f" AND {_NOT_GIVEN_BACK}"
)
"""What stands captured for these orders. `x` needs no more than its index has: else SQLite, which
knows nothing of how many there are, goes through all redemptions of the merchant.
"""
CUSTOMERS_NAMED: Final = {
    column: f"SELECT c.id, c.{column} AS name {_NAMED} customer c"
    f" WHERE c.merchant_id = ? AND c.{column} = k.column1 AND c.{column} IS NOT NULL"
    for column in ("external_id", "phone", "email")
}
ALIASES_NAMED: Final = (
    f"SELECT a.customer_id AS id, a.value AS name {_NAMED} customer_alias a"
    " WHERE a.merchant_id = ? AND a.kind = ? AND a.value = k.column1"
)
"""Customers by what they were known by before they were merged into another one."""
MERGED: Final = (
    f"SELECT c.id, c.merged_into {_NAMED} customer c"
    " WHERE c.merchant_id = ? AND c.id = CAST(k.column1 AS BIGINT) AND c.merged_into IS NOT NULL"
)
"""`{marks}` is as many times `(?)` as there are names; the merchant comes after them."""
