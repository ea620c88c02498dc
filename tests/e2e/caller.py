"""A small GraphQL client: one credential, and the operations that a checkout needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx

from tests.e2e import documents

Json = dict[str, Any]


def money(amount: str, currency: str = "INR") -> Json:
    return {"amount": amount, "currencyCode": currency}


def cart(total: str = "500.00", cart_id: str = "cart-1", **more: Any) -> Json:
    return {"id": cart_id, "total": money(total), **more}


def code(payload: Json) -> str | None:
    """The code of a payload's only error; None where there is none."""
    errors = payload["userErrors"]
    assert len(errors) <= 1, errors
    return errors[0]["code"] if errors else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back over the wire."""

    status: int
    body: Json
    headers: httpx.Headers

    @property
    def data(self) -> Json:
        assert "errors" not in self.body, self.body
        return self.body["data"]

    @property
    def error(self) -> Json:
        """The only GraphQL error: its code, and the field to blame."""
        (error,) = self.body["errors"]
        return error["extensions"]


class Caller:
    """One who calls: its headers say who."""

    def __init__(self, http: httpx.AsyncClient, headers: dict[str, str]) -> None:
        self.http = http
        self.headers = headers

    def speaking(self, language: str) -> Caller:
        return Caller(self.http, {**self.headers, "accept-language": language})

    async def send(self, document: str, **variables: Any) -> Answer:
        return await self.post({"query": document, "variables": variables})

    async def post(self, body: Json) -> Answer:
        """Send any body."""
        answer = await self.http.post("/graphql", json=body, headers=self.headers)
        return Answer(answer.status_code, answer.json(), answer.headers)

    async def ask(self, document: str, **variables: Any) -> Any:
        """The value of the only root field; any GraphQL error fails the test."""
        (value,) = (await self.send(document, **variables)).data.values()
        return value

    async def _keyed(self, document: str, given: Json) -> Json:
        key = given.pop("key", None) or uuid4().hex
        return await self.ask(document, input={"idempotencyKey": key, **given})

    async def preview(self, the_cart: Json | None = None, **given: Any) -> Json:
        return await self.ask(documents.PREVIEW, input={"cart": the_cart or cart(), **given})

    async def apply(self, the_cart: Json | None = None, **given: Any) -> Json:
        return await self._keyed(documents.APPLY, {"cart": the_cart or cart(), **given})

    async def capture(self, redemption: str, total: str = "500.00", **given: Any) -> Json:
        order = {"id": given.pop("order", f"order-{redemption}"), "total": money(total)}
        return await self._keyed(documents.CAPTURE, {"id": redemption, "order": order, **given})

    async def release(self, redemption: str, **given: Any) -> Json:
        return await self.ask(documents.RELEASE, input={"id": redemption, **given})

    async def refund(self, redemption: str, **given: Any) -> Json:
        return await self._keyed(documents.REFUND, {"id": redemption, **given})

    async def adjust(self, customer: str, delta: int, **given: Any) -> Json:
        by = {"externalId": customer}
        made = {"customer": by, "delta": delta, "reason": "a test", **given}
        return await self._keyed(documents.ADJUST, made)

    async def balance(self, customer: str) -> Json:
        found = await self.ask(documents.CUSTOMER, by={"externalId": customer})
        return found["points"]

    async def everything(self, customer: str) -> Json:
        """All that can be seen of a customer."""
        return await self.ask(documents.EVERYTHING, by={"externalId": customer})
