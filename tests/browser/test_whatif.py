"""A draft is tried on past carts before it is published, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page
from tests.browser.hands import Hands
from tests.browser.pages import setup, whatif
from tests.browser.running import running_demo


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo of this file's own, with one live rule."""
    with running_demo(tmp_path_factory.mktemp("whatif")) as running:
        setup.furnish(running)
        yield running


def test_a_draft_is_tried_and_nothing_of_it_is_lost(shop: dict[str, Any], blank: Page):
    owner = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
    owner.go("/rules/new/amount")
    owner.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    owner.write("Name", "up to ₹250")
    owner.press("Try on past carts")
    owner.sees("Enter what they are worth.")
    owner.write("… are worth", "1")
    owner.write("Maximum discount", "250")
    owner.press("Try on past carts")
    owner.sees("No cart is recorded yet.")
    owner.press("Close")
    whatif.furnish(shop)
    owner.press("Try on past carts")
    owner.sees("28 carts of 14 customers, 20 orders")
    owner.sees("Discounts would have cost ₹1,766.00 more.")
    owner.sees("9 customers, ₹2,503.00 more")
    owner.tick("7 days")
    owner.sees("Nobody would get less.")
    owner.press("Close")
    owner.write("Maximum discount", "2000")
    owner.tick("This rule has its own")
    owner.press("Try on past carts")
    owner.sees("Orders would have reached zero")
    owner.page.send("Network.setBlockedURLs", urls=["*/graphql"])
    owner.press("Run again")
    owner.sees("The gateway does not answer.")
    owner.page.send("Network.setBlockedURLs", urls=[])
    owner.page.send("Network.clearBrowserCookies")
    owner.press("Try again")
    owner.sees("Your session has ended")
    owner.write("Password", OWNER_PASSWORD)
    owner.press("Sign in")
    owner.sees("Orders would have reached zero")
    owner.press("Close")
    assert owner.value("Name") == "up to ₹250"
    owner.press("Review and create")
    owner.press("Create")
    owner.sees("The rule is live.")
