"""Documents by id over the wire: from the manifests that real tools wrote, and registered."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import Any, Final

from tests.e2e import documents
from tests.e2e.caller import Caller, Json, cart, money
from tests.e2e.serving import MANIFESTS
from tests.e2e.shop import Shop

MINE: Final = "query Mine { me { externalId } }"


def ids(manifest: str) -> dict[str, str]:
    """The ids of a manifest by the name of their operation."""
    texts: dict[str, str] = json.loads((MANIFESTS / manifest).read_text("utf-8"))
    return {re.findall(r"\b(?:query|mutation) (\w+)", text)[0]: key for key, text in texts.items()}


def apollo(text: str) -> Json:
    digest = sha256(text.encode()).hexdigest()
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": digest}}}


async def test_a_redemption_by_the_ids_of_codegen(shop: Shop, asha: str, shopper: Caller):
    known = ids("codegen-persisted-documents.json")

    async def ask(caller: Caller, name: str, **variables: Any) -> Any:
        body = {"documentId": known[name], "variables": variables}
        (value,) = (await caller.post(body)).data.values()
        return value

    seen = await ask(shopper, "PreviewRedemption", input={"cart": cart()})
    assert (seen["points"], seen["payable"]) == (100, money("400.00"))
    given: Json = {"cart": cart(), "idempotencyKey": f"{asha}-1"}
    applied = await ask(shopper, "ApplyRedemption", input=given)
    order = {"id": f"order-{asha}", "total": money("500.00")}
    paid = {"id": applied["redemption"]["id"], "order": order, "idempotencyKey": f"{asha}-2"}
    captured = await ask(shop.backend, "CaptureRedemption", input=paid)
    assert captured["redemption"]["order"]["payable"] == money("400.00")


async def test_relays_ids_come_as_its_network_layers_send_them(asha: str, shopper: Caller):
    known = ids("relay-persisted-queries.json")
    preview = known["CheckoutPreviewQuery"]
    variables: Json = {"input": {"cart": cart()}}
    for body in ({"doc_id": preview}, {"id": preview, "query": None}, {"documentId": preview}):
        assert (await shopper.post({**body, "variables": variables})).data["redemptionPreview"]


async def test_a_named_mutation_by_get_is_405(shop: Shop):
    known = ids("codegen-persisted-documents.json")
    parameters = {"documentId": known["CaptureRedemption"]}
    answer = await shop.served.http.get("/graphql", params=parameters, headers=shop.backend.headers)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


async def test_what_one_customer_registers_every_other_may_name(shop: Shop, shopper: Caller):
    other = await shop.shopper(await shop.customer())
    assert (await shopper.post(apollo(MINE))).error["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert (await shopper.post({"query": MINE, **apollo(MINE)})).data["me"]
    mine, others = [(await caller.post(apollo(MINE))).data["me"] for caller in (shopper, other)]
    assert mine != others
    parameters = {"extensions": json.dumps(apollo(MINE)["extensions"])}
    answer = await shop.served.http.get("/graphql", params=parameters, headers=other.headers)
    assert answer.json()["data"]["me"] == others
    assert answer.headers["cache-control"] == "no-store"


async def test_a_caller_without_a_credential_registers_nothing(shop: Shop, shopper: Caller):
    text = "query Nobody { __typename }"
    nobody = Caller(shop.served.http, {})
    assert (await nobody.post({"query": text, **apollo(text)})).data
    assert (await shopper.post(apollo(text))).error["code"] == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_wrong_credential_is_401_before_any_id_is_looked_up(shop: Shop):
    answer = await shop.bearer("whk_1_wrong").post({"documentId": "unknown"})
    assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")


async def test_an_unknown_id_changes_nothing_and_does_not_run_its_variables(shopper: Caller):
    body = {"documentId": "unknown", "variables": {"input": {"cart": "nonsense"}}}
    assert (await shopper.post(body)).error["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert (await shopper.send(documents.PREVIEW, input={"cart": cart()})).data
