"""GraphiQL as a person uses it: the demo in a real browser."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.browser.chromium import Page

RUN = ".graphiql-execute-button"
QUERY = ".graphiql-query-editor"
PLUGIN = "document.querySelector('.graphiql-plugin')"
TABS = "[...document.querySelectorAll('.graphiql-tab')]"


def text_in(selector: str) -> str:
    """The script for what an editor shows; it writes its spaces as no-break ones."""
    text = f"document.querySelector('{selector} .view-lines').innerText"
    return rf"{text}.replaceAll('\u00a0', ' ')"


def ready(page: Page, beginning: str) -> None:
    """Wait until the query editor shows a document and knows the schema."""
    page.until(f"{text_in(QUERY)}.includes('{beginning}')")
    page.until("!document.querySelector('.graphiql-spinner')")


def go_to(page: Page, tab: str) -> None:
    page.run(f"{TABS}.forEach(tab => tab.id = tab.innerText.includes('{tab}') ? 'chosen' : '')")
    page.click("#chosen")
    ready(page, tab)


def run(page: Page, expected: str) -> None:
    """Run the tab in view and wait for something in its answer."""
    page.click(RUN)
    page.until(f"{text_in('.graphiql-response')}.includes('{expected}')")


def call(demo: dict[str, Any], query: str, variables: dict[str, Any]) -> None:
    """Ask the gateway beside the page, as the page's customer."""
    bearer = {"authorization": f"Bearer {demo['customers'][0]['token']}"}
    body = {"query": query, "variables": variables}
    answer = httpx.post(demo["endpoint"], json=body, headers=bearer).json()
    assert "errors" not in answer, answer


def write(page: Page, editor: str, text: str) -> None:
    """Put a text in the place of what is in an editor."""
    page.click(f"{editor} .view-lines")
    page.press("a", 65, control=True)
    page.press("Backspace", 8)
    page.type(text)
    page.press("Escape", 27)  # whatever the editor proposes


def buttons(name: str) -> str:
    """The script for the buttons that read so."""
    return f"[...document.querySelectorAll('button')].filter(each => each.innerText === '{name}')"


def brightness(page: Page) -> int:
    """Of the page's ground: the red of its colour, 0 to 255."""
    script = "getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor"
    return int(page.run(f"{script}.match(/\\d+/)[0]"))


@pytest.fixture(autouse=True)
def clean(page: Page, demo: dict[str, Any]) -> Any:
    """Whatever a test does: the page asks nobody else, and complains of nothing."""
    yield
    home = demo["endpoint"].removesuffix("/graphql") + "/"
    asked = page.requests()
    assert {url for url in asked if not url.startswith((home, "data:"))} == set()
    assert page.complaints() == []


def test_the_first_tab_runs_at_the_first_click(page: Page, demo: dict[str, Any]):
    ready(page, "MyPoints")
    run(page, demo["customers"][0]["externalId"])


def test_what_is_typed_is_run(page: Page):
    ready(page, "MyPoints")
    write(page, QUERY, "{ program { __typename } }")
    page.press("Enter", 13, control=True)
    page.until(f'{text_in(".graphiql-response")}.includes(\'"__typename": "Program"\')')


def test_a_mistake_in_a_query_is_underlined_by_the_schema(page: Page):
    ready(page, "MyPoints")
    write(page, QUERY, "{ programme { name } }")
    page.until("document.querySelector('.graphiql-query-editor .squiggly-error')")
    assert any("/assets/graphql.worker" in url for url in page.requests())


def test_the_tabs_run_in_order_tell_the_story(page: Page):
    """With nothing to paste: who calls, the keys and the redemption's id are there."""
    ready(page, "MyPoints")
    answers = {
        "MyPoints": ['"custom_website-10001"', '"available"'],
        "Preview": ['"points": 100', '"amount": "400.00"', '"MAX_DISCOUNT"'],
        "Apply": ['"HELD"', '"held": 100', '"amount": "400.00"'],
        "Capture": ['"CAPTURED"', '"capturedPoints": 100', '"held": 0'],
        "Release": ['"ALREADY_CAPTURED"'],
        "Refund": ['"refundedPoints": 40', '"userErrors": []'],
        "Complete": ['"COMPLETED"', '"earnedPoints": 40', '"userErrors": []'],
        "Follow": ['"pointsChanged"', '"available"'],
    }
    assert page.run(f"{TABS}.map(tab => tab.innerText.trim())") == list(answers)
    for tab, expected in answers.items():
        go_to(page, tab)
        for part in expected:
            run(page, part)


