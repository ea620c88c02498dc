"""A quote promises what a preview showed: to that customer, for that cart, for a time."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest

from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.conftest import Unchanged
from tests.e2e.documents import UPDATE_RULE
from tests.e2e.serving import Clock
from tests.e2e.shop import RULE, Shop


def blamed(payload: Json) -> tuple[str, list[str] | None]:
    (error,) = payload["userErrors"]
    assert payload["redemption"] is None
    return error["code"], error["field"]


async def test_a_quote_keeps_its_numbers_when_the_balance_grows(shop: Shop, shopper: Caller):
    ravi = await shop.customer(points=30)
    browser = await shop.shopper(ravi)
    seen = await browser.preview()
    await shop.admin.adjust(ravi, 500)
    held = await browser.apply(quote=seen["quote"])
    assert held["redemption"]["points"] == seen["points"] == 30


async def test_a_quote_is_refused_when_the_points_are_gone(
    shop: Shop, asha: str, shopper: Caller, unchanged: Unchanged
):
    quote = (await shopper.preview())["quote"]
    await shop.admin.adjust(asha, -450)
    async with unchanged():
        refused = await shopper.apply(quote=quote)
        (error,) = refused["userErrors"]
        assert (error["code"], error["shortfallPoints"]) == ("INSUFFICIENT_POINTS", 50)


LINES = [{"productId": "p", "quantity": 1, "total": money("10.00")}]
OTHER_CARTS: dict[str, Json] = {
    "with another id": cart(cart_id="cart-2"),
    "with another total": cart("500.01"),
    "with a line": cart(lines=LINES),
}


@pytest.mark.parametrize("which", OTHER_CARTS)
async def test_a_quote_for_another_cart_is_refused(
    shopper: Caller, which: str, unchanged: Unchanged
):
    quote = (await shopper.preview())["quote"]
    async with unchanged():
        refused = await shopper.apply(OTHER_CARTS[which], quote=quote)
        assert blamed(refused) == ("QUOTE_MISMATCH", ["quote"])


async def test_a_quote_is_for_its_lines_as_they_were(shopper: Caller, unchanged: Unchanged):
    quote = (await shopper.preview(cart(lines=LINES)))["quote"]
    async with unchanged():
        changed = [{**LINES[0], "productId": "q"}]
        assert blamed(await shopper.apply(cart(lines=changed), quote=quote)) == (
            "QUOTE_MISMATCH",
            ["quote"],
        )
    assert code(await shopper.apply(cart(lines=LINES), quote=quote)) is None


async def test_a_quote_for_another_customer_or_merchant_is_refused(
    shop: Shop, other_shop: Shop, shopper: Caller, unchanged: Unchanged
):
    ravi = await shop.shopper(await shop.customer(points=500))
    abroad = await other_shop.shopper(await other_shop.customer(points=500))
    async with unchanged():
        for other in (ravi, abroad):
            quote = (await other.preview())["quote"]
            assert blamed(await shopper.apply(quote=quote)) == ("QUOTE_MISMATCH", ["quote"])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"points": 99}, ["points"]),
        ({"wallets": "COINS_AND_CREDITS"}, ["quote"]),
        ({"ruleId": "UmVkZW1wdGlvblJ1bGU6MQ"}, ["ruleId"]),
    ],
)
async def test_an_apply_that_contradicts_its_quote_is_refused(
    shopper: Caller, change: Json, field: list[str], unchanged: Unchanged
):
    quote = (await shopper.preview())["quote"]
    async with unchanged():
        assert blamed(await shopper.apply(quote=quote, **change)) == ("QUOTE_MISMATCH", field)


async def test_an_apply_that_repeats_what_its_quote_says_is_fine(shopper: Caller):
    seen = await shopper.preview()
    rule = seen["offers"][0]["rule"]["id"]
    held = await shopper.apply(quote=seen["quote"], points=100, ruleId=rule, wallets="COINS")
    assert held["redemption"]["points"] == 100


@pytest.mark.own_shop
async def test_a_quote_of_an_older_version_of_the_rule_is_refused(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    seen = await shopper.preview()
    rule = seen["offers"][0]["rule"]["id"]
    edit = {"id": rule, "version": 1, "rule": {**RULE, "discount": money("1.00")}}
    assert code(await shop.admin.ask(UPDATE_RULE, input=edit)) is None
    async with unchanged():
        assert blamed(await shopper.apply(quote=seen["quote"])) == ("QUOTE_MISMATCH", ["quote"])


@pytest.mark.own_shop
async def test_a_quote_is_refused_when_the_minimum_payment_rose(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    """The rule is the same, the numbers are not: a promise the program no longer allows."""
    quote = (await shopper.preview())["quote"]
    await shop.set_checkout(minimumPayment={"percent": "90"})
    async with unchanged():
        refused = await shopper.apply(quote=quote)
        assert blamed(refused)[0] in {"POINTS_NOT_ALLOWED", "QUOTE_MISMATCH"}


async def test_an_expired_quote_is_refused_and_a_key_used_in_time_keeps_its_outcome(
    shop: Shop, shopper: Caller, clock: Clock, unchanged: Unchanged
):
    quote = (await shopper.preview())["quote"]
    clock.advance(599)
    held = await shopper.apply(quote=quote, key="in-time")
    assert code(held) is None
    clock.advance(1)
    async with unchanged():
        refused = await shopper.apply(quote=quote, key="too-late")
        assert blamed(refused) == ("QUOTE_EXPIRED", ["quote"])
        again = await shopper.apply(quote=quote, key="in-time")
    assert (again["redemption"]["id"], again["replayed"]) == (held["redemption"]["id"], True)


@pytest.mark.own_shop
async def test_the_merchant_sets_how_long_a_quote_is_good_for(
    shop: Shop, shopper: Caller, clock: Clock
):
    await shop.set_checkout(quoteSeconds=10)
    quote = (await shopper.preview())["quote"]
    clock.advance(10)
    assert code(await shopper.apply(quote=quote)) == "QUOTE_EXPIRED"


def reopened(quote: str) -> bytes:
    text = quote.removeprefix("q1.")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def closed(raw: bytes) -> str:
    return "q1." + urlsafe_b64encode(raw).decode().rstrip("=")


FORGERIES: dict[str, Any] = {
    "empty": lambda _: "",
    "nonsense": lambda _: "q1.nonsense",
    "without a signature": lambda quote: closed(reopened(quote)[:-16]),
    "with more points": lambda quote: closed(reopened(quote).replace(b",100,", b",400,")),
    "with another signature": lambda quote: closed(reopened(quote)[:-16] + b"0" * 16),
    "with a longer text": lambda quote: quote + "A",
    "of another kind": lambda quote: "q2." + quote[3:],
    "enormous": lambda _: "q1." + "A" * 10_000,
    "not ASCII": lambda quote: quote + "é",
}


@pytest.mark.parametrize("how", FORGERIES)
async def test_a_forged_quote_is_refused(shopper: Caller, how: str, unchanged: Unchanged):
    quote = (await shopper.preview())["quote"]
    forged = FORGERIES[how](quote)
    assert forged != quote
    async with unchanged():
        assert blamed(await shopper.apply(quote=forged)) == ("QUOTE_MISMATCH", ["quote"])
