"""The pages of customers, with one who has something of everything."""

from __future__ import annotations

from typing import Any

import httpx

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain
from tests.browser.pages.setup import LIVE, RULE, STORY
from tests.e2e import documents as d

MEERA = "custom_website-10001"
"""A customer of the demo's cast: three lots, a phone."""
PHONE = "98123 45670"
GUEST = "guest-7"
ON = {"enabled": True, "minimumPayment": {"percent": "20"}}
ID = "query($by: CustomerRef!) { customer(by: $by) { id } }"


def caller(demo: dict[str, Any]) -> Any:
    """Asks the demo beside the browser, as its backend or its administrator."""

    def ask(document: str, key: str = "adminKey", **variables: Any) -> Any:
        bearer = {"authorization": f"Bearer {demo[key]}"}
        body = {"query": document, "variables": variables}
        answer = httpx.post(demo["endpoint"], json=body, headers=bearer).json()
        assert "errors" not in answer, answer
        (value,) = answer["data"].values()
        assert not (value or {}).get("userErrors"), value
        return value

    return ask


def apply(ask: Any, cart: str, customer: str = MEERA, **wanted: Any) -> str:
    """Points for a cart of 500; the redemption's id."""
    given = {"customer": {"externalId": customer}, "cart": money(cart), "idempotencyKey": cart}
    return ask(d.APPLY, "secretWebhookId", input=given | wanted)["redemption"]["id"]


def money(cart: str, total: str = "500") -> dict[str, Any]:
    """A cart, or an order."""
    return {"id": cart, "total": {"amount": total, "currencyCode": "INR"}}


def furnish(demo: dict[str, Any]) -> None:
    """An order that is paid, one that is given back in part, a hold, a guest who was merged."""
    ask = caller(demo)
    ask(d.CHECKOUT, input=ON)
    if not ask(LIVE)["customCheckout"]["rules"]:
        ask(RULE, rule=STORY)
    if ask(ID, by={"externalId": GUEST}) is not None:
        return
    who = {"customer": {"externalId": MEERA}}
    for order in ("1001", "1002"):
        paid = {"id": apply(ask, order), "order": money(order), "idempotencyKey": f"{order}-paid"}
        ask(d.CAPTURE, "secretWebhookId", input=paid)
        ask(d.COMPLETE_ORDER, "secretWebhookId", input=who | {"order": money(order)})
    back = {"orderId": "1002", "refundId": "r", "amount": money("", "200")["total"]}
    ask(d.REFUND_ORDER, "secretWebhookId", input=back)
    apply(ask, "cart-77", points=40, holdSeconds=86_400)
    ask(d.UPSERT, input={"externalId": GUEST})
    facts = {"email": "meera@chai.example", "tags": ["vip", "tea lover"], "birthday": "04-23"}
    ask(d.UPSERT, input={"externalId": MEERA, **facts})
    given = {**who, "delta": 250, "reason": "sorry", "idempotencyKey": "sorry"}
    ask(d.ADJUST, input=given | {"customer": {"externalId": GUEST}})
    merged = {"source": {"externalId": GUEST}, "target": who["customer"]}
    ask(d.MERGE, input=merged | {"idempotencyKey": "merged"})


def open_customer(hands: Hands, name: str = MEERA) -> None:
    """By the list."""
    hands.go(f"/customers?q={name}")
    hands.press(name)
    hands.sees("Store credit")


def _tab(name: str, text: str) -> Show:
    def show(hands: Hands) -> None:
        open_customer(hands)
        hands.press(name)
        hands.sees(text)

    return show


def _trace(hands: Hands) -> None:
    _tab("Redemptions", "Cart cart-77")(hands)
    hands.page.run("document.querySelector('ol [aria-expanded]').click()")
    hands.sees("Why not more")


def _adjust(hands: Hands) -> None:
    open_customer(hands)
    hands.press("Adjust points")
    hands.write("How many points", "50")
    hands.write("Reason", "Parcel came late")
    hands.press("Review")
    hands.sees("Give 50 points?")


def _dialog(item: str, text: str) -> Show:
    def show(hands: Hands) -> None:
        open_customer(hands)
        hands.press("More actions")
        hands.press(item)
        hands.sees(text)

    return show


def _merge(hands: Hands) -> None:
    _dialog("Merge into another customer", "The customer who stays")(hands)
    hands.write("The customer who stays", "10004")
    hands.tick("custom_website-10004")
    hands.press("Compare")
    hands.sees("Merge for good")


PAGES: dict[str, Show] = {
    "customers": plain("/customers", MEERA),
    "customer": _tab("Overview", "In the order in which they are spent."),
    "customer-journal": _tab("Journal", "Available after"),
    "customer-redemptions": _trace,
    "customer-orders": _tab("Orders", "Partly refunded"),
    "customer-adjust": _adjust,
    "customer-merge": _merge,
    "customer-erase": _dialog("Erase", "This cannot be undone."),
}
