"""GraphiQL as a person uses it: the demo in a real browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.chromium import Page

RUN = ".graphiql-execute-button"
QUERY, VARIABLES = ".graphiql-query-editor", ".graphiql-editor-tool:not(.hidden)"
STORED = "JSON.parse(localStorage['graphiql:tabState']).tabs"
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


def write(page: Page, editor: str, text: str) -> None:
    """Put a text in the place of what is in an editor."""
    page.click(f"{editor} .view-lines")
    page.press("a", 65, control=True)
    page.press("Backspace", 8)
    page.type(text)
    page.press("Escape", 27)  # whatever the editor proposes


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


def test_the_tabs_tell_the_story_from_preview_to_refund(page: Page):
    ready(page, "MyPoints")
    go_to(page, "Preview")
    run(page, '"payable"')
    shown = text_in(".graphiql-response")  # a long line is broken there
    go_to(page, "Apply")
    run(page, '"HELD"')
    held = page.run(rf"{shown}.replaceAll(/\s/g, '').match(/\"id\":\"([^\"]+)\"/)[1]")
    for tab, answer in (("Capture", '"CAPTURED"'), ("Refund", '"refundedPoints": 40')):
        go_to(page, tab)
        page.until(f"{text_in(VARIABLES)}.includes('paste the id')")
        variables = json.loads(page.run(f"{STORED}.find(kept => kept.title === '{tab}').variables"))
        write(page, VARIABLES, json.dumps({**variables, "id": held}))
        run(page, answer)


def test_edits_and_keys_are_still_there_after_a_reload(page: Page, demo: dict[str, Any]):
    ready(page, "MyPoints")
    write(page, QUERY, "query Mine { me { externalId } }")
    page.until("localStorage.getItem('graphiql:tabState').includes('query Mine')")
    page.open(demo["endpoint"] + "?again")
    ready(page, "query Mine")
    run(page, demo["customers"][0]["externalId"])


def test_explorer_documentation_and_history_open(page: Page):
    ready(page, "MyPoints")
    run(page, "custom_website")
    shown = {
        "Documentation Explorer": "Root Types",
        "GraphiQL Explorer": "redemptionPreview",
        "History": "MyPoints",
    }
    for name, text in shown.items():
        page.click(f"button[aria-label='Show {name}']")
        page.until(f"document.querySelector('.graphiql-plugin').innerText.includes('{text}')")