def test_a_subscription_follows_until_it_is_stopped(page: Page, demo: dict[str, Any]):
    ready(page, "MyPoints")
    go_to(page, "Follow")
    run(page, '"held": 0')
    cart = {"id": "followed", "total": {"amount": "90.00", "currencyCode": "INR"}}
    apply = """mutation($cart: CartInput!) {
      applyRedemption(input: {cart: $cart, idempotencyKey: "followed"}) { redemption { id } }
    }"""
    call(demo, apply, {"cart": cart})
    page.until(f"{text_in('.graphiql-response')}.includes('\"held\": 72')")
    page.click(RUN)  # which stops it
    page.until("!document.querySelector('.graphiql-response .graphiql-spinner')")
    assert "AbortError" not in page.run(text_in(".graphiql-response"))


def test_a_redemption_is_released_instead(page: Page, demo: dict[str, Any]):
    """The page fills in what was applied last, and forgets nothing at a reload."""
    ready(page, "MyPoints")
    go_to(page, "Apply")
    run(page, '"HELD"')
    page.until("JSON.parse(localStorage['graphiql:tabState']).activeTabIndex === 2")
    page.open(demo["endpoint"] + "?again")
    ready(page, "Apply")
    go_to(page, "Release")
    run(page, '"RELEASED"')


def test_edits_and_keys_are_still_there_after_a_reload(page: Page, demo: dict[str, Any]):
    ready(page, "MyPoints")
    write(page, QUERY, "query Mine { me { externalId } }")
    page.until("localStorage.getItem('graphiql:tabState').includes('query Mine')")
    page.open(demo["endpoint"] + "?again")
    ready(page, "query Mine")
    run(page, demo["customers"][0]["externalId"])


def test_documentation_opens(page: Page):
    ready(page, "MyPoints")
    page.click("button[aria-label='Show Documentation Explorer']")
    page.until(f"{PLUGIN}.innerText.includes('Root Types')")


def test_the_explorer_puts_a_field_into_the_query(page: Page):
    ready(page, "MyPoints")
    go_to(page, "Preview")
    page.click("button[aria-label='Show GraphiQL Explorer']")
    page.click(".graphiql-plugin [data-field-name=eligible]")
    page.until(f"{text_in(QUERY)}.includes('eligible')")
    run(page, '"eligible": true')


def test_the_history_has_what_was_run(page: Page):
    ready(page, "MyPoints")
    write(page, QUERY, "query Lately { me { externalId } }")
    page.until(f"{TABS}[0].innerText.includes('Lately')")
    run(page, "custom_website")
    page.click("button[aria-label='Show History']")
    page.until(f"{PLUGIN}.innerText.includes('Lately')")


def test_the_page_turns_dark_and_stays_so(page: Page, demo: dict[str, Any]):
    ready(page, "MyPoints")
    light = brightness(page)
    page.click("button[aria-label='Open settings dialog']")
    page.until(f"{buttons('Dark')}.length")
    page.run(f"{buttons('Dark')}[0].id = 'dark'")
    page.click("#dark")
    page.until("document.body.matches('.graphiql-dark')")
    page.open(demo["endpoint"] + "?again")
    ready(page, "MyPoints")
    assert light - brightness(page) > 150


def test_on_a_phone_the_answer_stands_below_and_can_be_read(page: Page):
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=390,
        height=844,
        deviceScaleFactor=1,
        mobile=True,
    )
    ready(page, "MyPoints")
    run(page, "custom_website")
    script = "(r => [r.width, r.height])(document.querySelector('.graphiql-response')"
    width, height = page.run(f"{script}.getBoundingClientRect())")
    assert width > 250
    assert height > 250
