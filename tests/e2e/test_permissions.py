"""Who may do what: every root field of the schema, every kind of caller."""

from __future__ import annotations

from typing import Final

import pytest
from graphql import GraphQLObjectType

from gateway.auth import SCOPES, CallerKind, Scope
from gateway.services.staff import Role
from resolvers.build import build_schema
from resolvers.build import executable as inside
from schema.subgraph import REQUIRED
from tests.e2e import documents as d
from tests.e2e import earning as e
from tests.e2e import launching as la
from tests.e2e import metric_documents as m
from tests.e2e import reconciling as r
from tests.e2e import webhook_documents as w
from tests.e2e.caller import Caller, Json, cart, money
from tests.e2e.conftest import Unchanged
from tests.e2e.shop import RULE, Shop
from tests.e2e.sse import first_event
from tests.e2e.staff import person

pytestmark = pytest.mark.own_shop

STAFF: Final = frozenset({"owner", "manager", "support"})
PUBLISHABLE: Final = frozenset({"publishable", "shopper", "backend", "admin"}) | STAFF
SHOPPER: Final = frozenset({"shopper", "backend", "admin"})
BACKEND: Final = frozenset({"backend", "admin"})
SUPPORT: Final = frozenset({"admin"}) | STAFF
ADMIN: Final = frozenset({"admin", "owner", "manager"})
OWNER: Final = frozenset({"owner"})
CALLERS: Final = ("nobody", "publishable", "shopper", "backend", "admin", *sorted(STAFF))

ALLOWED: Final = {
    "Query.program": PUBLISHABLE,
    "Query.me": SHOPPER | STAFF,
    "Query.customer": SHOPPER | STAFF,
    "Query.redemptionPreview": SHOPPER | STAFF,
    "Query.redemption": SHOPPER | STAFF,
    "Query.node": SHOPPER | STAFF,
    "Query.merchant": SUPPORT,
    "Query.viewer": SUPPORT,
    "Query.rulePreview": ADMIN,
    "Query.earningRulePreview": ADMIN,
    "Query.earnPreview": PUBLISHABLE,
    "Query.loyaltyOrder": BACKEND | STAFF,
    "Query.reconciliation": SUPPORT,
    "Query.exportCustomer": ADMIN,
    "Mutation.applyRedemption": SHOPPER,
    "Mutation.releaseRedemption": SHOPPER | STAFF,
    "Mutation.captureRedemption": BACKEND,
    "Mutation.refundRedemption": BACKEND | STAFF,
    "Mutation.upsertCustomer": BACKEND | ADMIN,
    "Mutation.completeOrder": BACKEND,
    "Mutation.cancelOrder": BACKEND | STAFF,
    "Mutation.refundOrder": BACKEND | STAFF,
    "Mutation.mergeCustomers": BACKEND | ADMIN,
    "Mutation.eraseCustomer": ADMIN,
    "Mutation.createCustomerToken": BACKEND,
    "Mutation.repairFinding": SUPPORT,
    "Mutation.adjustPoints": SUPPORT,
    "Mutation.recordSupportTicket": BACKEND | ADMIN,
    "Mutation.updateCustomCheckout": ADMIN,
    "Mutation.rotateSecretWebhookId": ADMIN,
    "Mutation.createRedemptionRule": ADMIN,
    "Mutation.updateRedemptionRule": ADMIN,
    "Mutation.archiveRedemptionRule": ADMIN,
    "Mutation.runLaunchCheck": ADMIN,
    "Mutation.updateEarning": ADMIN,
    "Mutation.createEarningRule": ADMIN,
    "Mutation.updateEarningRule": ADMIN,
    "Mutation.archiveEarningRule": ADMIN,
    "Mutation.createWebhookEndpoint": ADMIN,
    "Mutation.updateWebhookEndpoint": ADMIN,
    "Mutation.rotateWebhookSecret": ADMIN,
    "Mutation.deleteWebhookEndpoint": ADMIN,
    "Mutation.sendTestEvent": ADMIN,
    "Mutation.replayWebhookDelivery": ADMIN,
    "Mutation.replayWebhookDeliveries": ADMIN,
    "Mutation.createOrderSource": ADMIN,
    "Mutation.rotateOrderSourceSecret": ADMIN,
    "Mutation.deleteOrderSource": ADMIN,
    "Mutation.replayInbox": ADMIN,
    "Mutation.discardInbox": ADMIN,
    "Mutation.createCredential": ADMIN,
    "Mutation.revokeCredential": ADMIN,
    "Mutation.registerSigningKey": ADMIN,
    "Mutation.revokeSigningKey": ADMIN,
    "Mutation.inviteStaff": OWNER,
    "Mutation.resetStaff": OWNER,
    "Mutation.updateStaff": OWNER,
    "Subscription.pointsChanged": frozenset({"shopper"}),
    "Subscription.whatIf": ADMIN,
}
"""The whole table. A field that is not in it has no permission, and its test fails."""

