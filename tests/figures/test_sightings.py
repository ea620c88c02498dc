"""What is noted while requests are served: bounded, written in sets, kept where it cannot be."""

from __future__ import annotations

from types import SimpleNamespace as Namespace

import pytest

from gateway.services import sightings as module
from gateway.services.database import statement
from gateway.services.sightings import Sightings
from tests.e2e.shop import Shop

NOON = 1_800_000_000_000_000
SEEN = "SELECT * FROM checkout_seen WHERE merchant_id = ? ORDER BY cart_id, day"


def look(notes: Sightings, shop: Shop, cart_id: str, at: int = NOON, discount: int = 0) -> None:
    notes.checkout(
        (shop.merchant_id, 7, cart_id), at, available=50, total_minor=900, discount_minor=discount
    )


async def test_previews_of_a_cart_are_one_row_a_day(shop: Shop):
    notes = Sightings()
    look(notes, shop, "a", discount=300)
    look(notes, shop, "a", NOON + 5)
    assert await notes.flush() == 1
    look(notes, shop, "a", NOON + 9)
    look(notes, shop, "a", NOON + 86_400_000_000)
    assert await notes.flush() == 1
    look(notes, shop, "a", NOON + 86_400_000_001)
    await notes.flush()
    assert await notes.flush() == 0, "nothing is left"
    first, second = await statement(SEEN, shop.merchant_id)
    assert (first["previews"], first["first_at"]) == (4, NOON)
    assert (bool(first["redeemable"]), first["discount_minor"]) == (True, 0)
    assert second["day"] == first["day"] + 1


async def test_too_many_drop_the_oldest_and_are_counted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    dropped: list[object] = []
    monkeypatch.setattr(module, "DROPPED", Namespace(add=lambda: dropped.append(1)))
    notes = Sightings(most=2)
    for cart_id in ("a", "b", "c", "d"):
        look(notes, shop, cart_id)
    assert await notes.flush() == 2
    assert [row["cart_id"] for row in await statement(SEEN, shop.merchant_id)] == ["c", "d"]
    assert len(dropped) == 2


async def test_what_cannot_be_written_is_kept_within_its_bound(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    notes = Sightings(most=2)
    look(notes, shop, "a")
    look(notes, shop, "b")
    notes.call(shop.merchant_id, "applyRedemption", NOON, 2)

    async def away(*_: object) -> None:
        look(notes, shop, "c")
        raise ConnectionResetError

    with monkeypatch.context() as broken:
        broken.setattr(module, "transaction", away)
        with pytest.raises(ConnectionResetError):
            await notes.flush()
    await notes.flush()
    assert [row["cart_id"] for row in await statement(SEEN, shop.merchant_id)] == ["b", "c"]
    (calls,) = await statement("SELECT * FROM call_count WHERE merchant_id = ?", shop.merchant_id)
    assert (calls["done"], calls["refused"], calls["failed"]) == (0, 0, 1)
