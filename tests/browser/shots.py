"""Pictures of every page of the console: `python -m tests.browser.shots [FOLDER]`, to be looked at.

Light, dark and at the width of a phone, with a demo that has something to show.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page, browsing
from tests.browser.finding import find
from tests.browser.hands import Hands, look, picture
from tests.browser.running import running_demo
from tests.house.sources import ROOT

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"width": 390, "height": 844},
}
AT_REST = "Promise.all(document.getAnimations().map(each => each.finished.catch(() => 0)))"
"""What moves has come to its end."""
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

    def ask(document: str, **variables: Any) -> dict[str, Any]:
        bearer = {"authorization": f"Bearer {demo['adminKey']}"}
        body = {"query": document, "variables": variables}
        return httpx.post(demo["endpoint"], json=body, headers=bearer).json()["data"]

    live = ask(LIVE)["merchant"]["customCheckout"]["rules"]
    there = {each["rule"]["name"] for each in live}
    for rule in (STORY, festival):
        if rule["name"] not in there:
            made = ask(RULE, rule=rule)
            assert made["createRedemptionRule"]["userErrors"] == [], made


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


def _plain(path: str, text: str) -> Callable[[Hands], None]:
    def show(hands: Hands) -> None:
        hands.go(path)
        hands.sees(text)

    return show


def _go_live(hands: Hands) -> None:
    hands.go("/go-live")
    hands.press("Run the test")
    hands.sees("Nothing of the test is left behind")


PAGES: dict[str, Callable[[Hands], None]] = {
    "home": _plain("/", "Setup"),
    "integrations": _plain("/integrations", "Third-party checkouts"),
    "custom-checkout": _plain("/integrations/custom-checkout", "Integration status"),
    "custom-checkout-rotate": _rotate,
    "custom-checkout-rules": _plain("/integrations/custom-checkout?tab=rules", "up to ₹100"),
    "rules": _plain("/rules", "up to ₹100"),
    "rule-new": _new_rule,
    "rule-edit": _edit,
    "rule-review": _review,
    "rule-versions": _versions,
    "go-live": _go_live,
    "credentials": _plain("/credentials", "Signing keys"),
    "staff": _plain("/staff", OWNER_EMAIL),
    "staff-invite": _invite,
    "audit": _audit,
    "not-found": _plain("/nowhere", "There is no such page"),
}


def shoot(page: Page, demo: dict[str, Any], folder: Path, only: list[str]) -> None:
    """Write all pictures."""
    hands = Hands(page, demo["endpoint"].removesuffix("/graphql"))
    hands.go("/sign-in")
    hands.sees("to the merchant console")
    for name, given in LOOKS.items():
        look(page, **given)
        (folder / f"sign-in-{name}.png").write_bytes(picture(page))
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("Setup")
    for shown, show in PAGES.items():
        if only and shown not in only:
            continue
        for name, given in LOOKS.items():
            look(page, **given)
            show(hands)
            page.run(AT_REST)
            (folder / f"{shown}-{name}.png").write_bytes(picture(page))


def main(folder: Path, only: list[str]) -> None:
    """Run a demo and look at it."""
    chromium = find()
    assert chromium is not None, "No Chromium: run `python -m tests.browser.finding`."
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, running_demo(Path(name)) as demo:
        furnish(demo)
        with browsing(chromium, Path(name) / "profile") as page:
            shoot(page, demo, folder, only)
    sys.stdout.write(f"The pictures are in {folder}.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "shots", sys.argv[2:])
