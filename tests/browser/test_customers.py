"""Support helps a customer in the console: finds her, sees why, gives, releases, forgets."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page
from tests.browser.hands import Hands
from tests.browser.pages.customers import GUEST, MEERA, PHONE, caller, furnish
from tests.browser.running import running_demo
from tests.e2e import documents as d
from tests.gates.worker import NODE
from tests.house.sources import ROOT

POINTS = """query($by: CustomerRef!) { customer(by: $by) {
  id erasedAt points { available held } lots(usedUp: true, first: 1) { edges { cursor } } } }"""
DOWNLOADED = """
(() => {
  const made = URL.createObjectURL;
  URL.createObjectURL = (blob) => { blob.text().then((text) => { window.__kept = text; });
    return made.call(URL, blob); };
})()
"""
TWICE = """
(() => {
  const button = [...document.querySelectorAll('[role="dialog"] button')]
    .find((each) => each.innerText === "Give 50 points");
  button.click(); button.click();
})()
"""

EXPORTED = ROOT / "console" / "src" / "lib" / "exported.ts"
FIRST: dict[str, Any] = {
    "customers": [{"id": 2**63 - 1, "tags": '["a]}", "\\\\"]'}],
    "lots": [{"number": 1, "reason": 'said "[{"'}, {"number": 2, "reason": None}],
}
SECOND: dict[str, Any] = {
    "lots": [{"number": 3}],
    "journal": [],
    "orders": [{"refunds": [[1], []]}],
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo of this file's own, with a customer who has something of everything."""
    with running_demo(tmp_path_factory.mktemp("customers")) as running:
        furnish(running)
        yield running


@pytest.fixture
def staff(blank: Page, shop: dict[str, Any]) -> Iterator[Hands]:
    """The owner, signed in; nothing outside is asked for, and the browser complains of nothing."""
    hands = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
    hands.go("/sign-in")
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("Setup")
    yield hands
    assert {
        url for url in blank.requests() if not url.startswith((hands.home, "data:", "blob:"))
    } == set()
    assert [each for each in blank.complaints() if "status of 401" not in json.dumps(each)] == []


def test_a_customer_who_calls_is_helped(staff: Hands, shop: dict[str, Any]):
    """By phone; lots and journal; a double click gives once; a stuck hold; the trace."""
    ask = caller(shop)
    meera = {"by": {"externalId": MEERA}}
    before = ask(POINTS, **meera)["points"]
    staff.press("Customers")
    staff.write("Find a customer", PHONE)
    staff.sees("Found")
    staff.page.until("location.search.includes('q=98123')")
    staff.press(MEERA)
    staff.sees("Earned with order 1001")
    staff.sees("20 available · 20 taken back")

    staff.press("Adjust points")
    staff.press("Review")
    staff.sees("Say why")
    staff.write("How many points", "50")
    staff.write("Reason", "Parcel came late")
    staff.press("Review")
    staff.sees("Give 50 points?")
    staff.page.run(TWICE)
    staff.sees("50 points given.")
    after = ask(POINTS, **meera)["points"]
    assert after["available"] == before["available"] + 50
    staff.press("Journal")
    staff.sees("Given by hand: Parcel came late")
    staff.sees("Reserved for cart cart-77")
    staff.sees("Spent with order 1001")

    staff.press("Redemptions")
    staff.page.until("document.querySelectorAll('ol [aria-expanded]').length === 3")
    staff.page.run("document.querySelectorAll('ol [aria-expanded]')[2].click()")
    staff.sees("The rule's maximum discount: at most 100 points, ₹100.00")
    staff.sees("Order paid ₹400.00 of ₹500.00")
    staff.press("Release")
    staff.press("Release")
    staff.sees("The hold is released.")
    staff.sees("Released")
    assert ask(POINTS, **meera)["points"] == {"available": after["available"] + 40, "held": 0}
    staff.press("Refund")
    staff.write("Points", "51")
    staff.press("Give back")
    staff.sees("From 1 to 50 points can be given back.")


def test_what_is_kept_of_a_customer_is_taken_out_and_then_forgotten(
    staff: Hands, shop: dict[str, Any]
):
    """Found by the name of a guest who was merged; ids in the file are exact."""
    ask = caller(shop)
    gone = ask(POINTS, by={"externalId": MEERA})["id"]
    staff.go(f"/customers?q={GUEST}")
    staff.press(MEERA)
    staff.sees(f"Merged into this customer: {GUEST}")
    staff.page.run(DOWNLOADED)
    staff.press("More actions")
    staff.press("Export all that is kept")
    staff.sees("The export is in your downloads.")
    kept = json.loads(staff.page.until("window.__kept"))
    page = json.loads(ask(d.EXPORT, customer={"id": gone})["document"])
    assert kept == page

    staff.press("More actions")
    staff.press("Erase")
    staff.press("Erase for good")
    staff.sees(f"Write {MEERA} to say")
    staff.write("The customer's id", MEERA)
    staff.press("Erase for good")
    staff.sees("The customer is erased.")
    staff.sees("Newest customers")
    assert ask(POINTS, by={"externalId": MEERA}) is None
    assert ask(POINTS, by={"id": gone})["erasedAt"] is not None
    staff.go(f"/customers/{gone}")
    staff.sees("This customer was erased")
    assert "Adjust points" not in staff.page.run("document.body.innerText")


def test_the_pages_of_an_export_are_one_file_with_every_number_as_it_was():
    pages = json.dumps([json.dumps(FIRST), json.dumps(SECOND, separators=(",", ":"))])
    script = (
        f"import {{ joined }} from {json.dumps(EXPORTED.as_uri())};"
        f"process.stdout.write(joined({pages}))"
    )
    command = [NODE, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = {**FIRST, **SECOND, "lots": [*FIRST["lots"], *SECOND["lots"]]}
    assert json.loads(done.stdout) == {name: rows for name, rows in whole.items() if rows}
