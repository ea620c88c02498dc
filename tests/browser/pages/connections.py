"""The pages of what goes in and out, each as it is looked at."""

from __future__ import annotations

from typing import Any

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain
from tests.browser.receiver import system
from tests.browser.shop_calls import ask, paid, tell
from tests.e2e import documents as d
from tests.e2e import webhook_documents as w

CRM = "Mailing tool: balances and expiry"
BUYER = "custom_website-10001"
SOURCES = "{ merchant { orderSources { name } } }"
FOLD = "document.querySelector('.fold-head').click()"


def furnish(demo: dict[str, Any]) -> None:
    """Endpoints with deliveries, a source with an inbox, an order without its points."""
    if ask(demo, SOURCES)["orderSources"]:
        return
    _endpoints(demo)
    _orders(demo)
    order_without_its_points(demo)


def _endpoints(demo: dict[str, Any]) -> None:
    with system() as told:
        given = {"url": told.url, "description": CRM, "events": ["points.granted", "tier.changed"]}
        made = ask(demo, w.CREATE, input=given)["endpoint"]["id"]
        for _ in range(2):
            ask(demo, w.TEST, input={"endpointId": made})
            told.came.get(timeout=20)
        told.status, told.says = 500, '{"error": "could not reach the database"}'
        by = {"externalId": "custom_website-10002"}
        grant = {"customer": by, "delta": 25, "reason": "Welcome", "idempotencyKey": "welcome"}
        ask(demo, d.ADJUST, input=grant)
        told.came.get(timeout=20)
    off = ask(demo, w.CREATE, input={"url": "https://erp.example/loyalty"})["endpoint"]["id"]
    ask(demo, w.UPDATE, input={"id": off, "enabled": False})


def _orders(demo: dict[str, Any]) -> None:
    made = ask(demo, d.CREATE_SOURCE, input={"kind": "GENERIC", "name": "shop"})
    source = {"path": made["orderSource"]["path"], "secret": made["secret"]}
    tell(demo, source, "evt-1", paid("SO-1001", BUYER))
    tell(demo, source, "evt-2", paid("SO-1002", BUYER, "USD"))


def order_without_its_points(demo: dict[str, Any]) -> None:
    """An order that was told without naming what was held for its cart."""
    ask(demo, d.CHECKOUT, input={"enabled": True})
    total = {"amount": "500", "currencyCode": "INR"}
    cart = {"customer": {"externalId": BUYER}, "cart": {"id": "SO-1003", "total": total}}
    key = "secretWebhookId"
    ask(demo, d.APPLY, key, input={**cart, "idempotencyKey": "SO-1003"})
    done = {"customer": {"externalId": BUYER}, "order": {"id": "SO-1003", "total": total}}
    ask(demo, d.COMPLETE_ORDER, key, input=done)


def _open(path: str, text: str, within: str) -> Show:
    """A list whose first row is opened."""

    def show(hands: Hands) -> None:
        hands.go(path)
        hands.sees(text)
        hands.page.until(f"{FOLD} || true")
        hands.sees(within)

    return show


def _new_endpoint(hands: Hands) -> None:
    hands.go("/webhooks")
    hands.press("Add endpoint")
    hands.write("Address", "https://shop.example/hooks/loyalty")
    hands.tick("Chosen events")
    hands.tick("All of Redemptions")
    hands.sees("Points were reserved for a cart")


def _endpoint(hands: Hands) -> None:
    hands.go("/webhooks")
    hands.page.until(
        "document.querySelector('td a') && (document.querySelector('td a').click(), true)"
    )
    hands.sees("points.granted")
    hands.page.until(f"{FOLD} || true")
    hands.sees("Payload")  # of whatever came last: other pages make events too


def _new_source(hands: Hands) -> None:
    hands.go("/order-sources")
    hands.press("Add source")
    hands.press("More settings")
    hands.sees("Order prefix")


PAGES: dict[str, Show] = {
    "webhooks": plain("/webhooks", "erp.example"),
    "webhook-new": _new_endpoint,
    "webhook": _endpoint,
    "order-sources": plain("/order-sources", "/hooks/orders/"),
    "order-source-new": _new_source,
    "inbox": _open("/order-sources?tab=inbox", "Given up", "Body, as it came"),
    "reconciliation": _open("/reconciliation", "SO-1003", "Proposed"),
}