BY: Final = {"externalId": "nobody"}
KEYED: Final = {"id": "nothing", "idempotencyKey": "a-key"}
OPERATIONS: Final[dict[str, tuple[str, Json]]] = {
    "Query.program": ("{ program { enabled } }", {}),
    "Query.earnPreview": (e.EARN_PREVIEW, {"input": {"cart": cart()}}),
    "Query.me": (d.ME, {}),
    "Query.customer": (d.CUSTOMER, {"by": BY}),
    "Query.redemptionPreview": (d.PREVIEW, {"input": {"cart": cart(), "customer": BY}}),
    "Query.redemption": (d.FIND, {"id": "nothing"}),
    "Query.loyaltyOrder": (d.FIND_ORDER, {"id": "nothing"}),
    "Query.reconciliation": (r.RECONCILIATION, {}),
    "Query.node": (d.NODE, {"id": "nothing"}),
    "Query.merchant": ("{ merchant { name } }", {}),
    "Query.exportCustomer": (d.EXPORT, {"customer": BY}),
    "Query.viewer": ("{ viewer { permissions } }", {}),
    "Query.rulePreview": (d.RULE_PREVIEW, {"input": {"rule": RULE, "carts": []}}),
    "Query.earningRulePreview": (e.RULE_PREVIEW, {"input": {"rule": e.RULE, "carts": []}}),
    "Mutation.applyRedemption": (
        d.APPLY,
        {"input": {"cart": cart(), "customer": BY, "idempotencyKey": "a-key"}},
    ),
    "Mutation.releaseRedemption": (d.RELEASE, {"input": {"id": "nothing"}}),
    "Mutation.captureRedemption": (
        d.CAPTURE,
        {"input": {**KEYED, "order": {"id": "o", "total": money("1")}}},
    ),
    "Mutation.refundRedemption": (d.REFUND, {"input": KEYED}),
    "Mutation.completeOrder": (
        d.COMPLETE_ORDER,
        {"input": {"customer": BY, "order": {"id": "o", "total": money("1")}}},
    ),
    "Mutation.cancelOrder": (d.CANCEL_ORDER, {"input": {"orderId": "nothing"}}),
    "Mutation.refundOrder": (d.REFUND_ORDER, {"input": {"orderId": "nothing", "refundId": "r"}}),
    "Mutation.upsertCustomer": (d.UPSERT, {"input": {"externalId": "someone"}}),
    "Mutation.mergeCustomers": (
        d.MERGE,
        {"input": {"source": BY, "target": BY, "idempotencyKey": "a-key"}},
    ),
    "Mutation.eraseCustomer": (d.ERASE, {"input": {"customer": BY}}),
    "Mutation.createCustomerToken": (d.TOKEN, {"input": {"customer": BY}}),
    "Mutation.recordSupportTicket": (m.TICKET, {"input": {"reference": "T-1"}}),
    "Mutation.repairFinding": (r.REPAIR, {"input": KEYED}),
    "Mutation.adjustPoints": (
        d.ADJUST,
        {"input": {"customer": BY, "delta": 1, "reason": "r", "idempotencyKey": "a-key"}},
    ),
    "Mutation.updateCustomCheckout": (d.CHECKOUT, {"input": {"enabled": True}}),
    "Mutation.rotateSecretWebhookId": (d.ROTATE, {"input": {}}),
    "Mutation.createRedemptionRule": (d.CREATE_RULE, {"input": {"rule": RULE}}),
    "Mutation.updateRedemptionRule": (
        d.UPDATE_RULE,
        {"input": {"id": "nothing", "version": 1, "rule": RULE}},
    ),
    "Mutation.archiveRedemptionRule": (d.ARCHIVE_RULE, {"input": {"id": "nothing"}}),
    "Mutation.runLaunchCheck": (la.RUN, {"input": {"items": []}}),
    "Mutation.updateEarning": (e.UPDATE_EARNING, {"input": {"returnWindowSeconds": 1}}),
    "Mutation.createEarningRule": (e.CREATE_RULE, {"input": {"rule": e.RULE}}),
    "Mutation.updateEarningRule": (
        e.UPDATE_RULE,
        {"input": {"id": "nothing", "version": 1, "rule": e.RULE}},
    ),
    "Mutation.archiveEarningRule": (e.ARCHIVE_RULE, {"input": {"id": "nothing"}}),
    "Mutation.createWebhookEndpoint": (w.CREATE, {"input": {"url": "https://shop.example/h"}}),
    "Mutation.updateWebhookEndpoint": (w.UPDATE, {"input": {"id": "nothing"}}),
    "Mutation.rotateWebhookSecret": (w.ROTATE, {"input": {"id": "nothing"}}),
    "Mutation.deleteWebhookEndpoint": (w.DELETE, {"input": {"id": "nothing"}}),
    "Mutation.sendTestEvent": (w.TEST, {"input": {"endpointId": "nothing"}}),
    "Mutation.replayWebhookDelivery": (w.REPLAY, {"input": {"id": "nothing"}}),
    "Mutation.replayWebhookDeliveries": (
        w.REPLAY_ALL,
        {"input": {"endpointId": "nothing", "since": "2026-01-01T00:00:00Z"}},
    ),
    "Mutation.createOrderSource": (d.CREATE_SOURCE, {"input": {"kind": "GENERIC"}}),
    "Mutation.rotateOrderSourceSecret": (d.ROTATE_SOURCE, {"input": {"id": "nothing"}}),
    "Mutation.deleteOrderSource": (d.DELETE_SOURCE, {"input": {"id": "nothing"}}),
    "Mutation.replayInbox": (d.REPLAY, {"input": {"ids": []}}),
    "Mutation.discardInbox": (d.DISCARD, {"input": {"ids": []}}),
    "Mutation.createCredential": (
        d.CREATE_CREDENTIAL,
        {"input": {"kind": "ADMIN", "label": "another"}},
    ),
    "Mutation.revokeCredential": (d.REVOKE_CREDENTIAL, {"input": {"id": "nothing"}}),
    "Mutation.registerSigningKey": (
        d.REGISTER_SIGNING_KEY,
        {"input": {"algorithm": "HS256", "issuer": "shop", "secret": "s" * 32}},
    ),
    "Mutation.revokeSigningKey": (d.REVOKE_SIGNING_KEY, {"input": {"kid": "nothing"}}),
    "Mutation.inviteStaff": (
        d.INVITE_STAFF,
        {"input": {"email": "new@shop.example", "role": "SUPPORT"}},
    ),
    "Mutation.resetStaff": (d.RESET_STAFF, {"input": {"id": "nobody"}}),
    "Mutation.updateStaff": (d.UPDATE_STAFF, {"input": {"id": "nobody", "disabled": True}}),
    "Subscription.pointsChanged": (d.POINTS_CHANGED, {}),
    "Subscription.whatIf": (d.WHAT_IF, {"input": {"rule": RULE}}),
}


