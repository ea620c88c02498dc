"""Every page of the console, by the name of its picture, and what a demo needs to show them.

A module for each part of the console: `PAGES` opens them, `furnish` gives the demo's merchant what
they show, where it is not there yet.
"""

from __future__ import annotations

from typing import Any

from tests.browser.pages import connections, customers, earning, keys, metrics, setup, whatif
from tests.browser.pages.plain import Show

_PARTS = (setup, earning, keys, connections, customers, metrics, whatif)
PAGES: dict[str, Show] = {name: show for part in _PARTS for name, show in part.PAGES.items()}


def furnish(demo: dict[str, Any]) -> None:
    """Give the demo's merchant something to show on every page."""
    for part in _PARTS:
        part.furnish(demo)
