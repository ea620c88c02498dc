"""The console as a merchant's people use it: the whole story, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.axe import serious
from tests.browser.chromium import Page
from tests.browser.hands import Hands
from tests.browser.pages.setup import STORY
from tests.browser.running import running_demo
from tests.browser.shop_calls import ask_as as ask
from tests.browser.shop_calls import cart, until
from tests.e2e import documents as d
from tests.e2e import metric_documents as m
from tests.support.forging import private_pem, public_pem

EXPECTED = ("status of 401", "status of 403", "status of 400", "ERR_BLOCKED_BY_CLIENT")
"""Refusals that a test means; a browser tells them as errors of the network."""
ARCHIVE = """mutation($input: ArchiveRedemptionRuleInput!) {
  archiveRedemptionRule(input: $input) { userErrors { code } } }"""
RULES = "{ merchant { customCheckout { rules { rule { id } } } } }"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo of this file's own."""
    with running_demo(tmp_path_factory.mktemp("console")) as running:
        yield running


@pytest.fixture
def shop(furnished: dict[str, Any]) -> dict[str, Any]:
    """Its merchant, as before anything was set up."""
    key = furnished["adminKey"]
    for managed in ask(furnished, key, RULES)["customCheckout"]["rules"]:
        ask(furnished, key, ARCHIVE, input={"id": managed["rule"]["id"]})
    off = {"enabled": False, "minimumPayment": {"none": True}}
    ask(furnished, key, d.CHECKOUT, input=off)
    return furnished


@pytest.fixture
def home(shop: dict[str, Any]) -> str:
    return shop["endpoint"].removesuffix("/graphql")


@pytest.fixture
def door(blank: Page, home: str) -> Any:
    """The console, at its door. It asks nobody else and complains of nothing, whatever is done."""
    hands = Hands(blank, home)
    hands.go("/sign-in")
    yield hands
    assert {url for url in blank.requests() if not url.startswith((home + "/", "data:"))} == set()
    told = [
        each
        for each in blank.complaints()
        if not any(meant in json.dumps(each) for meant in EXPECTED)
    ]
    assert told == []


@pytest.fixture
def owner(door: Hands) -> Hands:
    """The owner, signed in."""
    door.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    door.sees("Setup")
    return door


def test_a_merchant_sets_up_tests_goes_live_and_sees_what_shoppers_do(
    owner: Hands, shop: dict[str, Any]
):
    """The whole story: settings, secret, rule, go-live test, a shopper, metrics and journal."""
    owner.press("Integrations")
    owner.press("Configure")
    owner.tick("Off")
    owner.sees("Custom Checkout is on.")
    secret = rotate(owner)
    owner.tick("Percentage")
    owner.write("Percentage of the cart", "20")
    owner.press("Save")
    owner.sees("The settings are saved.")
    create_rule(owner)

    ask(shop, secret, "{ program { enabled } }")
    owner.press("Go-live test")
    owner.press("Run the test")
    owner.sees("Ready to go live")
    owner.sees("0 warnings, 0 failed")

    cost = discount_cost(shop)
    redeem(shop, secret)
    until(lambda: discount_cost(shop) == cost + 100)
    owner.press("Metrics")
    owner.sees("Discount cost")
    owner.sees(f"₹{cost + 100:,.0f}")

    owner.press("Customers")
    owner.write("Find a customer", "10001")
    owner.press("custom_website-10001")
    owner.press("Journal")
    owner.sees("Reserved for cart story")
    owner.sees("Spent with order story")
    owner.press("Audit log")
    owner.sees("created the rule 1 point = ₹1, at most ₹100")
    owner.sees("rotated the Secret Webhook ID")


def rotate(owner: Hands) -> str:
    """The new Secret Webhook ID, as it is shown once."""
    owner.press("Rotate")
    owner.press("Make a new one")
    owner.sees("Your new Secret Webhook ID")
    secret = owner.value("Secret Webhook ID")
    assert secret.startswith("whk_")
    owner.press("I have kept it")
    owner.sees(secret[-4:])
    return secret


def create_rule(owner: Hands) -> None:
    """A point is a rupee, a hundred at most; what is typed ambiguously is asked about."""
    owner.press("Redemption rules")
    owner.press("Create")
    owner.press("Amount discount")
    owner.write("Name", "1 point = ₹1, at most ₹100")
    owner.write("Every … points", "1")
    owner.write("… are worth", "1.00")
    owner.write("Maximum discount", "₹ 1,00")
    owner.sees("Write decimals after a point")
    owner.write("Maximum discount", "100")
    owner.sees("Use 100 points and save ₹100.00.")
    owner.press("Review and create")
    owner.sees("Create this rule?")
    owner.press("Create")
    owner.sees("The rule is live.")