def root_fields() -> list[str]:
    """Every field of Query, Mutation and Subscription that the schema has."""
    schema = inside(build_schema())
    kinds = (schema.query_type, schema.mutation_type, schema.subscription_type)
    return [f"{kind.name}.{name}" for kind in kinds if kind for name in kind.fields]


def test_every_root_field_of_the_schema_has_a_row():
    assert sorted(ALLOWED) == sorted(OPERATIONS) == sorted(root_fields())


def test_every_root_field_says_who_may_call_it():
    """The description is where a reader looks; it names each kind of caller that may."""
    schema = inside(build_schema())
    words = {
        "publishable": "publishable key",
        "shopper": "ustomer token",
        "backend": "Secret Webhook ID",
        "admin": "dmin key",
        "owner": "wner",
        "manager": "manager",
        "support": "support",
    }
    for name in root_fields():
        kind, field = name.split(".")
        root = schema.type_map[kind]
        assert isinstance(root, GraphQLObjectType)
        said = (root.fields[field].description or "").rsplit(". ", 1)[-1]
        said = said.replace("never a customer token", "")
        said = said.replace("staff", "owner, manager, support")
        named = {caller for caller, word in words.items() if word in said}
        expected = ALLOWED[name] if name != "Query.program" else {"publishable"}
        assert named == expected, f"{name}: {said}"


def test_a_router_is_told_the_scope_that_exactly_those_callers_have():
    kinds = {
        "publishable": CallerKind.PUBLISHABLE,
        "shopper": CallerKind.CUSTOMER,
        "backend": CallerKind.BACKEND,
        "admin": CallerKind.ADMIN,
    }
    told = {
        name: {who for who, kind in kinds.items() if (scope or Scope.READ_PROGRAM) in SCOPES[kind]}
        for name, scope in REQUIRED.items()
    }
    assert told == {name: allowed - STAFF for name, allowed in ALLOWED.items()}


