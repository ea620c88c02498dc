"""The audit log is whole: each mutation has its entry there, or a reason why it has none."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
import pytest_asyncio

from gateway.services.database import statement
from resolvers.build import build_schema
from resolvers.build import executable as inside
from tests.e2e import documents as d
from tests.e2e import earning as e
from tests.e2e import reconciling as r
from tests.e2e import webhook_documents as w
from tests.e2e.caller import Caller, Json, cart, code
from tests.e2e.deliveries import add_source
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop
from tests.e2e.staff import person
from tests.e2e.test_audit import changes, log
from tests.e2e.test_reconciliation import captured, look

pytestmark = pytest.mark.own_shop

OLDER: Final = {
    "updateCustomCheckout": "checkout.update",
    "createRedemptionRule": "rule.create",
    "updateRedemptionRule": "rule.update",
    "archiveRedemptionRule": "rule.archive",
    "rotateSecretWebhookId": "key.rotate",
    "createCredential": "key.create",
    "revokeCredential": "key.revoke",
    "adjustPoints": "points.adjust",
    "inviteStaff": "staff.invite",
    "resetStaff": "staff.reset",
    "updateStaff": "staff.update",
}
"""Proved beside this file."""
TOLD: Final = {
    "updateEarning": "earning.update",
    "createEarningRule": "earning_rule.create",
    "updateEarningRule": "earning_rule.update",
    "archiveEarningRule": "earning_rule.archive",
    "createWebhookEndpoint": "webhook.create",
    "updateWebhookEndpoint": "webhook.update",
    "rotateWebhookSecret": "webhook.rotate",
    "deleteWebhookEndpoint": "webhook.delete",
    "replayWebhookDelivery": "webhook.replay",
    "replayWebhookDeliveries": "webhook.replay",
    "createOrderSource": "order_source.create",
    "rotateOrderSourceSecret": "order_source.rotate",
    "deleteOrderSource": "order_source.delete",
    "replayInbox": "inbox.replay",
    "discardInbox": "inbox.discard",
    "mergeCustomers": "customer.merge",
    "eraseCustomer": "customer.erase",
    "repairFinding": "finding.repair",
    "releaseRedemption": "points.release",
    "refundRedemption": "points.refund",
    "registerSigningKey": "key.create",
    "revokeSigningKey": "key.revoke",
}
UNTOLD: Final = {
    "applyRedemption": "the checkout's; the customer's history has it",
    "captureRedemption": "the checkout's; the customer's history has it",
    "completeOrder": "the shop's; the order has it",
    "cancelOrder": "the shop's; the order has it",
    "refundOrder": "the shop's; the order has it",
    "upsertCustomer": "the shop's, with every sign-in",
    "createCustomerToken": "the shop's, with every page",
    "recordSupportTicket": "it is a record itself",
    "runLaunchCheck": "it leaves nothing behind",
    "sendTestEvent": "the delivery log has it",
}
HOUR: Final = 3_600
SHARED: Final = "a shared secret of thirty-two bytes and more"
URL: Final = "https://shop.example/hook"
GUEST, ACCOUNT = {"externalId": "guest"}, {"externalId": "account"}
Entry = tuple[str, str, dict[str, Any]]


def test_every_mutation_is_told_or_has_a_reason():
    mutations = inside(build_schema()).mutation_type
    assert mutations is not None
    named = [*OLDER, *TOLD, *UNTOLD]
    assert sorted(named) == sorted(mutations.fields)


@pytest_asyncio.fixture(loop_scope="package")
async def owner(shop: Shop) -> Caller:
    return await person(shop)


async def told(owner: Caller, before: list[Json]) -> list[Entry]:
    """What the log has got since, oldest first; all of it by the owner."""
    added = (await log(owner, 100))[: -len(before) or None]
    assert {entry["actor"]["name"] for entry in added} <= {"A owner"}
    return [(entry["action"], entry["target"], changes(entry)) for entry in reversed(added)]


async def done(caller: Caller, document: str, **given: Any) -> Json:
    payload = await caller.ask(document, input=given)
    assert code(payload) is None, payload
    return payload


async def test_what_a_person_does_in_the_place_of_the_checkout(
    shop: Shop, owner: Caller, asha: str
):
    """And once: repeating a release changes nothing. The checkout's own is in the history alone."""
    before = await log(owner)
    held: list[str] = []
    for number in range(3):
        given = {"customer": {"externalId": asha}, "points": 10}
        applied = await shop.backend.apply(cart(cart_id=f"told-{number}"), **given)
        held.append(applied["redemption"]["id"])
    for _ in range(2):
        assert code(await owner.release(held[0])) is None
    assert code(await shop.backend.release(held[1])) is None
    assert code(await shop.backend.capture(held[2])) is None
    assert code(await owner.refund(held[2], points=5)) is None
    assert await told(owner, before) == [
        ("points.release", asha, {"redemption": (None, held[0])}),
        ("points.refund", asha, {"points": (None, "5"), "redemption": (None, held[2])}),
    ]


