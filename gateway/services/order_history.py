"""Orders as they stand: one by the merchant's own id, and a customer's, newest first."""

from __future__ import annotations

from typing import Any

from gateway.ledger import order_rows
from gateway.ledger.commands import Redemption
from gateway.ledger.merging import MERGED
from gateway.ledger.order_state import OrderState
from gateway.services.database import statement
from gateway.services.history import Page, checked_size, find_redemption, page_of

_COLUMNS = ", ".join(order_rows.ORDER)
_ONE = f"SELECT {_COLUMNS} FROM customer_order WHERE merchant_id = ? AND order_id = ?"  # noqa: S608 - fixed names
_BY_ID = f"SELECT {_COLUMNS} FROM customer_order WHERE merchant_id = ? AND id = ?"  # noqa: S608 - fixed names
_PAGE = (
    f"SELECT {_COLUMNS} FROM customer_order"  # noqa: S608 - fixed names
    " WHERE merchant_id = ? AND customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?"
)
# The customer, whom it was merged into, and all that were merged into either.
_FAMILY = (
    "SELECT id FROM customer WHERE merchant_id = ? AND merged_into = ?"
    " UNION SELECT merged_into FROM customer"
    " WHERE merchant_id = ? AND id = ? AND merged_into IS NOT NULL"
    " UNION SELECT g.id FROM customer c JOIN customer g"
    " ON g.merchant_id = c.merchant_id AND g.merged_into = c.merged_into"
    " WHERE c.merchant_id = ? AND c.id = ?"
)
_NEWEST = 2**63 - 1


async def find_order(merchant_id: int, order_id: str) -> OrderState | None:
    """The order of that id of the merchant's, None when nothing was told of one."""
    if not order_id.isprintable():
        return None  # such an id is never stored, and not every engine can even look for it
    return _only(await statement(_ONE, merchant_id, order_id))


async def order_by_id(merchant_id: int, number: int) -> OrderState | None:
    """The order of that id of the gateway's own, None when there is no such one."""
    return _only(await statement(_BY_ID, merchant_id, number))


async def orders(
    merchant_id: int, customer_id: int, first: int, after: int | None
) -> Page[OrderState]:
    """Up to `first` orders of the customer, told of before the one with the id `after`.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    last = _NEWEST if after is None else after
    found = await statement(_PAGE, merchant_id, customer_id, last, first + 1)
    return page_of([_order(row) for row in found], first)


async def redemption_of(order: OrderState, now: int) -> Redemption | None:
    """What the order captured, or could not capture, as of `now`; None: it has none.

    Of two customers who became one, the one may have the order and the other the redemption: what a
    guest held goes on at the account under the same id, and there it is captured.
    """
    merchant_id, number = order.merchant_id, order.redemption_id
    if number is None:
        return None
    own = await find_redemption(merchant_id, order.customer_id, number, now)
    if own is not None and own.close_reason != MERGED:
        return own
    each = (merchant_id, order.customer_id)
    for row in await statement(_FAMILY, *each, *each, *each):
        found = await find_redemption(merchant_id, row["id"], number, now)
        if found is not None and found.close_reason != MERGED:
            return found
    return own


def _only(found: list[dict[str, Any]]) -> OrderState | None:
    return _order(found[0]) if found else None


def _order(row: dict[str, Any]) -> OrderState:
    return order_rows.order([row[name] for name in order_rows.ORDER])
