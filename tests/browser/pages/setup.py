"""The pages on which the integration is set up, each as it is looked at."""

from __future__ import annotations

from typing import Any

from gateway.services.demo import OWNER_EMAIL
from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain
from tests.browser.shop_calls import ask

STORY = {
    "name": "1 point = ₹1, up to ₹100",
    "kind": "VARIABLE_AMOUNT",
    "points": 1,
    "discount": {"amount": "1", "currencyCode": "INR"},
    "maximumDiscount": {"amount": "100", "currencyCode": "INR"},
}
LIVE = "{ merchant { customCheckout { rules { rule { name } } } } }"
RULE = """mutation($rule: RedemptionRuleInput!) {
  createRedemptionRule(input: {rule: $rule}) { userErrors { message } } }"""


def furnish(demo: dict[str, Any]) -> None:
    """Give the demo's merchant something to show, where it is not there."""
    festival = {
        "name": "Festival week: 10 % for 200 points",
        "kind": "FIXED_PERCENT",
        "points": 200,
        "percent": "10",
        "minimumCart": {"amount": "500", "currencyCode": "INR"},
        "startsAt": "2030-10-20T00:00:00Z",
    }

    live = ask(demo, LIVE)["customCheckout"]["rules"]
    there = {each["rule"]["name"] for each in live}
    for rule in (STORY, festival):
        if rule["name"] not in there:
            made = ask(demo, RULE, rule=rule)
            assert made["userErrors"] == [], made


def _new_rule(hands: Hands) -> None:
    hands.go("/rules/new/amount")
    hands.write("Name", "1 point = ₹1, at most ₹250")
    hands.write("… are worth", "1")
    hands.write("Maximum discount", "250")
    hands.sees("What the shopper reads")


def _edit(hands: Hands) -> None:
    hands.go("/rules")
    hands.press("1 point = ₹1, up to ₹100")
    hands.write("Maximum discount", "150")
    hands.sees("What the shopper reads")


def _review(hands: Hands) -> None:
    _edit(hands)
    hands.press("Review and publish")
    hands.sees("Publish these changes?")


def _versions(hands: Hands) -> None:
    hands.go("/rules")
    hands.press("1 point = ₹1, up to ₹100")
    hands.press("Versions")
    hands.sees("Version 1")


def _rotate(hands: Hands) -> None:
    hands.go("/integrations/custom-checkout")
    hands.press("Rotate")
    hands.sees("How long the old one still works")


def _invite(hands: Hands) -> None:
    hands.go("/staff")
    hands.press("Invite")
    hands.sees("The gateway sends no mail")


def _audit(hands: Hands) -> None:
    hands.go("/audit")
    hands.sees("The newest first")
    hands.page.run(
        "document.querySelectorAll('[aria-expanded]').forEach(e => e.closest('ol') && e.click())"
    )


def _go_live(hands: Hands) -> None:
    hands.go("/go-live")
    hands.press("Run the test")
    hands.sees("Nothing of the test is left behind")


PAGES: dict[str, Show] = {
    "home": plain("/", "Setup"),
    "integrations": plain("/integrations", "Third-party checkouts"),
    "custom-checkout": plain("/integrations/custom-checkout", "Integration status"),
    "custom-checkout-rotate": _rotate,
    "custom-checkout-rules": plain("/integrations/custom-checkout?tab=rules", "up to ₹100"),
    "rules": plain("/rules", "up to ₹100"),
    "rule-new": _new_rule,
    "rule-edit": _edit,
    "rule-review": _review,
    "rule-versions": _versions,
    "go-live": _go_live,
    "credentials": plain("/credentials", "Signing keys"),
    "staff": plain("/staff", OWNER_EMAIL),
    "staff-invite": _invite,
    "audit": _audit,
    "not-found": plain("/nowhere", "There is no such page"),
}