async def test_earning(shop: Shop, owner: Caller):
    before = await log(owner)
    tiers = [{"name": "Gold", "threshold": "500", "multiplier": "1.5"}]
    await done(owner, e.UPDATE_EARNING, tiers=tiers, expirySeconds=0)
    await done(owner, e.UPDATE_EARNING, expirySeconds=0)
    rule = (await done(owner, e.CREATE_RULE, rule=e.RULE))["rule"]
    edited = {**e.RULE, "points": 2, "tierMultiplied": False, "tags": ["vip"]}
    await done(owner, e.UPDATE_RULE, id=rule["id"], version=1, rule=edited)
    stale = await owner.ask(e.UPDATE_RULE, input={"id": rule["id"], "version": 1, "rule": e.RULE})
    assert code(stale) == "VERSION_CONFLICT"
    for _ in range(2):
        await done(owner, e.ARCHIVE_RULE, id=rule["id"])
    settings, created, *rest = await told(owner, before)
    assert settings == (
        "earning.update",
        "Earning",
        {"expirySeconds": ("31536000", "never"), "tiers": (None, "Gold from 500, 1.5 ×")},
    )
    assert created[2] | {"per": (None, "10.00 INR"), "tierMultiplied": (None, "on")} == created[2]
    edit = {
        "version": ("1", "2"),
        "points": ("1", "2"),
        "tierMultiplied": ("on", "off"),
        "tags": (None, "vip"),
    }
    name = e.RULE["name"]
    assert rest == [("earning_rule.update", name, edit), ("earning_rule.archive", name, {})]


async def test_webhooks(shop: Shop, owner: Caller):
    before = await log(owner)
    made = await done(owner, w.CREATE, url=URL, events=["points.granted"])
    endpoint = made["endpoint"]["id"]
    await done(owner, w.UPDATE, id=endpoint, events=[], description="Mail")
    await done(owner, w.UPDATE, id=endpoint, description="Mail")
    fresh = await done(owner, w.ROTATE, id=endpoint, overlapSeconds=60)
    sent = (await done(owner, w.TEST, endpointId=endpoint))["delivery"]
    since = "2020-01-01T00:00:00Z"
    await done(owner, w.REPLAY_ALL, endpointId=endpoint, since=since)
    await done(owner, w.REPLAY, id=sent["id"])
    failed = (
        "UPDATE webhook_delivery SET state = 'FAILED', next_attempt_at = NULL,"
        " finished_at = created_at WHERE merchant_id = ?"
    )
    for document, given in (
        (w.REPLAY, {"id": sent["id"]}),
        (w.REPLAY_ALL, {"endpointId": endpoint, "since": since}),
    ):
        await statement(failed, shop.merchant_id)
        await done(owner, document, **given)
    await done(owner, w.DELETE, id=endpoint)
    created = {"url": (None, URL), "events": (None, "points.granted"), "enabled": (None, "on")}
    replayed = {"messageId": (None, sent["messageId"]), "kind": (None, "webhook.test")}
    all_of_it = {"since": (None, "2020-01-01T00:00:00+00:00"), "deliveries": (None, "1")}
    edit = {"description": (None, "Mail"), "events": ("points.granted", "all")}
    assert await told(owner, before) == [
        ("webhook.create", URL, created),
        ("webhook.update", URL, edit),
        ("webhook.rotate", URL, {"overlapSeconds": (None, "60")}),
        ("webhook.replay", URL, replayed),
        ("webhook.replay", URL, all_of_it),
        ("webhook.delete", URL, {}),
    ]
    await nothing_of(shop, made["secret"], fresh["secret"])


