"""What a merchant's staff do with the inbox: look, replay what is dead, discard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gateway.errors import bad_input
from gateway.services.audit import SYSTEM, Actor, record
from gateway.services.checks import check
from gateway.services.database import statement, transaction
from gateway.services.history import MOST_ITEMS, Page
from gateway.services.inbox_items import COLUMNS, InboxItem, InboxState, item_of

MOST_AT_ONCE: Final = 1_000
MOST_NAMED: Final = 50
"""In an entry of the audit log."""
DISCARDED: Final = "Discarded by a person."
ERASED: Final = "Its customer was erased."
DELETED: Final = "Its source was deleted."

_AGAIN: Final = (
    "UPDATE inbox SET state = 'WAITING', attempts = 0, next_attempt_at = CAST(? AS BIGINT),"
    " claimed_until = NULL WHERE merchant_id = ?"
)
_CLOSE: Final = (
    "UPDATE inbox SET state = 'IGNORED', last_error = ?, claimed_until = NULL WHERE merchant_id = ?"
)
_BODY: Final = "SELECT body FROM inbox WHERE merchant_id = ? AND id = ?"
_ERASE: Final = (
    "UPDATE inbox SET body = '', headers = '{}', claimed_until = NULL, last_error = ?,"
    " state = CASE WHEN state = 'WAITING' THEN 'IGNORED' ELSE state END"
    " WHERE merchant_id = ? AND body <> '' AND EXISTS (SELECT 1 FROM customer_order AS o"
    " JOIN order_source AS s ON s.merchant_id = o.merchant_id"
    " WHERE o.merchant_id = inbox.merchant_id AND o.customer_id = ? AND s.id = inbox.source_id"
    " AND o.order_id = s.order_prefix || inbox.order_id) RETURNING id"
)
_REPLAYABLE: Final = " AND state IN ('DEAD', 'IGNORED', 'DONE') AND body <> ''"


async def list_inbox(
    merchant_id: int, state: InboxState | None, first: int, after: int | None = None
) -> Page[InboxItem]:
    """Up to `first` deliveries older than the one with the id `after`, newest first.

    Without their bodies, which may be long: `body_of` has each.
    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    if not 1 <= first <= MOST_ITEMS:
        raise bad_input(f"first is 1 to {MOST_ITEMS}.", "first")
    where, values = "merchant_id = ?", [merchant_id]
    wanted: list[object] = [*values]
    if state is not None:
        where, wanted = f"{where} AND state = ?", [*wanted, state.value]
    if after is not None:
        where, wanted = f"{where} AND id < ?", [*wanted, after]
    listed = COLUMNS.replace(" body,", " '' AS body,")
    sql = f"SELECT {listed} FROM inbox WHERE {where} ORDER BY id DESC LIMIT ?"  # noqa: S608 - fixed names
    found = [item_of(row) for row in await statement(sql, *wanted, first + 1)]
    return Page(tuple(found[:first]), more=len(found) > first)


async def body_of(merchant_id: int, inbox_id: int) -> str:
    """The body of one delivery as it came; empty where it was erased, or the delivery is gone."""
    found = await statement(_BODY, merchant_id, inbox_id)
    return found[0]["body"] if found else ""


async def erase_deliveries(merchant_id: int, customer_id: int) -> int:
    """Empty all that was sent of a customer's orders, before these are erased; how many that were.

    What waits is let be. Deliveries of which no order came, such as a guest's, are no customer's.
    """
    return len(await statement(_ERASE, ERASED, merchant_id, customer_id))


async def replay(merchant_id: int, ids: Sequence[int], now: int, by: Actor = SYSTEM) -> int:
    """Let deliveries that were settled or given up be carried out again; how many there were.

    Safe whatever they are: what an order was told before changes nothing.
    """
    _check(ids)
    sql = f"{_AGAIN}{_REPLAYABLE} AND id IN ({_places(ids)}) RETURNING delivery_id"
    which = (sql, now, merchant_id, *ids)
    return await _audited(merchant_id, by, now, "inbox.replay", which) if ids else 0


async def replay_dead(merchant_id: int, source_id: int, now: int, by: Actor = SYSTEM) -> int:
    """The same for all of a source that were given up."""
    sql = f"{_AGAIN} AND source_id = ? AND state = 'DEAD' RETURNING delivery_id"
    which = (sql, now, merchant_id, source_id)
    return await _audited(merchant_id, by, now, "inbox.replay", which)


async def discard(merchant_id: int, ids: Sequence[int], now: int, by: Actor = SYSTEM) -> int:
    """Let deliveries that wait or were given up be; how many there were."""
    _check(ids)
    sql = f"{_CLOSE} AND state IN ('WAITING', 'DEAD') AND id IN ({_places(ids)})"
    which = (f"{sql} RETURNING delivery_id", DISCARDED, merchant_id, *ids)
    return await _audited(merchant_id, by, now, "inbox.discard", which) if ids else 0


async def _audited(
    merchant_id: int, by: Actor, now: int, action: str, which: tuple[str, *tuple[object, ...]]
) -> int:
    """Run the statement, and tell the log which deliveries it was about, by the shop's own ids."""

    async def work() -> int:
        found = sorted(row["delivery_id"] for row in await statement(*which))
        if found:
            many = f"{len(found)} deliveries" if len(found) > 1 else "1 delivery"
            left = len(found) - MOST_NAMED
            told = ", ".join(found[:MOST_NAMED]) + (f" and {left} more" if left > 0 else "")
            await record(merchant_id, by, now, action, many, after={"deliveries": told})
        return len(found)

    return await transaction(work)


async def discard_of_source(merchant_id: int, source_id: int) -> int:
    """The same for all that wait of a source that goes, within the transaction of that."""
    sql = f"{_CLOSE} AND source_id = ? AND state = 'WAITING' RETURNING id"
    return len(await statement(sql, DELETED, merchant_id, source_id))


def _check(ids: Sequence[int]) -> None:
    check(len(ids) <= MOST_AT_ONCE, f"At most {MOST_AT_ONCE} at once.", "ids")


def _places(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
