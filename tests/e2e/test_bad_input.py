"""What a storefront may get wrong: each told with its code and its field, and nothing changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e import documents
from tests.e2e.caller import Caller, Json, cart, code, money
from tests.e2e.conftest import Unchanged
from tests.e2e.shop import Shop

LONG = "x" * 10_000
AMOUNTS = {
    "negative": "-1.00",
    "of too many decimals": "1.005",
    "no decimal": "12,50",
    "in letters": "five",
    "empty": "",
    "in an exponent": "1e3",
    "signed": "+1",
    "hexadecimal": "0x10",
    "in other digits": "१००",
    "spaced": " 1.00",
    "not a number": "NaN",
    "without end": "Infinity",
    "over 2^53-1 minor units": "90071992547409.92",
    "enormous": "9" * 40,
}


def line(**changes: Any) -> Json:
    return {"productId": "p", "quantity": 1, "total": money("1.00"), **changes}


def refused_as(payload: Json) -> tuple[str, list[str]]:
    (error,) = payload["userErrors"]
    assert all(payload[name] is None for name in ("redemption", "customer"))
    return error["code"], error["field"]


@pytest.mark.parametrize("kind", AMOUNTS)
async def test_an_amount_that_is_none_is_refused_at_every_place(
    shop: Shop, shopper: Caller, kind: str, unchanged: Unchanged
):
    amount, total = AMOUNTS[kind], ["cart", "total", "amount"]
    held = (await shopper.apply(cart(cart_id="held")))["redemption"]["id"]
    async with unchanged():
        assert refused_as(await shopper.apply(cart(amount))) == ("INVALID_AMOUNT", total)
        answer = await shopper.send(documents.PREVIEW, input={"cart": cart(amount)})
        assert answer.error == {"code": "BAD_USER_INPUT", "field": total}
        lines = [line(), line(total=money(amount))]
        assert refused_as(await shopper.apply(cart(lines=lines))) == (
            "INVALID_AMOUNT",
            ["cart", "lines", "1", "total", "amount"],
        )
        assert refused_as(await shop.backend.capture(held, total=amount)) == (
            "INVALID_AMOUNT",
            ["order", "total", "amount"],
        )


async def test_the_largest_amount_is_none_of_those(shopper: Caller):
    seen = await shopper.preview(cart("90071992547409.91"))
    assert (seen["points"], seen["payable"]["amount"]) == (100, "90071992547309.91")


@pytest.mark.parametrize("amount", [5, "5", "5.0", "5.00", "5.000", "0005"])
async def test_one_amount_may_be_written_in_several_ways(shopper: Caller, amount: object):
    seen = await shopper.preview({"id": "c", "total": {"amount": amount, "currencyCode": "INR"}})
    assert seen["payable"]["amount"] == "1.00"


@pytest.mark.parametrize("amount", [5.0, True, None, ["5"], {"amount": "5"}, 2**53])
async def test_an_amount_of_another_type_is_a_broken_request(
    shopper: Caller, amount: object, unchanged: Unchanged
):
    async with unchanged():
        total = {"amount": amount, "currencyCode": "INR"}
        given = {"cart": {"id": "c", "total": total}, "idempotencyKey": "k"}
        answer = await shopper.send(documents.APPLY, input=given)
        assert (answer.error["code"], "data" in answer.body) == ("BAD_USER_INPUT", False)


async def test_another_currency_is_refused_at_every_place(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    held = (await shopper.apply(cart(cart_id="held")))["redemption"]["id"]
    async with unchanged():
        dollars = {"id": "c", "total": money("500.00", "USD")}
        assert refused_as(await shopper.apply(dollars)) == (
            "CURRENCY_MISMATCH",
            ["cart", "total", "currencyCode"],
        )
        lines = [line(total=money("1.00", "USD"))]
        assert refused_as(await shopper.apply(cart(lines=lines))) == (
            "CURRENCY_MISMATCH",
            ["cart", "lines", "0", "total", "currencyCode"],
        )
        order = {"id": "o", "total": money("500.00", "USD")}
        given = {"id": held, "order": order, "idempotencyKey": "k"}
        paid = await shop.backend.ask(documents.CAPTURE, input=given)
        assert refused_as(paid) == ("CURRENCY_MISMATCH", ["order", "total", "currencyCode"])
        unknown = {"id": "c", "total": money("500.00", "XXX")}
        answer = await shopper.send(documents.PREVIEW, input={"cart": unknown})
        assert (answer.error["code"], "data" in answer.body) == ("BAD_USER_INPUT", False)


async def test_lines_that_sum_to_more_than_the_total_are_refused(
    shopper: Caller, unchanged: Unchanged
):
    async with unchanged():
        lines = [line(total=money("300.00")), line(total=money("200.01"))]
        assert refused_as(await shopper.apply(cart(lines=lines))) == (
            "INVALID_AMOUNT",
            ["cart", "lines"],
        )
    lines[1] = line(total=money("200.00"))
    assert code(await shopper.apply(cart(lines=lines))) is None


TEXTS: dict[str, tuple[Json, list[str]]] = {
    "an empty cart id": ({"cart": cart(cart_id="")}, ["cart", "id"]),
    "a long cart id": ({"cart": cart(cart_id=LONG)}, ["cart", "id"]),
    "a cart id of a space": ({"cart": cart(cart_id=" ")}, ["cart", "id"]),
    "a cart id of two lines": ({"cart": cart(cart_id="a\nb")}, ["cart", "id"]),
    "a cart id with a zero byte": ({"cart": cart(cart_id="a\0b")}, ["cart", "id"]),
    "an empty product": (
        {"cart": cart(lines=[line(productId="")])},
        ["cart", "lines", "0", "productId"],
    ),
    "a long collection": (
        {"cart": cart(lines=[line(collectionIds=["ok", LONG])])},
        ["cart", "lines", "0", "collectionIds"],
    ),
    "too many lines": ({"cart": cart(lines=[line()] * 501)}, ["cart", "lines"]),
    "a quantity of none": (
        {"cart": cart(lines=[line(quantity=0)])},
        ["cart", "lines", "0", "quantity"],
    ),
    "an empty external id": ({"customer": {"externalId": ""}}, ["customer", "externalId"]),
    "a long external id": ({"customer": {"externalId": LONG}}, ["customer", "externalId"]),
    "an empty phone": ({"customer": {"phone": ""}}, ["customer", "phone"]),
    "a long e-mail": ({"customer": {"email": LONG}}, ["customer", "email"]),
    "an empty key": ({"idempotencyKey": ""}, ["idempotencyKey"]),
    "a long key": ({"idempotencyKey": "k" * 129}, ["idempotencyKey"]),
    "a key that is not ASCII": ({"idempotencyKey": "schlüssel"}, ["idempotencyKey"]),
    "a hold too short": ({"holdSeconds": 59}, ["holdSeconds"]),
    "a hold too long": ({"holdSeconds": 86_401}, ["holdSeconds"]),
}


@pytest.mark.parametrize("wrong", TEXTS)
async def test_a_malformed_value_is_a_broken_request_that_names_its_field(
    shop: Shop, asha: str, wrong: str, unchanged: Unchanged
):
    change, field = TEXTS[wrong]
    fine = {"customer": {"externalId": asha}, "cart": cart(), "idempotencyKey": asha}
    given = {**fine, **change}
    async with unchanged():
        answer = await shop.backend.send(documents.APPLY, input=given)
        assert answer.error == {"code": "BAD_USER_INPUT", "field": field}
        if not change.keys() & {"idempotencyKey", "holdSeconds"}:
            seen = {name: given[name] for name in ("customer", "cart")}
            answer = await shop.backend.send(documents.PREVIEW, input=seen)
            assert answer.error == {"code": "BAD_USER_INPUT", "field": field}
    # Nothing is stored under the key of a malformed request.
    again = await shop.backend.apply(customer={"externalId": asha}, key=asha)
    assert (code(again), again["replayed"]) == (None, False)


@pytest.mark.parametrize(
    "by",
    [
        {},
        {"externalId": "a", "phone": "+919812345678"},
        {"externalId": None},
        {"name": "Asha"},
    ],
)
async def test_a_customer_is_named_by_exactly_one_key(shop: Shop, by: Json):
    answer = await shop.backend.send(documents.CUSTOMER, by=by)
    codes = {error["extensions"]["code"] for error in answer.body["errors"]}
    assert (codes, "data" in answer.body) == ({"BAD_USER_INPUT"}, False)


async def test_a_malformed_reference_names_the_argument_that_it_was_given_in(shop: Shop):
    answer = await shop.backend.send(documents.CUSTOMER, by={"externalId": LONG})
    assert answer.error == {"code": "BAD_USER_INPUT", "field": ["by", "externalId"]}


@pytest.mark.parametrize(
    "by",
    [
        {"externalId": "nobody"},
        {"phone": "+910000000000"},
        {"email": "no@body.example"},
        {"id": "Q3VzdG9tZXI6MTIz"},
        {"id": ""},
        {"id": LONG},
        {"phone": "+919812300000"},
    ],
)
async def test_an_unknown_customer_is_not_there_in_every_answer(shop: Shop, by: Json):
    assert await shop.backend.ask(documents.CUSTOMER, by=by) is None
    seen = await shop.backend.preview(customer=by)
    assert (seen["eligible"], seen["quote"]) == (False, None)
    assert [refusal["code"] for refusal in seen["refusals"]] == ["CUSTOMER_NOT_FOUND"]
    assert refused_as(await shop.backend.apply(customer=by)) == ("CUSTOMER_NOT_FOUND", ["customer"])
    token = await shop.backend.ask(documents.TOKEN, input={"customer": by})
    assert code(token) == "CUSTOMER_NOT_FOUND"
    given = {"customer": by, "delta": 5, "reason": "r", "idempotencyKey": "k"}
    assert code(await shop.admin.ask(documents.ADJUST, input=given)) == "CUSTOMER_NOT_FOUND"


@pytest.mark.parametrize(
    ("change", "expected", "field"),
    [
        ({"externalId": ""}, "INVALID_INPUT", ["externalId"]),
        ({"externalId": LONG}, "INVALID_INPUT", ["externalId"]),
        ({"phone": "98123"}, "INVALID_INPUT", ["phone"]),
        ({"email": "no-address"}, "INVALID_INPUT", ["email"]),
        ({"locale": "no_locale!"}, "INVALID_INPUT", ["locale"]),
        ({"tags": [""]}, "INVALID_INPUT", ["tags"]),
        ({"tier": LONG}, "INVALID_INPUT", ["tier"]),
    ],
)
async def test_a_customer_with_impossible_facts_is_not_written(
    shop: Shop, asha: str, change: Json, expected: str, field: list[str], unchanged: Unchanged
):
    async with unchanged():
        done = await shop.backend.ask(documents.UPSERT, input={"externalId": asha, **change})
        (error,) = done["userErrors"]
        assert (error["code"], error["field"], done["customer"]) == (expected, field, None)


@pytest.mark.own_shop
async def test_two_customers_do_not_share_a_phone(shop: Shop):
    first = await shop.customer(phone="+919800000009")
    second = await shop.customer()
    taken = {"externalId": second, "phone": "+919800000009"}
    done = await shop.backend.ask(documents.UPSERT, input=taken)
    (error,) = done["userErrors"]
    assert (error["code"], error["field"]) == ("IDENTITY_TAKEN", ["phone"])
    cleared = {"externalId": first, "phone": ""}
    assert code(await shop.backend.ask(documents.UPSERT, input=cleared)) is None
    assert code(await shop.backend.ask(documents.UPSERT, input=taken)) is None
