"""The go-live test: green where all is well, red or amber where a merchant has something to do."""

from __future__ import annotations

import asyncio

import pytest

from gateway.services.database import statement
from gateway.services.launch_check import STEPS, run_launch_check
from tests.e2e import earning as e
from tests.e2e.caller import Caller, code, money
from tests.e2e.launching import (
    RUN,
    items,
    of_status,
    ready,
    run,
    sandbox_customers,
    sandboxed,
)
from tests.e2e.shop import Shop, open_shop

pytestmark = pytest.mark.own_shop

FLOW = {step.id for step in STEPS if step.rule}


async def test_a_merchant_who_is_ready_sees_green(shop: Shop):
    await ready(shop)
    report = await run(shop)
    found = {item["id"]: item for item in report["items"]}
    assert of_status(found, "FAILED") | of_status(found, "WARNING") == set(), found
    assert of_status(found, "NOT_CONFIGURED") == {"minimum-cart"}
    assert (report["ok"], report["passed"]) == (True, len(STEPS))
    assert set(found) == {step.id for step in STEPS} | {"nothing-left"}
    assert all(item["evidence"] for name, item in found.items() if name != "minimum-cart")
    (rule, *_) = found["correct-rule"]["evidence"]
    assert "100 points, 100.00 INR off, 400.00 INR to pay" in rule["came"]
    assert await sandboxed(shop) == [0] * len(await sandboxed(shop))


async def test_it_may_be_run_again_on_the_same_customer(shop: Shop):
    await ready(shop)
    assert [(await run(shop))["ok"] for _ in range(3)] == [True] * 3
    (only,) = await sandbox_customers(shop)
    assert only["sandbox_until"] == 0


async def test_rules_of_every_kind_and_an_order_that_earns_are_green(shop: Shop):
    await ready(shop)
    await shop.make_rule(name="Fixed", kind="FIXED_AMOUNT", points=300, maximumDiscount=None)
    percent = {"discount": None, "points": 50, "percent": "5"}
    await shop.make_rule(name="Percent", kind="VARIABLE_PERCENT", maximumPercent="20", **percent)
    await shop.make_rule(
        name="Tea", kind="FIXED_PERCENT", productIds=["tea"], minimumCart=money("900.00"), **percent
    )
    await shop.make_rule(
        name="Gold",
        tiers=["GOLD"],
        tags=["vip"],
        collectionIds=["sale"],
        minimumPoints=40,
        cartMultiplier="3",
        minimumPayment={"fixed": money("50.00")},
    )
    await shop.make_rule(name="Later", startsAt="2090-01-01T00:00:00Z", minimumCart=money("9.00"))
    await shop.set_checkout(orderLinesRequired=True, clawbackPolicy="DEBT")
    done = await shop.admin.ask(e.CREATE_RULE, input={"rule": e.RULE})
    assert code(done) is None, done
    window = await shop.admin.ask(e.UPDATE_EARNING, input={"returnWindowSeconds": 3_600})
    assert code(window) is None, window
    assert (await run(shop))["ok"]
    found = await items(shop)
    assert of_status(found, "PASSED") == set(found), found
    assert "Gold" in str(found["correct-rule"]["evidence"])
    (earned,) = [x for x in found["order-completed"]["evidence"] if "earned" in x["sent"]]
    assert int(earned["came"]) > 0
    assert set(await sandboxed(shop)) == {0}


async def test_switched_off_it_fails_and_tries_nothing(shop: Shop):
    await ready(shop)
    await shop.set_checkout(enabled=False)
    found = await items(shop)
    assert of_status(found, "FAILED") == {"integration-on"}
    assert of_status(found, "NOT_CONFIGURED") >= FLOW
    assert found["integration-on"]["advice"] == "Switch Custom Checkout on."
    assert found["totals"]["advice"] == "Not tried: Custom Checkout is off."


async def test_a_secret_webhook_id_that_was_never_used_fails(shop: Shop):
    found = await items(shop, "secret-webhook-id")
    assert found["secret-webhook-id"]["status"] == "FAILED"
    assert "never used" in found["secret-webhook-id"]["evidence"][0]["came"]
    await shop.backend.preview(customer={"externalId": "nobody"})
    found = await items(shop, "secret-webhook-id")
    assert found["secret-webhook-id"]["status"] == "PASSED"
    assert "last used" in found["secret-webhook-id"]["evidence"][0]["came"]


async def test_after_a_rotation_the_backend_has_to_use_the_new_one(shop: Shop):
    await ready(shop)
    rotate = "mutation { rotateSecretWebhookId(input: {}) { secretWebhookId } }"
    shop.served.clock.advance(1)
    await shop.admin.ask(rotate)
    found = await items(shop, "secret-webhook-id")
    assert found["secret-webhook-id"]["status"] == "WARNING"
    assert len(found["secret-webhook-id"]["evidence"]) == 2
    last = "mutation { rotateSecretWebhookId(input: { overlapSeconds: 0 }) { secretWebhookId } }"
    shop.served.clock.advance(1)
    await shop.admin.ask(last)
    assert (await items(shop))["secret-webhook-id"]["status"] == "FAILED"


