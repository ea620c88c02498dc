"""A merchant's checkout that was integrated with Nector's: plain POSTs to one address."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import httpx

from tests.e2e.shop import Shop

PREFIX = "/api/open/integrations/customcheckoutwebhook/"


@dataclass(frozen=True, slots=True)
class Checkout:
    """Calls with one Secret Webhook ID, for one customer unless another is named."""

    http: httpx.AsyncClient
    webhook_id: str
    customer: str

    async def send(self, body: str | bytes, **headers: str) -> httpx.Response:
        given = {"content-type": "application/json", **headers}
        return await self.http.post(PREFIX + self.webhook_id, content=body, headers=given)

    async def call(self, action: str, **fields: Any) -> httpx.Response:
        who = {} if {"customer_id", "mobile"} & fields.keys() else {"customer_id": self.customer}
        answer = await self.send(json.dumps({"action": action, **who, **fields}))
        assert answer.json()["meta"] == {"code": answer.status_code}
        return answer

    async def done(self, action: str, **fields: Any) -> dict[str, Any]:
        answer = await self.call(action, **fields)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def refused(self, action: str, **fields: Any) -> dict[str, Any]:
        answer = await self.call(action, **fields)
        assert answer.status_code == 422, answer.text
        return answer.json()["data"]

    async def wrong(self, action: str, **fields: Any) -> tuple[str, str]:
        """The field to blame for a bad request, and what is said of it."""
        answer = await self.call(action, **fields)
        assert answer.status_code == 400, answer.text
        data = answer.json()["data"]
        return data["field"], data["message"]


def checkout(shop: Shop, customer: str, webhook_id: str = "") -> Checkout:
    return Checkout(shop.served.http, webhook_id or shop.secret_webhook_id, customer)
