"""A merchant of a test's own: the story's rule, its keys, its callers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from gateway.services.credentials import create_credential
from gateway.services.merchants import create_merchant
from gateway.services.secrets import CredentialKind
from tests.e2e import documents
from tests.e2e.caller import Caller, Json, code, money
from tests.e2e.serving import Served

RULE: Json = {
    "name": "1 point = ₹1, up to ₹100",
    "kind": "VARIABLE_AMOUNT",
    "points": 1,
    "discount": money("1.00"),
    "maximumDiscount": money("100.00"),
}
PEOPLE = count(10_001)


@dataclass(frozen=True, slots=True)
class Shop:
    """The callers of one merchant."""

    served: Served
    merchant_id: int
    admin: Caller
    backend: Caller
    page: Caller
    """Whoever has the publishable key."""
    secret_webhook_id: str

    def bearer(self, credential: str) -> Caller:
        return Caller(self.served.http, {"authorization": f"Bearer {credential}"})

    async def customer(self, points: int = 0, credit_minor: int = 0, **facts: Any) -> str:
        """Make a customer; answers its external id."""
        external_id = facts.pop("external_id", f"custom_website-{next(PEOPLE)}")
        made = await self.backend.ask(documents.UPSERT, input={"externalId": external_id, **facts})
        assert code(made) is None, made
        for wallet, delta in (("COINS", points), ("CREDITS", credit_minor)):
            if delta:
                given = await self.admin.adjust(external_id, delta, wallet=wallet)
                assert code(given) is None, given
        return external_id

    async def token(self, external_id: str, seconds: int = 3_600) -> str:
        by = {"externalId": external_id}
        given = {"customer": by, "expiresInSeconds": seconds}
        return (await self.backend.ask(documents.TOKEN, input=given))["token"]

    async def shopper(self, external_id: str) -> Caller:
        return self.bearer(await self.token(external_id))

    async def make_rule(self, **changes: Any) -> Json:
        made = await self.admin.ask(documents.CREATE_RULE, input={"rule": {**RULE, **changes}})
        assert code(made) is None, made
        return made["rule"]

    async def set_checkout(self, **change: Any) -> Json:
        done = await self.admin.ask(documents.CHECKOUT, input=change)
        assert code(done) is None, done
        return done["customCheckout"]


async def open_shop(served: Served, *, rule: bool = True, currency: str = "INR") -> Shop:
    """Make a merchant with its keys; with `rule`, the one of the story, switched on."""
    runtime = served.gateway.runtime
    now, ids = runtime.clock(), runtime.ids
    merchant = await create_merchant(
        name="Chai & Co.",
        currency=currency,
        locale="en-IN",
        time_zone="Asia/Kolkata",
        now=now,
        ids=ids,
    )
    secrets = {
        kind: (await create_credential(merchant.id, kind, "a test", now, ids)).secret
        for kind in CredentialKind
    }
    http = served.http
    shop = Shop(
        served,
        merchant.id,
        Caller(http, {"authorization": f"Bearer {secrets[CredentialKind.ADMIN]}"}),
        Caller(http, {"authorization": f"Bearer {secrets[CredentialKind.SECRET_WEBHOOK]}"}),
        Caller(http, {"x-loyalty-key": secrets[CredentialKind.PUBLISHABLE]}),
        secrets[CredentialKind.SECRET_WEBHOOK],
    )
    if rule:
        await shop.set_checkout(enabled=True, minimumPayment={"percent": "20"})
        await shop.make_rule()
    return shop
