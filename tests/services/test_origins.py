"""What may stand in a merchant's list of origins, and how the lists are remembered."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.errors import Code, LoyaltyError
from gateway.services import origins as module
from gateway.services.database import close_database
from gateway.services.origin_names import checked_origins
from gateway.services.origins import Origins
from gateway.services.programs import CheckoutChange, update_checkout
from tests.services.making import NOW, SECOND, said

PAGE, OTHER = "https://shop.example", "https://other.example"
ALLOWED = {
    "https://shop.example": PAGE,
    "https://SHOP.example:443": PAGE,
    "https://shop.example:8443": "https://shop.example:8443",
    "https://xn--bcher-kva.example": "https://xn--bcher-kva.example",
    "https://[2001:db8::1]:8443": "https://[2001:db8::1]:8443",
    "http://localhost:3000": "http://localhost:3000",
    "http://localhost:80": "http://localhost",
    "http://shop.localhost": "http://shop.localhost",
    "http://127.0.0.1:5173": "http://127.0.0.1:5173",
    "http://[::1]:5173": "http://[::1]:5173",
    "capacitor://localhost": "capacitor://localhost",
    "ionic://localhost": "ionic://localhost",
    "tauri://localhost": "tauri://localhost",
    "chrome-extension://abcdefghijklmnop": "chrome-extension://abcdefghijklmnop",
}
REFUSED = {
    "https://shop.example/": "path",
    "https://shop.example/shop": "path",
    "https://shop.example?a=b": "path",
    "http://shop.example": "https",
    "http://127.example": "https",
    "http://localhost.example": "https",
    "shop.example": "scheme",
    "*": "scheme",
    "null": "scheme",
    "": "scheme",
    "https://": "scheme",
    "https://*.shop.example": "scheme",
    "https://user@shop.example": "scheme",
    "https://shop.example https://b.example": "scheme",
    "https://shop.example\n": "scheme",
    "https://bücher.example": "ASCII",
    "https://shop.example:0": "port",
    "https://shop.example:65536": "port",
    "https://shop.example:": "scheme",
    "javascript://shop.example": "javascript",
    "file://shop.example": "file",
    "data://x": "data",
    f"https://{'s' * 250}.example": "long",
}


class Count:
    """The real statements of the lists, counted."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._real = module.statement
        self.read = 0
        monkeypatch.setattr(module, "statement", self)

    async def __call__(self, sql: str, *values: object) -> list[dict[str, Any]]:
        self.read += 1
        return await self._real(sql, *values)


@pytest.mark.parametrize(("given", "kept"), ALLOWED.items())
def test_an_origin_is_kept_as_a_browser_would_send_it(given: str, kept: str):
    assert checked_origins([given]) == (kept,)


@pytest.mark.parametrize(("given", "word"), REFUSED.items())
def test_what_no_page_could_send_is_refused_with_its_place_and_a_reason(given: str, word: str):
    with pytest.raises(LoyaltyError) as caught:
        checked_origins([PAGE, given])
    assert caught.value.refusal.field == ("allowedOrigins", "1")
    assert caught.value.refusal.code is Code.INVALID_INPUT
    assert word in caught.value.detail
    assert caught.value.detail.isprintable()


def test_a_list_has_fifty_entries_at_most():
    many = [f"https://shop-{n}.example" for n in range(51)]
    assert len(checked_origins(many[:50])) == 50
    with pytest.raises(LoyaltyError) as caught:
        checked_origins(many)
    assert said(caught.value) == (Code.INVALID_INPUT, "allowedOrigins")


async def test_the_lists_are_read_once_for_all_who_ask_within_the_cache_time(
    shop: int, other_shop: int, monkeypatch: pytest.MonkeyPatch
):
    for merchant, origin in ((shop, PAGE), (other_shop, OTHER)):
        await update_checkout(merchant, CheckoutChange(allowed_origins=(origin,)), NOW)
    count, now = Count(monkeypatch), [NOW]
    origins = Origins((), lambda: now[0], 2)
    names = [PAGE, OTHER, *(f"https://made-up-{n}.example" for n in range(48))]
    known = await asyncio.gather(*map(origins.known, names))
    assert [name for name, yes in zip(names, known, strict=True) if yes] == [PAGE, OTHER]
    pairs = [(merchant, name) for merchant in (shop, other_shop) for name in (PAGE, OTHER)]
    allowed = [await origins.allows(*pair, "points.example") for pair in pairs]
    assert allowed == [True, False, False, True]
    now[0] += 2 * SECOND - 1
    assert not await origins.known("https://made-up.example")
    assert count.read == 1
    now[0] += 1
    assert await origins.known(PAGE)
    assert count.read == 2


async def test_a_list_that_was_changed_while_it_was_read_is_not_remembered(shop: int):
    origins = Origins((), lambda: NOW, 2)
    reading = asyncio.create_task(origins.known(PAGE))
    await asyncio.sleep(0)
    await update_checkout(shop, CheckoutChange(allowed_origins=(PAGE,)), NOW)
    origins.forget()
    await reading
    assert await origins.known(PAGE)


@pytest.mark.parametrize("everywhere", [(PAGE,), ("*",)])
async def test_the_installations_own_list_holds_for_every_merchant_without_a_question(
    everywhere: tuple[str, ...],
):
    """No database is open here."""
    origins = Origins(everywhere, lambda: NOW, 2)
    assert await origins.known(PAGE)
    assert await origins.allows(1, PAGE, "points.example")
    assert await origins.allows(1, None, None)


async def test_while_the_database_is_away_preflights_go_by_what_was_read_last(shop: int):
    """So that a page can read the answer that tells it to come again."""
    await update_checkout(shop, CheckoutChange(allowed_origins=(PAGE,)), NOW)
    now = [NOW]
    origins = Origins((), lambda: now[0], 2)
    assert await origins.known(PAGE)
    await close_database()
    now[0] += 3 * SECOND
    assert (await origins.known(PAGE), await origins.known(OTHER)) == (True, False)
