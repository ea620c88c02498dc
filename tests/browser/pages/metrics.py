"""The metrics, full where the demo has a past, and without figures where it has none."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show, plain


def furnish(demo: dict[str, Any]) -> None:
    """Nothing is to be made: the demo's customers have points."""


def _tables(hands: Hands) -> None:
    last = datetime.now(ZoneInfo("Asia/Kolkata")).date()
    hands.go(f"/metrics?period=custom&from={last - timedelta(59)}&to={last}")
    hands.sees("Counted up to")
    hands.sees("All points")
    hands.page.run(
        """document.querySelectorAll('[aria-label^="Show as a table"]').forEach(e => e.click())"""
    )
    hands.sees("Worth")


PAGES: dict[str, Show] = {
    "metrics": plain("/metrics", "All points"),
    "metrics-tables": _tables,
}
