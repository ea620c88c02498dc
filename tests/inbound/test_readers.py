"""From a body to facts: amounts to the last decimal, and nothing but `Unfit` for what is amiss."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.currencies import CURRENCIES
from gateway.inbound import queues
from gateway.inbound.adapters import ADAPTERS
from gateway.inbound.facts import (
    Delivery,
    Fact,
    Ignored,
    NotYet,
    OrderPaid,
    OrderRefunded,
    SourceKind,
    Unfit,
)
from gateway.inbound.numbers import minor_units
from gateway.inbound.reading import parsed
from gateway.rules.facts import CartLine
from tests.e2e.deliveries import FIXTURES, fixture

Json = dict[str, Any]
SHOPIFY, WOO = SourceKind.SHOPIFY, SourceKind.WOOCOMMERCE
CT, GENERIC = SourceKind.COMMERCETOOLS, SourceKind.GENERIC


def read(
    kind: SourceKind,
    body: Json,
    topic: str = "",
    currency: str = "INR",
    earlier: tuple[str, ...] = (),
) -> tuple[Fact, ...] | Ignored:
    text = json.dumps(body)
    delivery = Delivery(topic=topic, body=text, currency=currency, headers={}, earlier=earlier)
    return ADAPTERS[kind].read(delivery)


def only(found: tuple[Fact, ...] | Ignored) -> Any:
    assert not isinstance(found, Ignored), found
    (fact,) = found
    return fact


def test_a_paid_order_of_shopify_in_every_part():
    body = fixture("shopify-orders-paid")
    body["note_attributes"] += [
        {"name": "loyalty_redemption_id", "value": "r-1"},
        {"name": "loyalty_cart_id", "value": "cart-1"},
        {"name": "loyalty_cart_id ", "value": {"not": "ours"}},
    ]
    fact: OrderPaid = only(read(SHOPIFY, body, "orders/paid"))
    assert (fact.order_id, fact.paid_minor, fact.total_minor) == (
        "820982911946154508",
        199_900,
        None,
    )
    assert (fact.redemption, fact.cart_id) == ("r-1", "cart-1")
    assert fact.placed_at == 1_789_884_898 * 1_000_000
    assert fact.lines == (CartLine("632910392", 150_000, 2), CartLine("632910393", 50_000, 1))
    assert (fact.buyer.external_id, fact.buyer.country) == ("115310627314723954", "IN")


def test_lines_are_after_every_discount_but_the_one_for_points():
    body = fixture("shopify-orders-paid")
    fact: OrderPaid = only(read(SHOPIFY, body, "orders/paid"))
    assert [line.total_minor for line in fact.lines or ()] == [142_500, 47_500]
    woo = fixture("woocommerce-order-processing")
    assert [x.total_minor for x in only(read(WOO, woo, "order.created")).lines] == [142_500, 47_500]
    woo["meta_data"].append({"key": "loyalty_cart_id", "value": "c"})
    assert [x.total_minor for x in only(read(WOO, woo, "order.created")).lines] == [150_000, 50_000]
    woo["coupon_lines"].append({"code": "summer"})
    assert [x.total_minor for x in only(read(WOO, woo, "order.created")).lines] == [142_500, 47_500]


def test_a_refund_of_shopify_counts_what_goes_back():
    body = fixture("shopify-refunds-create")
    failed = {**body["transactions"][0], "status": "failure"}
    pending = {**body["transactions"][0], "status": "pending", "amount": "10.00"}
    void = {**body["transactions"][0], "kind": "void"}
    body["transactions"] += [failed, pending, void]
    fact: OrderRefunded = only(read(SHOPIFY, body, "refunds/create"))
    assert (fact.amount_minor, fact.lines_minor, fact.buyer) == (72_250, None, None)
    body["transactions"] = [failed]
    fact = only(read(SHOPIFY, body, "refunds/create"))
    assert (fact.amount_minor, fact.lines_minor) == (None, 71_250)
    body["refund_line_items"] = []
    assert isinstance(read(SHOPIFY, body, "refunds/create"), Ignored)


def test_one_delivery_of_woocommerce_tells_all_so_far():
    found = read(WOO, fixture("woocommerce-order-refunds"), "order.updated")
    assert isinstance(found, tuple)
    amounts = [fact.amount_minor for fact in found if isinstance(fact, OrderRefunded)]
    assert (len(found), amounts) == (3, [1_000, 71_250])


@pytest.mark.parametrize(
    ("currency", "amount", "minor"),
    [
        ("JPY", "1999", 1_999),
        ("JPY", "1999.00", 1_999),
        ("KWD", "19.990", 19_990),
        ("KWD", "19.9", 19_900),
    ],
)
def test_amounts_have_the_decimals_of_their_currency(currency: str, amount: str, minor: int):
    shop = fixture("shopify-orders-paid") | {"currency": currency, "total_price": amount}
    shop["line_items"] = []
    assert only(read(SHOPIFY, shop, "orders/paid", currency)).paid_minor == minor
    woo = fixture("woocommerce-order-processing") | {"currency": currency, "total": amount}
    woo["line_items"] = []
    assert only(read(WOO, woo, "order.created", currency)).paid_minor == minor
    own = fixture("generic-order-paid")
    own["data"]["order"] |= {"currency": currency, "paid": amount, "lines": None}
    assert only(read(GENERIC, own, "", currency)).paid_minor == minor
    order = fixture("commercetools-order-created")
    digits = CURRENCIES[currency].exponent
    money = {"centAmount": minor, "currencyCode": currency, "fractionDigits": digits}
    order["order"] |= {"paymentState": "Paid", "lineItems": [], "totalPrice": money}
    del order["order"]["taxedPrice"]
    assert only(read(CT, order, "", currency)).paid_minor == minor


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "19.99"), ("KWD", "19.9999")])
def test_an_amount_with_more_decimals_is_unfit(currency: str, amount: str):
    shop = fixture("shopify-orders-paid") | {"currency": currency, "total_price": amount}
    with pytest.raises(Unfit, match="decimals"):
        read(SHOPIFY, shop, "orders/paid", currency)


def test_commercetools_with_other_decimals_than_the_currency_is_unfit():
    order = fixture("commercetools-order-created")
    order["order"]["paymentState"] = "Paid"
    order["order"]["taxedPrice"]["totalGross"]["fractionDigits"] = 3
    with pytest.raises(Unfit, match="decimals"):
        read(CT, order)


def test_a_payment_of_an_order_that_was_not_told_has_to_wait():
    with pytest.raises(NotYet, match="OrderCreated"):
        read(CT, fixture("commercetools-order-payment-state-changed"))


def test_a_message_id_is_found_and_never_guessed():
    body = json.dumps(fixture("commercetools-order-created")).encode()
    assert queues.message_id(body) == "m-1"
    for odd in (b"", b"\xff", b"[]", b'{"id": {}}', b'{"specversion": "1.0"}'):
        assert queues.message_id(odd) is None


@given(
    minor=st.integers(0, 2**53 - 1),
    currency=st.sampled_from(["INR", "JPY", "KWD", "CLF"]),
    sign=st.sampled_from(["", "-"]),
)
def test_an_amount_is_read_exactly(minor: int, currency: str, sign: str):
    text = f"{sign}{Decimal(minor).scaleb(-CURRENCIES[currency].exponent):f}"
    assert minor_units(text, currency, "x") == minor
    assert minor_units(f"{text}0" if "." in text else text, currency, "x") == minor


@pytest.mark.parametrize(
    "text", ["", "1,0", "0x1", "1_0", "٣", "Infinity", "NaN", "1e999", "--1", " 1"]
)
def test_what_is_no_number_is_unfit(text: str):
    with pytest.raises(Unfit):
        minor_units(text, "INR", "x")


def test_a_number_keeps_its_own_digits():
    node = parsed('{"a": 9007199254740993, "b": 0.1, "c": 1e2, "d": [1.10]}')
    assert [node.text(name) for name in "abc"] == ["9007199254740993", "0.1", "1e2"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = sorted(path.stem for path in FIXTURES.glob("*.json"))
KINDS = {"shopify": SHOPIFY, "woocommerce": WOO, "commercetools": CT, "generic": GENERIC}
TOPICS = ("orders/paid", "orders/cancelled", "refunds/create", "order.updated", "")


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a JSON value."""
    if not isinstance(value, (dict, list)):
        return [path]
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return [path, *(place for key, each in inner for place in places(each, (*path, key)))]


@given(data=st.data(), name=st.sampled_from(NAMES), topic=st.sampled_from(TOPICS))
def test_whatever_stands_anywhere_is_read_or_is_unfit(data: st.DataObject, name: str, topic: str):
    """A fixture with any JSON in any place raises nothing else."""
    body = fixture(name)
    path = data.draw(st.sampled_from([place for place in places(body) if place]))
    inner = body
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = data.draw(JSON)
    kind = KINDS[name.partition("-")[0]]
    adapter = ADAPTERS[kind]
    order = json.dumps(fixture("commercetools-order-created"))
    delivery = Delivery(
        topic=topic, body=json.dumps(body), currency="INR", headers={}, earlier=(order,)
    )
    with suppress(Unfit, NotYet):
        adapter.order_id(delivery)
        assert isinstance(adapter.read(delivery), (tuple, Ignored))
