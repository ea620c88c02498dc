"""One merchant learns nothing of another's, and changes nothing there."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest_asyncio

from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, cart, money
from tests.e2e.shop import RULE, Shop


@pytest_asyncio.fixture(loop_scope="package")
async def theirs(other_shop: Shop) -> Json:
    """What the other merchant has: a customer, what she holds and has paid with, and a rule."""
    mira = await other_shop.customer(points=500, phone="+919811111111", email="mira@example.com")
    held = await other_shop.backend.apply(customer={"externalId": mira})
    paid = await other_shop.backend.apply(cart(cart_id="paid"), customer={"externalId": mira})
    await other_shop.backend.capture(paid["redemption"]["id"])
    found = await other_shop.backend.ask(d.CUSTOMER, by={"externalId": mira})
    return {
        "external_id": mira,
        "customer": found["id"],
        "held": held["redemption"]["id"],
        "paid": paid["redemption"]["id"],
        "rule": held["redemption"]["rule"]["id"],
    }


def unknown(global_id: str) -> str:
    """An id of the same form, of something that is nowhere."""
    raw = urlsafe_b64decode(global_id + "=" * (-len(global_id) % 4)).decode()
    name, _, body = raw.partition(":")
    parts = [str(int(part) ^ 1 << 40) for part in body.split(".")]
    return urlsafe_b64encode(f"{name}:{'.'.join(parts)}".encode()).decode().rstrip("=")


async def answers(caller: Caller, ids: Json) -> list[Json]:
    """Everything that can be tried on these ids, in the caller's own answers."""
    by = [{"id": ids["customer"]}, {"externalId": ids["external_id"]}]
    tried = [
        *[(d.NODE, {"id": ids[name]}) for name in ("customer", "held", "paid", "rule")],
        *[(d.FIND, {"id": ids[name]}) for name in ("held", "paid")],
        *[(d.CUSTOMER, {"by": each}) for each in by],
        *[(d.PREVIEW, {"input": {"cart": cart(), "customer": each}}) for each in by],
        *[(d.APPLY, _keyed(cart=cart(), customer=each)) for each in by],
        *[(d.TOKEN, {"input": {"customer": each}}) for each in by],
        (d.CAPTURE, _keyed(id=ids["held"], order={"id": "o", "total": money("500")})),
        (d.RELEASE, {"input": {"id": ids["held"]}}),
        (d.REFUND, _keyed(id=ids["paid"])),
        *[(d.ADJUST, _keyed(customer=each, delta=-5, reason="r")) for each in by],
        (d.UPDATE_RULE, {"input": {"id": ids["rule"], "version": 1, "rule": RULE}}),
        (d.ARCHIVE_RULE, {"input": {"id": ids["rule"]}}),
        (d.PREVIEW, {"input": {"cart": cart(), "customer": by[0], "ruleId": ids["rule"]}}),
    ]
    return [(await caller.send(document, **given)).body for document, given in tried]


def _keyed(**given: object) -> Json:
    return {"input": {**given, "idempotencyKey": "a-key"}}


async def test_anothers_ids_are_answered_as_ids_of_nothing(
    shop: Shop, other_shop: Shop, theirs: Json
):
    """Word for word, for staff with every right of their own; and nothing changes over there."""
    nothing = {
        name: "nobody" if name == "external_id" else unknown(theirs[name]) for name in theirs
    }
    before = await other_shop.backend.everything(theirs["external_id"])
    tried = await answers(shop.admin, theirs)
    assert tried == await answers(shop.admin, nothing)
    assert await other_shop.backend.everything(theirs["external_id"]) == before
    # The same operations do reach what is one's own.
    assert all(a != b for a, b in zip(await answers(other_shop.admin, theirs), tried, strict=True))


async def test_one_key_may_be_used_by_every_merchant(shop: Shop, other_shop: Shop):
    for each in (shop, other_shop):
        who = await each.customer(points=500, external_id="the-same-id")
        held = await each.backend.apply(customer={"externalId": who}, key="the-same-key")
        assert (held["replayed"], held["redemption"]["points"]) == (False, 100)


async def test_a_named_rule_of_another_merchant_is_no_rule(shop: Shop, asha: str, theirs: Json):
    by = {"externalId": asha}
    seen = await shop.backend.preview(customer=by, ruleId=theirs["rule"])
    missing = await shop.backend.preview(customer=by, ruleId=unknown(theirs["rule"]))
    assert seen == missing
    assert [refusal["code"] for refusal in seen["refusals"]] == ["RULE_INACTIVE"]


async def test_an_unknown_redemption_of_ones_own_customer_has_the_same_answer(
    shop: Shop, asha: str, theirs: Json
):
    """Whether the customer inside the id exists does not show."""
    held = (await shop.backend.apply(customer={"externalId": asha}))["redemption"]["id"]
    raw = urlsafe_b64decode(held + "=" * (-len(held) % 4)).decode()
    customer = raw.partition(":")[2].split(".")[0]
    made_up = urlsafe_b64encode(f"Redemption:{customer}.123".encode()).decode().rstrip("=")
    for which in (made_up, theirs["held"], "nonsense"):
        refused = await shop.backend.capture(which)
        (error,) = refused["userErrors"]
        assert (error["code"], error["field"]) == ("REDEMPTION_NOT_FOUND", ["id"])
