"""The metrics, full where the demo has a past, and without figures where it has none."""

from __future__ import annotations

from typing import Any

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain


def furnish(demo: dict[str, Any]) -> None:
    """Nothing is to be made: the demo's customers have points."""


def _tables(hands: Hands) -> None:
    hands.go("/metrics?period=90d")
    hands.sees("Counted up to")
    hands.sees("All points")
    hands.page.run(
        """document.querySelectorAll('[aria-label^="Show as a table"]').forEach(e => e.click())"""
    )
    hands.sees("Worth")


PAGES: dict[str, Show] = {
    "metrics": plain("/metrics", "All points"),
    "metrics-tables": _tables,
    "metrics-other-days": plain(
        "/metrics?period=custom&from=2020-01-01&to=2020-01-31", "No figures"
    ),
}
