"""What a merchant's own systems send to the demo: documents, and orders as webhooks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
from standardwebhooks import Webhook

PATIENCE_SECONDS = 30


def ask(demo: dict[str, Any], document: str, key: str = "adminKey", **variables: Any) -> Any:
    """The value of the only root field, asked with a key of the demo."""
    return ask_as(demo, demo[key], document, **variables)


def ask_as(demo: dict[str, Any], credential: str, document: str, **variables: Any) -> Any:
    """The same with any credential."""
    headers = {"authorization": f"Bearer {credential}"}
    body = {"query": document, "variables": variables}
    answer = httpx.post(demo["endpoint"], json=body, headers=headers).json()
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


def cart(total: str, cart_id: str) -> dict[str, Any]:
    return {"id": cart_id, "total": {"amount": total, "currencyCode": "INR"}}


def until(look_again: Callable[[], bool]) -> None:
    """Ask again and again until it is true."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not look_again():
        assert time.monotonic() < end
        time.sleep(0.05)


def paid(order_id: str, customer: str, currency: str = "INR") -> dict[str, Any]:
    """The message that an order was paid, as a backend of the merchant's own tells it."""
    order = {"id": order_id, "currency": currency, "paid": "500.00"}
    return {"type": "order.paid", "data": {"order": order, "customer": {"externalId": customer}}}


def tell(demo: dict[str, Any], source: dict[str, Any], number: str, body: dict[str, Any]) -> None:
    """Send a message to a source, `{path, secret}`, signed by the specification's library."""
    text, now = json.dumps(body), datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": number,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(source["secret"]).sign(number, now, text),
    }
    url = demo["endpoint"].removesuffix("/graphql") + source["path"]
    answer = httpx.post(url, content=text, headers=headers)
    assert answer.status_code in {200, 202}, answer.text
