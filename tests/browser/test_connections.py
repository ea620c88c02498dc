"""What goes out of the gateway and what comes in, as a merchant's people see and mend it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page
from tests.browser.hands import Hands
from tests.browser.pages.connections import FOLD, order_without_its_points
from tests.browser.receiver import system
from tests.browser.running import running_demo
from tests.browser.shop_calls import ask, paid, tell
from tests.e2e import documents as d
from tests.gates.worker import NODE
from tests.house.sources import ROOT

ASHA = "custom_website-10001"
BINA = "custom_website-10002"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """A demo of this file's own."""
    with running_demo(tmp_path_factory.mktemp("connections")) as running:
        yield running


@pytest.fixture
def owner(blank: Page, shop: dict[str, Any]) -> Iterator[Hands]:
    """The owner, signed in. Whatever is done, the console complains of nothing."""
    hands = Hands(blank, shop["endpoint"].removesuffix("/graphql"))
    hands.go("/sign-in")
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("Setup")
    yield hands
    assert [each for each in blank.complaints() if "status of 401" not in json.dumps(each)] == []


def opened(hands: Hands) -> None:
    """Open the first row."""
    hands.page.until(f"{FOLD} || true")


def test_an_endpoint_is_made_tried_found_failing_and_sent_to_again(
    owner: Hands, shop: dict[str, Any]
):
    with system() as crm:
        owner.press("Webhooks")
        owner.press("Add endpoint")
        owner.write("Address", "ftp://crm.example/hooks")
        owner.press("Add endpoint")
        owner.sees("A webhook is sent over https only.")
        owner.write("Address", crm.url)
        owner.tick("Chosen events")
        owner.tick("points.granted")
        owner.press("Add endpoint")
        owner.sees("Your signing secret")
        secret = owner.value("Signing secret")
        owner.press("I have kept it")

        owner.sees("Nothing was sent yet")
        owner.press("Send test event")
        assert crm.verified(secret)["type"] == "webhook.test"
        owner.sees("Delivered webhook.test")

        crm.status, crm.says = 503, "The database is away."
        grant = {"customer": {"externalId": BINA}, "delta": 25, "reason": "Hello"}
        ask(shop, d.ADJUST, input={**grant, "idempotencyKey": "hello"})
        first = crm.verified(secret)
        owner.press("Look again")
        owner.sees("Trying again points.granted HTTP 503")
        opened(owner)
        owner.sees("The database is away.")
        owner.sees('"externalId": "custom_website-10002"')

        owner.press("More actions")
        owner.press("Switch off")
        owner.sees("Switch the endpoint off?")
        owner.press("Switch off")
        owner.sees("Cancelled points.granted")
        crm.status = 204
        owner.press("Switch on")
        owner.sees("The endpoint is on.")
        owner.press("Send failed again")
        owner.sees("Send failed deliveries again")
        owner.press("Send again")
        owner.sees("1 delivery is sent again.")
        owner.sees("Delivered points.granted HTTP 204")
        assert crm.verified(secret)["id"] == first["id"]


def test_a_delivery_that_was_given_up_is_mended_and_replayed(owner: Hands, shop: dict[str, Any]):
    """Two customers who are one: the second order of the same id is another's until then."""
    owner.press("Order sources")
    owner.press("Add source")
    owner.tick("Your own backend")
    owner.write("Name", "shop")
    owner.press("Add source")
    owner.sees("Connect your own backend")
    path = owner.value("Address").removeprefix(owner.home)
    source = {"path": path, "secret": owner.value("Secret")}
    owner.press("I have kept it")

    tell(shop, source, "evt-1", paid("SO-1", ASHA))
    tell(shop, source, "evt-2", paid("SO-1", BINA))
    owner.press("Inbox")
    owner.sees("Given up Order SO-1")
    opened(owner)
    owner.sees("The order belongs to another customer.")
    owner.sees("or merge the customers, then replay this.")
    owner.sees('"externalId": "custom_website-10002"')
    both = {"source": {"externalId": BINA}, "target": {"externalId": ASHA}}
    ask(shop, d.MERGE, input={**both, "idempotencyKey": "one"})
    owner.press("Replay")
    owner.sees("It is carried out again.")
    owner.page.until("document.querySelectorAll('.fold-head .tone-good').length === 2")

    tell(shop, source, "evt-3", paid("SO-2", ASHA, "USD"))
    owner.press("Look again")
    owner.sees("Given up Order SO-2")
    owner.sees("The amounts are in USD, and the merchant's currency is INR.")
    opened(owner)
    owner.press("Discard")
    owner.sees("Discard this delivery?")
    owner.press("Discard")
    owner.sees("Discarded by a person.")


def test_an_order_without_its_points_is_found_and_mended(owner: Hands, shop: dict[str, Any]):
    owner.press("Reconciliation")
    owner.sees("Everything agrees")
    order_without_its_points(shop)
    owner.press("Look again")
    owner.sees("Order SO-1003 is completed without points")
    opened(owner)
    owner.sees("Held points 100 0")
    owner.press("Capture the points")
    owner.sees("Capture the points?")
    owner.press("Capture the points")
    owner.sees("The points are captured.")
    owner.sees("Everything agrees")


def test_a_body_is_indented_and_loses_no_digit():
    """Also what is malformed, and what would nest without end."""
    cases = {
        '{"a":1.50,"b":[],"c":{"d":[12345678901234567890,null]}}': (
            '{\n  "a": 1.50,\n  "b": [],\n  "c": {\n    "d": [\n      12345678901234567890,\n'
            "      null\n    ]\n  }\n}"
        ),
        '{"say":"a \\"b\\": {c}, [d]"}': '{\n  "say": "a \\"b\\": {c}, [d]"\n}',
        '{"cut":"off he': '{\n  "cut": "off he',
        "webhook_id=7": "webhook_id=7",
        "": "",
    }
    module = (ROOT / "console" / "src" / "lib" / "json.ts").as_uri()
    script = (
        f"import {{ indented }} from {json.dumps(module)};"
        f"console.log(JSON.stringify([...{json.dumps(list(cases))}.map(indented),"
        " indented('['.repeat(100000)).length]))"
    )
    command = [NODE, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *made, longest = json.loads(done.stdout)
    assert made == list(cases.values())
    assert longest < 40 * 100_000