async def test_without_a_rule_there_is_nothing_to_try(shop: Shop):
    await ready(shop)
    (rule,) = (await shop.admin.ask("{ merchant { customCheckout { rules { rule { id } } } } }"))[
        "customCheckout"
    ]["rules"]
    archive = "mutation A($id: ID!) { archiveRedemptionRule(input: {id: $id}) { rule { id } } }"
    await shop.admin.ask(archive, id=rule["rule"]["id"])
    found = await items(shop)
    assert of_status(found, "FAILED") == {"correct-rule"}
    assert "No redemption rule is in force" in found["correct-rule"]["advice"]
    assert of_status(found, "NOT_CONFIGURED") >= FLOW


async def test_a_rule_of_no_worth_fails(shop: Shop):
    """Whoever has to pay all of every cart can redeem nothing."""
    await ready(shop)
    await shop.set_checkout(minimumPayment={"percent": "100"})
    found = await items(shop)
    assert found["correct-rule"]["status"] == "FAILED"
    assert "minimum payment" in found["correct-rule"]["advice"]
    assert found["totals"]["status"] == "NOT_CONFIGURED"


async def test_one_rule_of_no_worth_among_others_is_a_warning(shop: Shop):
    await ready(shop)
    await shop.make_rule(name="Nobody's", minimumPayment={"percent": "100"})
    found = await items(shop)
    assert of_status(found, "WARNING") == {"correct-rule"}
    assert "Nobody's" in found["correct-rule"]["advice"]


async def test_a_minimum_cart_that_nobody_reaches_fails(shop: Shop):
    await ready(shop)
    await shop.make_rule(name="Palace", minimumCart=money("5000000000.00"))
    found = await items(shop)
    assert of_status(found, "FAILED") == {"minimum-cart"}
    assert "Palace" in found["minimum-cart"]["advice"]


async def test_without_a_minimum_payment_a_free_order_is_a_warning(shop: Shop):
    await ready(shop)
    await shop.set_checkout(minimumPayment={"none": True})
    found = await items(shop)
    assert of_status(found, "WARNING") == {"no-free-order"}
    assert of_status(found, "FAILED") == set()
    assert found["minimum-payment"]["status"] == "NOT_CONFIGURED"
    assert "0.00 INR to pay" in str(found["no-free-order"]["evidence"])


async def test_where_the_rule_alone_keeps_orders_from_being_free_there_is_no_warning(shop: Shop):
    await ready(shop)
    await shop.set_checkout(minimumPayment={"none": True})
    rules = (await shop.admin.ask("{ merchant { customCheckout { rules { rule { id } } } } }"))[
        "customCheckout"
    ]["rules"]
    archive = "mutation A($id: ID!) { archiveRedemptionRule(input: {id: $id}) { rule { id } } }"
    await shop.admin.ask(archive, id=rules[0]["rule"]["id"])
    await shop.make_rule(minimumCart=money("300.00"))
    assert (await items(shop))["no-free-order"]["status"] == "PASSED"


async def test_an_origin_of_a_developer_is_a_warning(shop: Shop):
    await shop.set_checkout(allowedOrigins=["https://shop.example", "http://localhost:3000"])
    found = await items(shop, "allowed-origins")
    assert found["allowed-origins"]["status"] == "WARNING"
    assert "http://localhost:3000" in found["allowed-origins"]["advice"]


async def test_several_at_once_do_not_clash(shop: Shop):
    await ready(shop)
    reports = await asyncio.gather(*(run(shop) for _ in range(4)))
    assert [report["ok"] for report in reports] == [True] * 4, reports
    assert set(await sandboxed(shop)) == {0}
    there = len(await sandbox_customers(shop))
    assert (await run(shop))["ok"]
    assert len(await sandbox_customers(shop)) == there <= 4


async def test_some_items_can_be_run_alone(shop: Shop):
    found = await items(shop, "failed-payment", "order-refunded")
    assert list(found) == ["failed-payment", "order-refunded", "nothing-left"]
    assert found["order-refunded"]["status"] == "NOT_CONFIGURED"
    answer = await shop.admin.send(RUN, input={"items": ["no-such"]})
    assert answer.error["code"] == "BAD_USER_INPUT"


async def test_what_is_not_reached_in_time_has_failed_and_nothing_stays(shop: Shop):
    runtime = shop.served.gateway.runtime
    report = await run_launch_check(runtime, shop.merchant_id, seconds=0)
    assert not report.ok
    assert "Not reached in time" in (report.items[-2].advice or "")
    assert report.items[-1].status.value == "PASSED"
    assert set(await sandboxed(shop)) <= {0}


@pytest.mark.parametrize(("currency", "one"), [("JPY", "1"), ("KWD", "0.001")])
async def test_a_currency_with_other_decimals_is_green(shop: Shop, currency: str, one: str):
    other = await ready(await open_shop(shop.served, rule=False, currency=currency))
    await other.set_checkout(enabled=True, minimumPayment={"percent": "12.5"})
    await other.make_rule(points=3, discount=money(one, currency), maximumDiscount=None)
    found = await items(other)
    assert of_status(found, "FAILED") | of_status(found, "WARNING") == set(), found


async def test_a_locale_without_sentences_is_a_warning(shop: Shop):
    await ready(shop)
    text = "UPDATE merchant SET locale = 'sw-KE' WHERE id = ? RETURNING id"
    await statement(text, shop.merchant_id)
    found = await items(shop, "wording")
    assert found["wording"]["status"] == "WARNING"
    assert "sw-KE" in found["wording"]["advice"]


async def test_staff_alone_may_run_it(shop: Shop, shopper: Caller):
    for caller in (shop.backend, shop.page, shopper):
        assert (await caller.send(RUN, input={})).error["code"] == "FORBIDDEN"
