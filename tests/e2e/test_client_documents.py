"""The documents that users are given answer what they promise, as their tools send them."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from tests.e2e.caller import Caller, Json, cart, money
from tests.e2e.shop import Shop
from tests.house.sources import ROOT

MANIFESTS: Final = ROOT / "tests" / "fixtures" / "manifests"


def operations(manifest: str) -> dict[str, str]:
    """The texts of a manifest by the name of their operation."""
    texts = json.loads((MANIFESTS / manifest).read_text("utf-8")).values()
    return {re.findall(r"\b(?:query|mutation) (\w+)", text)[0]: text for text in texts}


class Client:
    """Sends operations by name, and keeps which ones."""

    def __init__(self, manifest: str) -> None:
        self._texts = operations(manifest)
        self.unused = set(self._texts)

    async def ask(self, caller: Caller, name: str, **variables: Any) -> Any:
        self.unused.discard(name)
        return await caller.ask(self._texts[name], **variables)


async def test_a_redemption_from_the_program_to_its_refund(shop: Shop, asha: str, shopper: Caller):
    client = Client("codegen-persisted-documents.json")
    program = await client.ask(shop.page, "StoreProgram")
    assert program["rules"][0]["maximumDiscount"] == money("100.00")
    me = await client.ask(shopper, "MyPoints")
    assert me["points"]["available"] == 500
    seen = await client.ask(shopper, "PreviewRedemption", input={"cart": cart()})
    assert (seen["points"], seen["payable"]) == (100, money("400.00"))
    ids: list[str] = []
    for number in (1, 2):
        given: Json = {"cart": cart(cart_id=f"c{number}"), "idempotencyKey": f"{asha}-{number}"}
        applied = await client.ask(shopper, "ApplyRedemption", input=given)
        ids.append(applied["redemption"]["id"])
    released = await client.ask(shopper, "ReleaseRedemption", input={"id": ids[0]})
    assert released["customer"]["points"]["held"] == 100
    order = {"id": f"order-{asha}", "total": money("500.00")}
    paid = {"id": ids[1], "order": order, "idempotencyKey": f"{asha}-3"}
    captured = await client.ask(shop.backend, "CaptureRedemption", input=paid)
    assert captured["redemption"]["order"]["payable"] == money("400.00")
    back = {"id": ids[1], "points": 40, "idempotencyKey": f"{asha}-4"}
    refunded = await client.ask(shop.backend, "RefundRedemption", input=back)
    assert refunded["customer"]["points"]["available"] == 440
    found = await client.ask(shop.backend, "CustomerByRef", by={"externalId": asha})
    newest = found["redemptions"]["edges"][0]["node"]
    assert (newest["status"], newest["refundedPoints"]) == ("CAPTURED", 40)
    page = (await client.ask(shopper, "HistoryPage", first=2))["history"]
    after = page["pageInfo"]["endCursor"]
    rest = (await client.ask(shopper, "HistoryPage", after=after))["history"]
    numbers = [edge["node"]["sequence"] for each in (page, rest) for edge in each["edges"]]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] == 1
    assert not client.unused


async def test_relay_reads_and_refetches(shop: Shop, asha: str, shopper: Caller):
    client = Client("relay-persisted-queries.json")
    me = await client.ask(shopper, "WalletQuery", first=1)
    seen = await client.ask(shopper, "CheckoutPreviewQuery", input={"cart": cart()})
    given: Json = {"cart": cart(), "quote": seen["quote"], "idempotencyKey": f"{asha}-r"}
    applied = await client.ask(shopper, "CheckoutApplyMutation", input=given)
    assert applied["customer"]["id"] == me["id"]
    balance = await client.ask(shopper, "WalletBalanceQuery", id=me["id"])
    assert (balance["points"]["available"], balance["points"]["held"]) == (400, 100)
    history = await client.ask(shopper, "WalletHistoryQuery", id=me["id"], first=1)
    assert history["history"]["edges"][0]["node"]["kind"] == "HOLD"
    assert history["history"]["pageInfo"]["hasNextPage"]
    redemptions = await client.ask(shopper, "WalletRedemptionsQuery", id=me["id"])
    held = applied["redemption"]["id"]
    assert [edge["node"]["id"] for edge in redemptions["redemptions"]["edges"]] == [held]
    released = await client.ask(shopper, "CheckoutReleaseMutation", input={"id": held})
    assert released["redemption"]["status"] == "RELEASED"
    assert not client.unused
