"""The sweeper tidies what nobody touches, and forgets only what may be forgotten."""

from __future__ import annotations

import pytest

from gateway.ledger.commands import Grant, IdempotencyKey, LotSource, Wallet
from gateway.services import sweeper as module
from gateway.services.sweeper import Sweeper
from tests.ledger.ordering import earning
from tests.ledger.shop import MERCHANT, SECOND, Shop

DAY = 86_400 * SECOND


def sweeper(shop: Shop) -> Sweeper:
    return Sweeper(shop.store, shop.ledger, lambda: shop.now, retention_days=45)


async def handed_over(shop: Shop) -> None:
    await shop.sql("UPDATE outbox SET delivered_at = at")


async def test_a_sweep_settles_every_customer_for_whom_something_is_due(shop: Shop):
    await earning(shop, reminder_seconds=None)
    await shop.do(shop.grant(10, expires_at=shop.now + 3_600 * SECOND))
    await shop.do(shop.grant(50, customer=2))
    hold = await shop.held(20, customer=2)
    await shop.do(shop.grant(5, customer=3))
    assert await sweeper(shop).sweep() == 0
    shop.now += 7_200 * SECOND
    assert await sweeper(shop).sweep() == 2
    assert await shop.balance(1) == (0, 0, 0, 0)
    assert await shop.balance(2) == (50, 0, 0, 0)
    assert await shop.balance(3) == (5, 0, 0, 0)
    assert await shop.status(hold) == ("EXPIRED", "HOLD_RAN_OUT")
    assert await sweeper(shop).sweep() == 0


async def test_a_key_is_remembered_for_the_retention_and_then_forgotten(shop: Shop):
    await shop.do(shop.grant(10, key="once"))
    shop.now += 44 * DAY
    await sweeper(shop).sweep()
    assert (await shop.do(shop.grant(10, key="once"))).replayed
    shop.now += 2 * DAY
    await sweeper(shop).sweep()
    assert await shop.sql("SELECT count(*) FROM idempotency") == [(0,)]
    assert not (await shop.do(shop.grant(10, key="once"))).replayed


async def test_an_event_goes_only_after_it_was_handed_over(shop: Shop):
    """However old: what nobody was told of yet is never lost."""
    await shop.do(shop.grant(10))
    shop.now += 400 * DAY
    await sweeper(shop).sweep()
    assert await shop.sql("SELECT count(*) FROM outbox WHERE delivered_at IS NULL") == [(1,)]
    await handed_over(shop)
    shop.now += 2 * DAY
    await sweeper(shop).sweep()
    assert await shop.sql("SELECT count(*) FROM outbox") == [(0,)]


async def test_an_imported_file_is_remembered_for_good(shop: Shop):
    imported = Grant(
        merchant_id=MERCHANT,
        customer_id=1,
        key=IdempotencyKey("import", "file", "hash"),
        wallet=Wallet.COINS,
        points=10,
        reason="import",
        source=LotSource.IMPORT,
    )
    await shop.do(imported)
    shop.now += 400 * DAY
    await sweeper(shop).sweep()
    assert (await shop.do(imported)).replayed
    assert await shop.balance() == (10, 0, 0, 0)


async def test_a_purge_goes_in_small_transactions_until_nothing_is_left(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    for customer in range(1, 6):
        await shop.do(shop.grant(10, customer))
    shop.now += 44 * DAY
    await shop.do(shop.grant(10, 6, key="young"))
    await handed_over(shop)
    shop.now += 2 * DAY
    monkeypatch.setattr(module, "PURGE_BATCH", 2)
    monkeypatch.setattr(module, "PURGE_PAUSE_SECONDS", 0)
    monkeypatch.setattr(module, "PURGE_BATCHES", 2)
    tidy = sweeper(shop)
    await tidy.sweep()
    assert shop.store.purged == [4, 4]
    await tidy.sweep()
    await tidy.sweep()
    assert shop.store.purged == [4, 4, 2, 0]
    assert await shop.sql("SELECT key FROM idempotency") == [("young",)]
    assert await shop.sql("SELECT key FROM outbox") == [("young",)]


async def test_a_purge_that_failed_is_tried_again_after_an_hour(shop: Shop):
    await shop.do(shop.grant(10, expires_at=shop.now + 3_600 * SECOND))
    await handed_over(shop)
    shop.now += 46 * DAY
    await shop.sql("ALTER TABLE outbox RENAME TO elsewhere")
    tidy = sweeper(shop)
    try:
        with pytest.raises(Exception, match="outbox"):
            await tidy._purge()
    finally:
        await shop.sql("ALTER TABLE elsewhere RENAME TO outbox")
    assert await tidy.sweep() == 1
    assert shop.store.purged == []
    shop.now += 3_600 * SECOND
    await tidy.sweep()
    assert shop.store.purged == [2, 0]


async def test_what_is_too_old_is_found_by_an_index(shop: Shop):
    """Nothing else would keep the daily purge from reading everything there is."""
    explain = "EXPLAIN QUERY PLAN" if shop.sqlite else "EXPLAIN"
    if not shop.sqlite:
        await shop.sql("SET enable_seqscan = off")
    for table, kept, index in (
        ("idempotency", "caller <> 'import'", "idempotency_by_age"),
        ("outbox", "delivered_at IS NOT NULL", "outbox_delivered"),
    ):
        oldest = f"SELECT * FROM {table} WHERE at < 1 AND {kept} ORDER BY at LIMIT 5"  # noqa: S608 - fixed names
        assert index in str(await shop.sql(f"{explain} {oldest}"))
