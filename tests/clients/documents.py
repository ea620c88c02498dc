"""The story's documents for the clients that are not JavaScript."""

from __future__ import annotations

from typing import Any

PREVIEW = """query Preview($cart: CartInput!) {
  redemptionPreview(input: {cart: $cart}) { points discount { amount } payable { amount } }
}"""
APPLY = """mutation Apply($cart: CartInput!, $key: String!) {
  applyRedemption(input: {cart: $cart, idempotencyKey: $key}) {
    redemption { id status points } customer { points { available held } } userErrors { code }
  }
}"""
CAPTURE = """mutation Capture($id: ID!, $order: OrderInput!, $key: String!) {
  captureRedemption(input: {id: $id, order: $order, idempotencyKey: $key}) {
    redemption { status capturedPoints } customer { points { available held } } userErrors { code }
  }
}"""
TOTAL = {"amount": "500.00", "currencyCode": "INR"}


def assert_told_well(preview: Any, applied: Any, captured: Any) -> None:
    """What each step must have answered a customer of 500 points with a cart of ₹500."""
    assert preview == {
        "points": 100,
        "discount": {"amount": "100.00"},
        "payable": {"amount": "400.00"},
    }
    assert (applied["redemption"]["status"], applied["redemption"]["points"]) == ("HELD", 100)
    assert applied["customer"]["points"] == {"available": 400, "held": 100}
    assert captured["redemption"] == {"status": "CAPTURED", "capturedPoints": 100}
    assert captured["customer"]["points"] == {"available": 400, "held": 0}
    assert applied["userErrors"] == captured["userErrors"] == []
