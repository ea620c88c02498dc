"""Earning in the console: tiers, rules with their preview, and two people at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page
from tests.browser.hands import Hands
from tests.browser.running import running_demo
from tests.browser.shop_calls import ask
from tests.e2e import earning as e

RULES = "{ merchant { earning { tiersRevision rules { rule { id name version points } } } } }"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo of this file's own: a point for each ₹10, worth ₹1; Silver and Gold."""
    with running_demo(tmp_path_factory.mktemp("earning")) as running:
        yield running


@pytest.fixture
def owner(blank: Page, shop: dict[str, Any]) -> Iterator[Hands]:
    """The owner, signed in. No page complains of anything, whatever is done."""
    hands = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
    hands.go("/sign-in")
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("Setup")
    yield hands
    assert blank.complaints() == []


def test_tiers_are_set_by_two_and_the_return_window_by_one(owner: Hands, shop: dict[str, Any]):
    owner.press("Earning")
    owner.press("Tiers")
    owner.press("Add a tier")
    owner.write("Name, tier 3", "Gold")
    owner.write("From, tier 3", "1,500")
    owner.press("Review and save")
    owner.sees("Two tiers have this name.")
    owner.sees("It is above that of the tier before.")
    owner.write("Name, tier 3", "Platinum")
    owner.write("From, tier 3", "10,000")
    owner.write("Multiplier, tier 3", "2")
    ask(shop, e.UPDATE_EARNING, input={"tiers": e.TIERS})
    owner.press("Review and save")
    owner.sees("From 10,000 points · × 2")
    owner.press("Save")
    owner.sees("Somebody else has edited the tiers")
    owner.sees("From 100 points · × 1.25 From 500 points · × 1.25")
    owner.press("Publish mine over it")
    owner.sees("The tiers are saved.")
    kept = ask(shop, e.SETTINGS)["earning"]["tiers"]
    assert [(each["name"], each["threshold"]) for each in kept] == [
        ("Silver", "500"),
        ("Gold", "2000"),
        ("Platinum", "10000"),
    ]
    owner.press("Settings")
    owner.write("Return window", "fourteen")
    owner.press("Save")
    owner.sees("This is not a number.")
    owner.write("Return window", "14")
    owner.press("Save")
    owner.sees("The settings are saved.")
    assert ask(shop, e.SETTINGS)["earning"]["returnWindowSeconds"] == 14 * 86_400


def test_a_rule_is_made_with_its_preview_edited_by_two_and_archived(
    owner: Hands, shop: dict[str, Any]
):
    """₹500 earn 50 points by the demo; with a campaign of 60 it is 110: 22 %."""
    owner.press("Earning")
    owner.press("Create")
    owner.press("Campaign")
    owner.write("Name", "Diwali")
    owner.write("Points", "60")
    owner.sees("60 110 50 today 22 %")
    owner.sees("You earn 110 points with this order.")
    owner.sees("More than 20 % is given back")
    owner.write("Minimum order", "₹ 6,00.00.00")
    owner.sees("This is not a number.")
    owner.write("Minimum order", "1,00,000")
    owner.sees("– 50 10 %")
    owner.write("Minimum order", "")
    owner.press("Review and create")
    owner.sees("Create this rule?")
    owner.press("Create")
    owner.sees("The rule is live.")
    owner.sees("60 points with each order")

    (rule,) = (
        each["rule"]
        for each in ask(shop, RULES)["earning"]["rules"]
        if each["rule"]["name"] == "Diwali"
    )
    owner.press("Diwali")
    owner.write("Points", "70")
    theirs = {"name": "Diwali", "kind": "CAMPAIGN", "points": 80}
    ask(shop, e.UPDATE_RULE, input={"id": rule["id"], "version": 1, "rule": theirs})
    owner.press("Review and publish")
    owner.press("Publish")
    owner.sees("Somebody else has edited this rule")
    owner.sees("80 70")
    owner.press("Take theirs")
    owner.press("Archive")
    owner.sees("Archive “Diwali”?")
    owner.press("Archive")
    owner.sees("“Diwali” is archived.")
    owner.tick("Archived")
    owner.press("Diwali")
    owner.sees("This rule is archived")
    owner.press("Versions")
    owner.sees("Version 2")
