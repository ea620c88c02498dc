"""The audit log: each change with who, when, from what to what, and nothing else."""

from __future__ import annotations

import pytest

from gateway.services.staff import Role
from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json, money
from tests.e2e.shop import RULE, Shop
from tests.e2e.staff import person

pytestmark = pytest.mark.own_shop


async def log(caller: Caller, first: int = 50) -> list[Json]:
    page = (await caller.ask(d.AUDIT, first=first))["auditLog"]
    return [edge["node"] for edge in page["edges"]]


def changes(entry: Json) -> dict[str, tuple[str | None, str | None]]:
    return {each["field"]: (each["before"], each["after"]) for each in entry["changes"]}


async def test_a_setting_is_told_from_what_to_what(shop: Shop):
    owner = await person(shop)
    least = {"fixed": money("49.00")}
    await owner.ask(d.CHECKOUT, input={"minimumPayment": least, "holdSeconds": 600})
    entry = (await log(owner))[0]
    assert (entry["action"], entry["target"]) == ("checkout.update", "Custom Checkout")
    assert entry["actor"] == {"kind": "STAFF", "name": "A owner"}
    assert changes(entry) == {
        "minimumPayment": ("20 %", "49.00 INR"),
        "holdSeconds": ("900", "600"),
    }


async def test_what_was_refused_and_what_changes_nothing_is_not_told(shop: Shop):
    owner = await person(shop)
    before = await log(owner)
    refused = await owner.ask(d.CHECKOUT, input={"allowedOrigins": ["nonsense"]})
    assert refused["userErrors"]
    await owner.ask(d.CHECKOUT, input={"enabled": True})
    assert await log(owner) == before


async def test_rules_keys_points_and_people_are_told(shop: Shop, asha: str):
    owner = await person(shop)
    rule = (await owner.ask(d.CREATE_RULE, input={"rule": RULE}))["rule"]
    changed = {**RULE, "maximumDiscount": money("80.00")}
    edit = {"id": rule["id"], "version": 1, "rule": changed}
    await owner.ask(d.UPDATE_RULE, input=edit)
    await owner.ask(d.ARCHIVE_RULE, input={"id": rule["id"]})
    await owner.ask(d.ROTATE, input={"overlapSeconds": 60})
    await owner.ask(d.CREATE_CREDENTIAL, input={"kind": "ADMIN", "label": "scripts"})
    await owner.adjust(asha, 25)
    await shop.admin.adjust(asha, -5)
    invite = {"email": "kin@shop.example", "role": "SUPPORT"}
    await owner.ask(d.INVITE_STAFF, input=invite)
    found = (await log(owner))[:8]
    assert [entry["action"] for entry in found] == [
        "staff.invite",
        "points.adjust",
        "points.adjust",
        "key.create",
        "key.rotate",
        "rule.archive",
        "rule.update",
        "rule.create",
    ]
    assert found[1]["actor"]["kind"] == "KEY"
    assert changes(found[2])["points"] == (None, "+25")
    assert found[2]["target"] == asha
    assert changes(found[6]) == {
        "version": ("1", "2"),
        "maximumDiscount": ("100.00 INR", "80.00 INR"),
    }
    secrets = [text for entry in found for pair in changes(entry).values() for text in pair]
    assert not any(text and text.startswith(("sk_", "whk_")) for text in secrets)


async def test_an_adjustment_that_is_repeated_or_refused_is_told_once_or_not(shop: Shop, asha: str):
    owner = await person(shop)
    for _ in range(2):
        await owner.adjust(asha, 25, key="the-same")
    assert (await owner.adjust(asha, -10_000))["userErrors"]
    assert [entry["action"] for entry in await log(owner)].count("points.adjust") == 2  # + asha's


async def test_pages_are_cut_by_key(shop: Shop):
    owner = await person(shop)
    for seconds in (100, 200, 300):
        await owner.ask(d.CHECKOUT, input={"holdSeconds": seconds})
    whole = await log(owner)
    seen: list[Json] = []
    after = None
    while True:
        page = (await owner.ask(d.AUDIT, first=2, after=after))["auditLog"]
        seen += [edge["node"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert seen == whole


async def test_the_log_is_for_owners_managers_and_admin_keys(shop: Shop):
    assert await log(await person(shop, Role.MANAGER))
    assert await log(shop.admin)
    support = await (await person(shop, Role.SUPPORT)).send(d.AUDIT, first=1)
    assert support.error["code"] == "FORBIDDEN"


async def test_another_merchant_has_its_own_log(shop: Shop, other_shop: Shop):
    mine = await log(await person(shop))
    await other_shop.set_checkout(holdSeconds=61)
    assert await log(await person(shop)) != []
    theirs = await log(other_shop.admin)
    assert changes(theirs[0]) == {"holdSeconds": ("900", "61")}
    assert not any(changes(entry) == changes(theirs[0]) for entry in mine)
