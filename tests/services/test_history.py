"""Pages of what happened, newest first; nothing is shown twice or left out, nor shown to others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gateway.errors import RequestError
from gateway.ledger.commands import Redemption, Status, Wallet
from gateway.services.database import statement
from gateway.services.history import (
    EntryView,
    Page,
    find_redemption,
    ledger_entries,
    redemptions,
)

SHOP, ASHA, RAVI = 1, 7, 8
T0 = 1_000


async def insert(table: str, values: dict[str, Any]) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - fixed names
    await statement(sql, *values.values())


def entry(sequence: int, wallet: Wallet = Wallet.COINS) -> EntryView:
    return EntryView(
        wallet=wallet,
        sequence=sequence,
        kind="GRANT",
        source="issued",
        target="available",
        points=sequence * 10,
        lot_number=sequence if sequence % 2 else None,
        redemption_id=None if sequence % 2 else 99,
        reason="welcome",
        at=T0 + sequence,
        available_after=100,
        held_after=1,
        pending_after=2,
        debt_after=3,
    )


def hold(redemption_id: int, customer_id: int = ASHA, **values: Any) -> Redemption:
    plain: dict[str, Any] = {
        "cart_id": f"cart-{redemption_id}",
        "status": Status.HELD,
        "points": 100,
        "credits_minor": 0,
        "discount_minor": 100,
        "total_minor": 500,
        "eligible_minor": 400,
        "rule_id": 3,
        "rule_version": 2,
        "program_version": 4,
        "created_at": T0,
        "expires_at": T0 + 900,
    }
    return Redemption(
        merchant_id=SHOP, customer_id=customer_id, id=redemption_id, **(plain | values)
    )


async def keep_entry(customer_id: int, view: EntryView) -> None:
    values = {name: getattr(view, name) for name in EntryView.__slots__}
    values |= {"merchant_id": SHOP, "customer_id": customer_id, "wallet": view.wallet.value}
    await insert("journal", values)


async def keep(redemption: Redemption) -> None:
    values = {name: getattr(redemption, name) for name in Redemption.__slots__}
    await insert("redemption", values | {"status": redemption.status.value})


async def walk(
    fetch: Callable[[int | None], Awaitable[Page[Any]]], key: Callable[[Any], int]
) -> list[list[int]]:
    """All pages, as the keys of their items."""
    pages: list[list[int]] = []
    after: int | None = None
    while True:
        page = await fetch(after)
        pages.append([key(item) for item in page.items])
        if not page.more:
            return pages
        after = pages[-1][-1]


async def test_an_entry_is_shown_as_it_was_written(database: str):
    views = [entry(1), entry(2)]
    for view in views:
        await keep_entry(ASHA, view)
    page = await ledger_entries(SHOP, ASHA, Wallet.COINS, 10)
    assert page == Page(tuple(reversed(views)), more=False)


async def test_entries_are_paged_newest_first_by_account(database: str):
    for sequence in range(1, 8):
        await keep_entry(ASHA, entry(sequence))
    await keep_entry(ASHA, entry(1, Wallet.CREDITS))
    await keep_entry(RAVI, entry(8))
    pages = await walk(
        lambda after: ledger_entries(SHOP, ASHA, Wallet.COINS, 3, after), lambda e: e.sequence
    )
    assert pages == [[7, 6, 5], [4, 3, 2], [1]]
    credit = await ledger_entries(SHOP, ASHA, Wallet.CREDITS, 3)
    assert [(e.wallet, e.sequence) for e in credit.items] == [(Wallet.CREDITS, 1)]
    assert await ledger_entries(SHOP + 1, ASHA, Wallet.COINS, 3) == Page((), more=False)


async def test_what_comes_in_between_two_pages_shifts_nothing(database: str):
    for sequence in range(1, 5):
        await keep_entry(ASHA, entry(sequence))
    page = await ledger_entries(SHOP, ASHA, Wallet.COINS, 2)
    await keep_entry(ASHA, entry(5))
    after = page.items[-1].sequence
    rest = await ledger_entries(SHOP, ASHA, Wallet.COINS, 2, after)
    assert [e.sequence for e in (*page.items, *rest.items)] == [4, 3, 2, 1]
    assert not rest.more


async def test_redemptions_are_paged_newest_first_by_customer(database: str):
    for number in range(1, 6):
        await keep(hold(number))
    await keep(hold(9, RAVI))
    pages = await walk(lambda after: redemptions(SHOP, ASHA, 2, after, T0), lambda r: r.id)
    assert pages == [[5, 4], [3, 2], [1]]
    assert (await redemptions(SHOP, ASHA, 2, None, T0)).items == (hold(5), hold(4))


async def test_a_redemption_is_found_by_its_customer_alone(database: str):
    settled = hold(
        1,
        status=Status.CAPTURED,
        captured_points=80,
        captured_discount_minor=80,
        refunded_points=5,
        order_id="o",
        order_total_minor=500,
        close_reason="CAPTURED",
        closed_at=T0 + 3,
    )
    await keep(settled)
    assert await find_redemption(SHOP, ASHA, 1, T0 + 10_000) == settled
    assert await find_redemption(SHOP, RAVI, 1, T0) is None
    assert await find_redemption(SHOP + 1, ASHA, 1, T0) is None
    assert await find_redemption(SHOP, ASHA, 2, T0) is None


async def test_a_hold_whose_time_is_up_is_shown_as_expired_and_kept_as_it_is(database: str):
    """Only the ledger writes; its next command on the customer will."""
    await keep(hold(1))
    over = hold(1, status=Status.EXPIRED, close_reason="HOLD_RAN_OUT", closed_at=T0 + 900)
    assert await find_redemption(SHOP, ASHA, 1, T0 + 899) == hold(1)
    assert await find_redemption(SHOP, ASHA, 1, T0 + 900) == over
    assert (await redemptions(SHOP, ASHA, 1, None, T0 + 900)).items == (over,)
    [row] = await statement("SELECT status, closed_at FROM redemption")
    assert (row["status"], row["closed_at"]) == ("HELD", None)


@pytest.mark.parametrize("first", [0, -1, 101])
async def test_a_page_has_1_to_100_items(first: int):
    with pytest.raises(RequestError):
        await ledger_entries(SHOP, ASHA, Wallet.COINS, first)
    with pytest.raises(RequestError):
        await redemptions(SHOP, ASHA, first, None, T0)
