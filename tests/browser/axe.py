"""What keeps somebody from using a page, as axe finds it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.chromium import Page

AXE = Path(__file__).parents[1] / "gates" / "node_modules" / "axe-core" / "axe.min.js"
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that judge by colours."""


def serious(page: Page, rules: tuple[str, ...] = ()) -> list[str]:
    """Its serious and critical findings; of some rules alone, where they are named."""
    if not page.run("'axe' in window"):
        page.run(AXE.read_text("utf-8") + "; true")
    options = json.dumps({"runOnly": rules} if rules else {})
    found = page.run(f"axe.run(document, {options}).then(({{ violations }}) => violations)")
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
        for node in each["nodes"]
    ]