def redeem(shop: dict[str, Any], secret: str) -> None:
    """A shopper at the checkout, with that very secret: looks, reserves, pays."""
    buyer = {"externalId": "custom_website-10001"}
    for total, discount, payable in (("500", "100.00", "400.00"), ("50", "40.00", "10.00")):
        given = {"customer": buyer, "cart": cart(total, f"cart-{total}")}
        shown = ask(shop, secret, d.PREVIEW, input=given)
        assert (shown["discount"]["amount"], shown["payable"]["amount"]) == (discount, payable)
    given = {"customer": buyer, "cart": cart("500", "story"), "idempotencyKey": "story"}
    held = ask(shop, secret, d.APPLY, input=given)["redemption"]
    order = {"id": "story", "total": {"amount": "500", "currencyCode": "INR"}}
    paid = {"id": held["id"], "order": order, "idempotencyKey": "story-paid"}
    assert ask(shop, secret, d.CAPTURE, input=paid)["redemption"]["status"] == "CAPTURED"


def discount_cost(shop: dict[str, Any]) -> float:
    """What the API says that discounts have cost in these days."""
    today = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    span = {"from": str(today - timedelta(days=29)), "to": str(today)}
    found = ask(shop, shop["adminKey"], m.METRICS, **span)["metrics"]["metrics"]
    return float({each["id"]: each["value"] for each in found}["DISCOUNT_COST"] or 0)


def test_the_go_live_test_says_what_to_mend_and_then_that_all_is_well(
    owner: Hands, shop: dict[str, Any]
):
    """Red with a link to what mends it; after that, green in words."""
    owner.press("Go-live test")
    owner.sees("Not run yet")
    owner.press("Run the test")
    owner.sees("Not ready to go live")
    owner.sees("Switch Custom Checkout on.")
    owner.sees("Custom Checkout: off (wrong; expected on)")
    owner.press("Open Custom Checkout")
    owner.sees("Integration status")

    key = shop["adminKey"]
    given = {"enabled": True, "minimumPayment": {"percent": "20"}}
    ask(shop, key, d.CHECKOUT, input=given)
    ask(shop, key, d.CREATE_RULE, input={"rule": STORY})
    ask(shop, shop["secretWebhookId"], "{ program { enabled } }")
    owner.press("Go-live test")
    owner.press("Run the test")
    owner.sees("0 failed")
    owner.sees("Nothing of the test is left behind")
    owner.press("What was tried: The discount is what the rule says")
    owner.sees("100 points, 100.00 INR off, 400.00 INR to pay")
    assert serious(owner.page) == []


def test_a_minimum_payment_of_a_fifth_leaves_400_of_500(owner: Hands):
    """As the guide says: however many points there are."""
    owner.go("/rules/new/amount")
    owner.write("Name", "all that there is")
    owner.write("… are worth", "1")
    owner.write("Points of the shopper", "10,000")
    owner.tick("This rule has its own")
    owner.tick("Percentage")
    owner.write("Percentage of the cart", "20")
    owner.sees("Use 400 points and save ₹400.00.")
    owner.tick("None")
    owner.sees("An order could become free")
    owner.sees("With enough points a cart of ₹1.00 costs nothing")


def test_what_is_typed_outlives_the_session(owner: Hands, shop: dict[str, Any]):
    owner.go("/rules/new/percentage")
    owner.write("Name", "typed before the end")
    owner.write("… give", "1")
    owner.write("Maximum percentage", "10")
    owner.sees("What the shopper reads")
    owner.page.send("Network.clearBrowserCookies")
    owner.press("Review and create")
    owner.press("Create")
    owner.sees("Your session has ended")
    owner.write("Password", "not the password")
    owner.press("Sign in")
    owner.sees("The e-mail address or the password is wrong")
    owner.write("Password", OWNER_PASSWORD)
    owner.press("Sign in")
    owner.sees("The rule is live.")
    owner.sees("typed before the end")


