"""Every worked example of the contract comes out as written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import NO_MINIMUM, MinimumPayment, MinimumPaymentKind, Rule, RuleKind
from tests.rules.build import a_rule, offered

FILE = Path(__file__).parents[1] / "fixtures" / "redemption_rules.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["cases"]

NAMES = {
    "points": "points",
    "discount": "discount_minor",
    "percent": "percent_bp",
    "minimumPoints": "minimum_points",
    "maximumDiscount": "maximum_discount_minor",
    "maximumPercent": "maximum_percent_bp",
    "minimumCart": "minimum_cart_minor",
    "cartMultiplier": "cart_multiplier_bp",
}


def rule_of(written: dict[str, Any]) -> Rule:
    values = {NAMES[key]: value for key, value in written.items() if key in NAMES}
    assert set(written) <= {*NAMES, "kind", "products"}
    return a_rule(
        RuleKind(written["kind"]), **values, product_ids=frozenset(written.get("products", ()))
    )


def payment_of(written: dict[str, Any] | None) -> MinimumPayment:
    if written is None:
        return NO_MINIMUM
    return MinimumPayment(MinimumPaymentKind(written["kind"]), written["value"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_contract_s_example_comes_out_as_written(case: dict[str, Any]):
    lines = tuple(CartLine(x["product"], x["total"]) for x in case["cart"].get("lines", ()))
    offer = offered(
        rule_of(case["rule"]),
        Cart("cart", case["cart"]["total"], lines),
        case["balance"],
        case["requested"],
        payment_of(case["minimumPayment"]),
    )
    expect = case["expect"]
    if "refused" not in expect:
        assert (offer.refusal, offer.points, offer.discount_minor) == (
            None,
            expect["points"],
            expect["discount"],
        )
        return
    codes = expect["refused"] if isinstance(expect["refused"], list) else [expect["refused"]]
    assert offer.refusal is not None
    assert offer.refusal.code in codes
    assert (offer.points, offer.discount_minor) == (0, 0)
    if "shortfall" in expect:
        numbers = (offer.refusal.shortfall_points, offer.refusal.shortfall_minor)
        assert [number for number in numbers if number is not None] == [expect["shortfall"]]