@pytest.mark.parametrize("who", CALLERS)
async def test_a_caller_may_do_what_the_table_says_and_nothing_else(
    shop: Shop, asha: str, who: str, unchanged: Unchanged
):
    callers = {
        "nobody": Caller(shop.served.http, {}),
        "publishable": shop.page,
        "shopper": await shop.shopper(asha),
        "backend": shop.backend,
        "admin": shop.admin,
        "owner": await person(shop, Role.OWNER),
        "manager": await person(shop, Role.MANAGER),
        "support": await person(shop, Role.SUPPORT),
    }
    refusal = "UNAUTHENTICATED" if who == "nobody" else "FORBIDDEN"
    expected = {name: "allowed" if who in ALLOWED[name] else refusal for name in root_fields()}
    refused = [name for name in root_fields() if expected[name] != "allowed"]
    async with unchanged():
        before = await settings_of(shop)
        found = {name: await outcome(callers[who], name) for name in refused}
        assert await settings_of(shop) == before
    found |= {name: await outcome(callers[who], name) for name in expected if name not in refused}
    assert found == expected


async def outcome(caller: Caller, name: str) -> str:
    """What came of the operation: allowed, or the code of the error that stands alone."""
    document, variables = OPERATIONS[name]
    if name.startswith("Subscription."):
        answer = await first_event(caller, document, variables=variables)
    else:
        answer = await caller.send(document, **variables)
    if "errors" not in answer.body:
        return "allowed"
    assert not any((answer.body.get("data") or {}).values())
    return answer.error["code"]


async def settings_of(shop: Shop) -> Json:
    return await shop.admin.ask(
        "{ merchant { customCheckout { enabled rules { rule { id version } archivedAt } }"
        " earning { returnWindowSeconds rules { rule { id version } archivedAt } }"
        " orderSources { name } } }"
    )


async def test_a_shopper_acts_for_no_other_customer(shop: Shop, asha: str, shopper: Caller):
    """The same answers as for a customer that is not there."""
    facts: Json = {"phone": "+919800000001", "email": "ravi@example.com"}
    ravi = await shop.customer(points=500, **facts)
    before = await shop.backend.everything(ravi)
    his_id = (await shop.backend.ask(d.CUSTOMER, by={"externalId": ravi}))["id"]
    held = await shop.backend.apply(cart(cart_id="his"), customer={"externalId": ravi})
    redemption = held["redemption"]["id"]
    nobody = await shopper.apply(customer={"externalId": "nobody"})
    preview_of_nobody = await shopper.preview(customer={"externalId": "nobody"})
    for by in ({"externalId": ravi}, {"id": his_id}, *({k: v} for k, v in facts.items())):
        assert await shopper.ask(d.CUSTOMER, by=by) is None
        assert await shopper.preview(customer=by) == preview_of_nobody
        assert await shopper.apply(customer=by) == nobody
    assert nobody["userErrors"][0]["code"] == "CUSTOMER_NOT_FOUND"
    assert preview_of_nobody["balance"]["available"] == 0
    assert await shopper.ask(d.FIND, id=redemption) is None
    assert await shopper.ask(d.NODE, id=redemption) is None
    assert await shopper.ask(d.NODE, id=his_id) is None
    assert await shopper.release(redemption) == await shopper.release("nothing")
    await shop.backend.release(redemption)
    after = await shop.backend.everything(ravi)
    assert after["points"] == before["points"]


async def test_a_shopper_neither_captures_nor_refunds_what_is_its_own(
    shop: Shop, shopper: Caller, unchanged: Unchanged
):
    held = (await shopper.apply())["redemption"]["id"]
    order = {"id": "o", "total": money("500.00")}
    capture = {"id": held, "order": order, "idempotencyKey": "k"}
    async with unchanged():
        for caller in (shopper, shop.page):
            assert (await caller.send(d.CAPTURE, input=capture)).error == {"code": "FORBIDDEN"}
    await shop.backend.capture(held)
    async with unchanged():
        refund = {"id": held, "idempotencyKey": "k"}
        assert (await shopper.send(d.REFUND, input=refund)).error == {"code": "FORBIDDEN"}
        given = {"customer": {"externalId": "me"}, "delta": 5, "reason": "r", "idempotencyKey": "k"}
        assert (await shopper.send(d.ADJUST, input=given)).error == {"code": "FORBIDDEN"}


async def test_a_backend_has_to_name_the_customer(shop: Shop):
    answer = await shop.backend.send(d.PREVIEW, input={"cart": cart()})
    assert answer.error == {"code": "BAD_USER_INPUT", "field": ["customer"]}


async def test_a_shopper_may_name_itself(shop: Shop, asha: str, shopper: Caller):
    me = {"externalId": asha}
    assert (await shopper.apply(customer=me))["redemption"]["points"] == 100