def test_two_people_who_edit_one_rule_see_each_other(owner: Hands, shop: dict[str, Any]):
    rule = {
        "name": "edited by two",
        "kind": "FIXED_AMOUNT",
        "points": 50,
        "discount": {"amount": "40", "currencyCode": "INR"},
    }
    made = ask(shop, shop["adminKey"], d.CREATE_RULE, input={"rule": rule})["rule"]
    owner.press("Redemption rules")
    owner.press("edited by two")
    owner.write("… are worth", "45")
    theirs = {**rule, "points": 60}
    ask(
        shop,
        shop["adminKey"],
        d.UPDATE_RULE,
        input={"id": made["id"], "version": made["version"], "rule": theirs},
    )
    owner.press("Review and publish")
    owner.press("Publish")
    owner.sees("Somebody else has edited this rule")
    owner.sees("Theirs Yours")
    owner.sees("60 50")
    owner.press("Publish mine over it")
    owner.sees("Version 3 is live.")
    owner.press("edited by two")
    owner.press("Versions")
    owner.sees("Version 2")


def test_somebody_is_invited_and_comes_in_with_less(owner: Hands, home: str, blank: Page):
    owner.press("Staff")
    owner.sees("Who may use this console")
    owner.press("Invite")
    owner.write("E-mail address", "helper@chai.example")
    owner.tick("Support")
    owner.press("Make the link")
    link = owner.value("Link")
    assert link.startswith(f"{home}/console/invitation#si_")
    owner.press("I have kept it")
    owner.press("MR: account of Meera Rao")
    owner.press("Sign out")
    owner.sees("to the merchant console")
    blank.open("about:blank#")
    blank.open(link)
    owner.sees("Join Chai & Co.")
    owner.write("Your name", "Helper")
    owner.write("Password", "short")
    owner.write("The same again", "short")
    owner.press("Continue")
    owner.sees("A password has 12 to 200 characters.")
    owner.write("Password", "a long one for helping")
    owner.write("The same again", "a long one for helping")
    owner.press("Continue")
    owner.sees("Hello, Helper")
    assert "Audit log" not in blank.run("document.body.innerText")
    owner.go("/integrations/custom-checkout")
    owner.sees("Your role may look at these settings.")


def test_a_signing_key_is_registered_and_revoked(owner: Hands, shop: dict[str, Any]):
    """The private one, pasted by mistake, is refused where it stands; the log tells the rest."""
    pair = ec.generate_private_key(ec.SECP256R1())
    owner.go("/credentials")
    owner.press("Register key")
    owner.write("Issuer", "https://till.example")
    owner.write("Public key", private_pem(pair))
    owner.press("Register")
    owner.sees("This is a private key.")
    owner.write("Public key", public_pem(pair))
    owner.press("Register")
    owner.sees("The key is registered")
    kid = owner.value("kid")
    owner.press("Done")
    owner.press("Revoke the signing key of https://till.example")
    owner.sees("Every customer token that it signed is refused")
    owner.press("Revoke")
    owner.sees("The signing key is revoked.")
    owner.go("/audit")
    owner.sees(f"revoked the key {kid}")
    owner.sees(f"made the key {kid}")


def test_who_is_not_signed_in_comes_back_to_where_they_wanted(door: Hands):
    door.go("/credentials")
    door.sees("to the merchant console")
    door.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    door.sees("The keys with which your programs call the gateway")


def test_the_sign_in_page_is_small(door: Hands, blank: Page, home: str):
    """Scripts and styles of the first load, as they come over the wire."""
    asked = [url for url in blank.requests() if "/console/assets/" in url]
    assert asked
    gzip = {"accept-encoding": "gzip"}
    sizes = [int(httpx.get(url, headers=gzip).headers["content-length"]) for url in asked]
    assert sum(sizes) <= 250_000, sizes
    assert not any("RuleForm" in url or "Audit" in url for url in asked)


def test_a_gateway_that_does_not_answer_is_told_and_can_be_asked_again(owner: Hands):
    owner.page.send("Network.setBlockedURLs", urls=["*/graphql"])
    owner.press("Staff")
    owner.sees("This could not be loaded")
    owner.sees("The gateway does not answer.")
    owner.page.send("Network.setBlockedURLs", urls=[])
    owner.press("Try again")
    owner.sees(OWNER_EMAIL)


def test_the_door_has_no_serious_fault_of_accessibility(door: Hands):
    assert serious(door.page) == []
    door.go("/invitation#si_nothing")
    door.sees("This link does not work")
    assert serious(door.page) == []
