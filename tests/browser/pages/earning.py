"""The pages of earning: rules, tiers and settings, each as it is looked at."""

from __future__ import annotations

from typing import Any

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain
from tests.browser.shop_calls import ask

FIRST = {"name": "Welcome: 50 points", "kind": "FIRST_ORDER", "points": 50}
BIRTHDAY = {"name": "Happy birthday", "kind": "BIRTHDAY", "points": 100, "expirySeconds": 2_592_000}
FESTIVAL = {
    "name": "Festival week",
    "kind": "CAMPAIGN",
    "points": 30,
    "minimumOrder": {"amount": "1000", "currencyCode": "INR"},
    "startsAt": "2030-10-20T00:00:00Z",
}
LIVE = "{ merchant { earning { rules { rule { name } } } } }"
RULE = """mutation($rule: EarningRuleInput!) {
  createEarningRule(input: {rule: $rule}) { userErrors { message } } }"""


def furnish(demo: dict[str, Any]) -> None:
    """Give the demo's merchant rules of several kinds, where they are not there."""
    live = ask(demo, LIVE)["earning"]["rules"]
    there = {each["rule"]["name"] for each in live}
    for rule in (FIRST, BIRTHDAY, FESTIVAL):
        if rule["name"] not in there:
            made = ask(demo, RULE, rule=rule)
            assert made["userErrors"] == [], made


def _new_rule(hands: Hands) -> None:
    hands.go("/earning/new/spending")
    hands.write("Name", "Double points")
    hands.write("Points", "2")
    hands.write("… for every", "10")
    hands.sees("What the shopper reads")


def _birthday(hands: Hands) -> None:
    hands.go("/earning/new/birthday")
    hands.write("Name", "A smaller present")
    hands.write("Points", "80")
    hands.sees("This rule would not count")


def _tiers(hands: Hands) -> None:
    hands.go("/earning?tab=tiers")
    hands.press("Add a tier")
    hands.write("From, tier 3", "200")
    hands.press("Review and save")
    hands.sees("It is above that of the tier before.")


PAGES: dict[str, Show] = {
    "earning": plain("/earning", "Festival week"),
    "earning-new": _new_rule,
    "earning-birthday": _birthday,
    "earning-tiers": _tiers,
    "earning-settings": plain("/earning?tab=settings", "Return window"),
}
