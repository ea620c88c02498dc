"""Every page of the console serves everybody: who hears it, in the dark, on a phone."""

from __future__ import annotations

from pathlib import Path

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.axe import COLOURS, serious
from tests.browser.chromium import Page
from tests.browser.hands import Hands, look
from tests.browser.pages import PAGES, furnish
from tests.browser.running import running_demo
from tests.browser.shots import AT_REST, LOOKS

ELSEWHERE = {
    "metrics",  # with figures, in test_metrics
    "metrics-tables",
    "custom-checkout-rules",  # the same parts as `rules`, `earning-new` and `what-if`
    "earning-birthday",
    "what-if-end",
}


def test_no_page_has_a_serious_fault_or_is_wider_than_a_phone(blank: Page, tmp_path: Path):
    """By axe; in the dark, what differs there: the colours."""
    faults: dict[str, list[str]] = {}
    with running_demo(tmp_path) as shop:
        furnish(shop)
        owner = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
        owner.go("/sign-in")
        owner.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
        owner.sees("Setup")
        for name, show in PAGES.items():
            if name in ELSEWHERE:
                continue
            show(owner)
            for kind, given in LOOKS.items():
                look(blank, **given)
                blank.run(AT_REST)
                found = faults.setdefault(f"{name}, {kind}", [])
                if blank.run("document.documentElement.scrollWidth > innerWidth"):
                    found.append("wider than the screen")
                if kind != "phone":
                    found += serious(blank, COLOURS if kind == "dark" else ())
            look(blank)
    assert {name: found for name, found in faults.items() if found} == {}
