"""A shop that tells of its orders by webhook, signed as its platform signs."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

import httpx

from gateway.rules.earning_rules import EarningKind
from gateway.services.database import statement
from gateway.services.earning_drafts import EarningDraft
from gateway.services.earning_rules import create_earning_rule
from tests.e2e import documents as d
from tests.e2e.caller import Json, code
from tests.e2e.serving import SECOND, Served
from tests.e2e.shop import Shop, open_shop
from tests.house.sources import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "orders"
NUMBERS = count(1)
ORDER = """query Order($id: String!) { loyaltyOrder(id: $id) {
  status total { amount } paid { amount } refunded { amount } earnedPoints clawedBackPoints
  forgivenPoints captureRefusal customer { externalId email phone points { available debt } }
  refunds { id amount { amount } linesTotal { amount } }
} }"""
TOPICS = {
    "shopify-orders-paid": "orders/paid",
    "shopify-orders-cancelled": "orders/cancelled",
    "shopify-refunds-create": "refunds/create",
    "woocommerce-order-processing": "order.created",
}


def fixture(name: str) -> Json:
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def base64_hmac(key: bytes, text: bytes) -> str:
    return b64encode(hmac.digest(key, text, sha256)).decode()


@dataclass(slots=True)
class Platform:
    """One source of one merchant, and what it sends."""

    shop: Shop
    kind: str
    id: str
    path: str
    secret: str
    topic: str = ""
    sent: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    @property
    def served(self) -> Served:
        return self.shop.served

    def headers(
        self, body: bytes, topic: str, delivery_id: str, secret: str = ""
    ) -> dict[str, str]:
        """As the platform sends them."""
        key = (secret or self.secret).encode()
        if self.kind == "SHOPIFY":
            return {
                "x-shopify-topic": topic,
                "x-shopify-hmac-sha256": base64_hmac(key, body),
                "x-shopify-webhook-id": delivery_id,
                "x-shopify-shop-domain": "chai.myshopify.com",
            }
        if self.kind == "WOOCOMMERCE":
            return {
                "x-wc-webhook-topic": topic,
                "x-wc-webhook-signature": base64_hmac(key, body),
                "x-wc-webhook-delivery-id": delivery_id,
                "x-wc-webhook-source": "https://shop.example/",
            }
        if self.kind == "COMMERCETOOLS":
            return {"x-loyalty-secret": secret or self.secret}
        seconds = str(self.served.clock() // SECOND)
        return {
            "webhook-id": delivery_id,
            "webhook-timestamp": seconds,
            "webhook-signature": self.standard(delivery_id, seconds, body, secret),
        }

    def standard(self, delivery_id: str, seconds: str, body: bytes, secret: str = "") -> str:
        """The signature of Standard Webhooks."""
        key = b64decode((secret or self.secret).removeprefix("whsec_"))
        return "v1," + base64_hmac(key, f"{delivery_id}.{seconds}.".encode() + body)

    async def post(self, body: bytes, headers: dict[str, str], path: str = "") -> httpx.Response:
        given = {"content-type": "application/json", **headers}
        return await self.served.http.post(path or self.path, content=body, headers=given)

    async def send(
        self, body: Json | bytes, topic: str = "", delivery_id: str = ""
    ) -> httpx.Response:
        """Sign and send; what was sent is kept, to be sent again."""
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        number = delivery_id or f"delivery-{next(NUMBERS)}"
        headers = self.headers(raw, topic or self.topic, number)
        self.sent.append((raw, headers))
        return await self.post(raw, headers)

    async def tell(self, name: str, **changes: Any) -> None:
        """Send a fixture with changes at its top, and have it carried out."""
        body = fixture(name) | changes
        answer = await self.send(body, TOPICS.get(name, "order.updated"))
        assert answer.status_code == 202, answer.text
        await self.run()

    async def run(self) -> int:
        return await self.served.gateway.inbound.run()

    async def hurry(self) -> None:
        """Carry out what waits for its next try, without waiting."""
        sql = "UPDATE inbox SET next_attempt_at = 0 WHERE merchant_id = ? AND state = 'WAITING'"
        await statement(sql, self.shop.merchant_id)
        await self.run()

    async def order(self, order_id: str) -> Json:
        return await self.shop.backend.ask(ORDER, id=order_id)

    async def inbox(self, **asked: Any) -> list[Json]:
        """The deliveries, newest first."""
        found = await self.shop.admin.ask(d.INBOX, **asked)
        return [edge["node"] for edge in found["inbox"]["edges"]]

    async def states(self) -> list[tuple[str, str | None]]:
        return [(item["state"], item["lastError"]) for item in await self.inbox()]


async def open_platform(served: Served, kind: str, currency: str = "INR", **given: Any) -> Platform:
    """A merchant of its own whose customers earn a point for each rupee, with one source."""
    shop = await open_shop(served, rule=currency == "INR", currency=currency)
    runtime = served.gateway.runtime
    draft = EarningDraft(name="Earn", kind=EarningKind.ORDER, points=1, per_minor=100)
    await create_earning_rule(shop.merchant_id, draft, runtime.clock(), runtime.ids)
    return await add_source(shop, kind, **given)


async def add_source(shop: Shop, kind: str, **given: Any) -> Platform:
    made = await shop.admin.ask(d.CREATE_SOURCE, input={"kind": kind, **given})
    assert code(made) is None, made
    source, secret = made["orderSource"], made["secret"] or given["secret"]
    return Platform(shop, kind, source["id"], source["path"], secret)
