"""Metrics in the console, over a demo that has a past: counted, shown, kept as a file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gateway.ledger.verify import verify
from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.axe import COLOURS, serious
from tests.browser.chromium import Page
from tests.browser.hands import Hands, look
from tests.browser.pages.metrics import PAGES
from tests.browser.running import running_demo
from tests.browser.shop_calls import ask_as as ask
from tests.browser.shop_calls import cart, until
from tests.browser.shots import AT_REST, LOOKS
from tests.e2e import documents as d
from tests.e2e import metric_documents as m

BUYER = {"externalId": "custom_website-10001"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("past")


@pytest.fixture(scope="module")
def shop(home: Path) -> Iterator[dict[str, Any]]:
    """A demo with a past, of this file's own."""
    with running_demo(home, "--history") as running:
        yield running


@pytest.fixture
def owner(blank: Page, shop: dict[str, Any]) -> Iterator[Hands]:
    """The owner, signed in, on the page of metrics. The page complains of nothing."""
    hands = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
    hands.go("/metrics")
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("All points")
    yield hands
    assert [c for c in blank.complaints() if "status of 401" not in str(c)] == []
    asked = (url for url in blank.requests() if not url.startswith(("data:", "blob:")))
    assert {url for url in asked if not url.startswith(hands.home + "/")} == set()


def today() -> str:
    return datetime.now(ZoneInfo("Asia/Kolkata")).date().isoformat()


def figures(shop: dict[str, Any]) -> dict[str, Any]:
    """What the API says of today, by metric."""
    day = today()
    found = ask(shop, shop["adminKey"], m.METRICS, **{"from": day, "to": day})["metrics"]
    return {each["id"]: each["value"] for each in found["metrics"]}


def redeem(shop: dict[str, Any], number: int) -> None:
    """100 points on an order of 500, with the Secret Webhook ID."""
    secret, name = shop["secretWebhookId"], f"seen-{number}"
    given = {"customer": BUYER, "cart": cart("500", name)}
    ask(shop, secret, d.PREVIEW, input=given)
    held = ask(shop, secret, d.APPLY, input={**given, "idempotencyKey": name})["redemption"]
    order = {"id": name, "total": {"amount": "500", "currencyCode": "INR"}}
    paid = {"id": held["id"], "order": order, "idempotencyKey": f"{name}-paid"}
    assert ask(shop, secret, d.CAPTURE, input=paid)["redemption"]["status"] == "CAPTURED"


def choose(owner: Hands, name: str, day: str) -> None:
    """Put a date into the field of that name; such a field takes no text as a whole."""
    field = (
        "[...document.querySelectorAll('input[type=date]')]"
        f".find((each) => each.labels[0]?.innerText === '{name}')"
    )
    owner.page.until(f"!!{field}")
    setter = "Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set"
    owner.page.run(f"{setter}.call({field}, '{day}')")
    owner.page.run(f"{field}.dispatchEvent(new Event('input', {{ bubbles: true }}))")


def test_a_redemption_is_counted_shown_and_in_the_file(
    owner: Hands, shop: dict[str, Any], tmp_path: Path
):
    before = float(figures(shop)["DISCOUNT_COST"])
    redeem(shop, 1)
    until(lambda: float(figures(shop)["DISCOUNT_COST"]) == before + 100)

    owner.press("Home")
    owner.sees("Last 30 days")
    owner.press("All metrics")
    owner.sees("Reward support tickets")
    owner.press("Period: Last 30 days")
    owner.press("Other days")
    for name in ("First day", "Last day"):
        choose(owner, name, today())
    owner.press("Show")
    owner.page.until(f"location.search.includes('from={today()}&to={today()}')")
    owner.sees(f"₹{abs(before + 100):,.0f}")
    owner.page.send("Page.reload")
    owner.sees("Other days")
    owner.sees(f"₹{abs(before + 100):,.0f}")

    owner.page.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    owner.press("Download CSV")
    whole = tmp_path / f"metrics-{today()}-{today()}.csv"
    until(whole.exists)
    day = f"{today()},{today()},{before + 100:.2f}"
    assert f"DISCOUNT_COST,Discount cost,INR,{day}" in whole.read_text("utf-8").splitlines()
    owner.press("Download as CSV: Reward support tickets")
    one = tmp_path / f"support-tickets-{today()}-{today()}.csv"
    until(one.exists)
    assert {line.split(",")[0] for line in one.read_text("utf-8").splitlines()} == {
        "metric",
        "SUPPORT_TICKETS",
    }


def test_a_period_stays_in_the_address_and_a_figure_is_explained(owner: Hands, home: Path):
    owner.press("Period: Last 30 days")
    owner.press("Last 90 days")
    owner.page.until("location.search === '?period=90d'")
    owner.tick("Monthly")
    owner.tick("Compare with the days before")
    owner.page.until("location.search === '?period=90d&by=month&compare=no'")
    owner.page.until("document.querySelector('[aria-busy]').ariaBusy === 'false'")
    owner.press("What it is: Discount cost")
    owner.sees("Store credit is not a discount.")
    owner.page.run(AT_REST)
    assert serious(owner.page) == []
    owner.page.press("Escape", 27)
    owner.page.until("document.activeElement.ariaLabel === 'What it is: Discount cost'")
    report = asyncio.run(
        verify(f"sqlite:///{home}/data/loyalty.db", now=time.time_ns() // 1000, sweep_seconds=60)
    )
    assert report.ok, report


def test_the_page_serves_everybody_with_figures_and_with_tables(owner: Hands):
    """By axe, light and dark, and no wider than a phone."""
    faults: list[str] = []
    for name in ("metrics", "metrics-tables"):
        PAGES[name](owner)
        owner.sees("Reward support tickets")
        for kind, given in LOOKS.items():
            look(owner.page, **given)
            owner.page.run(AT_REST)
            if owner.page.run("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{name}, {kind}: wider than the screen")
            if kind == "light" or (kind, name) == ("dark", "metrics"):
                faults += serious(owner.page, COLOURS if kind == "dark" else ())
        look(owner.page)
    assert faults == []