async def test_order_sources_and_the_inbox(shop: Shop, owner: Caller):
    platform = await add_source(shop, "GENERIC")
    for number in ("d-1", "d-2"):
        await platform.send(b"{", "order.updated", number)
    await platform.run()
    ids = [item["id"] for item in await platform.inbox()]
    before = await log(owner)
    await done(owner, d.REPLAY, ids=ids)
    await platform.run()
    await done(owner, d.REPLAY, deadOf=platform.id)
    await done(owner, d.DISCARD, ids=ids[:1])
    await done(owner, d.DISCARD, ids=ids[:1])
    given = {"kind": "SHOPIFY", "name": "second", "secret": SHARED, "customerPrefix": "s-"}
    other = (await done(owner, d.CREATE_SOURCE, **given))["orderSource"]["id"]
    fresh = f"{SHARED}, the next"
    await done(owner, d.ROTATE_SOURCE, id=other, secret=fresh, overlapSeconds=60)
    await done(owner, d.DELETE_SOURCE, id=other)
    both, one = {"deliveries": (None, "d-1, d-2")}, {"deliveries": (None, "d-2")}
    created = {"kind": "SHOPIFY", "createCustomers": "on", "customerPrefix": "s-"}
    assert await told(owner, before) == [
        ("inbox.replay", "2 deliveries", both),
        ("inbox.replay", "2 deliveries", both),
        ("inbox.discard", "1 delivery", one),
        ("order_source.create", "second", {k: (None, v) for k, v in created.items()}),
        ("order_source.rotate", "second", {"overlapSeconds": (None, "60")}),
        ("order_source.delete", "second", {}),
    ]
    await nothing_of(shop, SHARED, platform.secret)


async def test_signing_keys(shop: Shop, owner: Caller):
    before = await log(owner)
    given = {"algorithm": "HS256", "issuer": "shop", "secret": SHARED}
    kid = (await done(owner, d.REGISTER_SIGNING_KEY, **given))["signingKey"]["kid"]
    for _ in range(2):
        await done(owner, d.REVOKE_SIGNING_KEY, kid=kid)
    facts = {"kind": "SIGNING_KEY", "algorithm": "HS256", "issuer": "shop"}
    assert await told(owner, before) == [
        ("key.create", kid, {name: (None, value) for name, value in facts.items()}),
        ("key.revoke", kid, {"kind": ("SIGNING_KEY", None)}),
    ]
    await nothing_of(shop, SHARED)


async def test_people(shop: Shop, owner: Caller):
    """Who is erased is a number from then on, also in what was told before."""
    await shop.customer(5, external_id="guest", phone="98123 45678")
    await shop.customer(5, external_id="account")
    before = await log(owner)
    wish = {"source": GUEST, "target": ACCOUNT}
    for key in ("first", "again"):
        await done(owner, d.MERGE, **wish, idempotencyKey=key)
    await owner.ask(d.EXPORT, customer=ACCOUNT)
    assert await told(owner, before) == [
        ("customer.merge", "account", {"mergedFrom": (None, "guest")}),
        ("customer.export", "account", {}),
    ]
    by_id = {"id": (await owner.ask(d.PERSON, by=ACCOUNT))["id"]}
    for _ in range(2):
        await done(owner, d.ERASE, customer=by_id)
    merged, exported, erased = await told(owner, before)
    nameless = erased[1]
    assert nameless.startswith("erased:")
    assert erased == ("customer.erase", nameless, {})
    assert exported == ("customer.export", nameless, {})
    assert merged == ("customer.merge", nameless, {"mergedFrom": (None, nameless)})
    await nothing_of(shop, "guest", "account", "+919812345678")


async def test_a_repair(shop: Shop, asha: str, clock: Clock):
    await captured(shop, {"externalId": asha}, "o-1")
    clock.advance(2 * HOUR)
    (found,) = await look(shop)
    owner = await person(shop)
    before = await log(owner)
    for key in ("first", "again"):
        await owner.ask(r.REPAIR, input={"id": found["id"], "idempotencyKey": key})
    kind = {"finding": (None, "CAPTURED_WITHOUT_ORDER")}
    assert await told(owner, before) == [("finding.repair", "o-1", kind)]


async def nothing_of(shop: Shop, *secrets: str) -> None:
    """None of these texts stands in the merchant's log."""
    rows = await statement("SELECT * FROM audit_log WHERE merchant_id = ?", shop.merchant_id)
    text = json.dumps(rows)
    assert not [each for each in secrets if each in text]
