"""The sample alerts and the dashboard speak of metrics that there are."""

from __future__ import annotations

import json
import re

from tests.house.sources import ROOT

FOLDER = ROOT / "docs" / "operations"
NAME = re.compile(r"\b(?:loyalty|process)_\w+")
SUFFIX = re.compile(r"_(?:bucket|sum|count)$")


def documented() -> set[str]:
    guide = (ROOT / "docs" / "guides" / "operations.md").read_text("utf-8")
    return set(re.findall(r"^\| `((?:loyalty|process)_\w+)`", guide, re.MULTILINE))


def used(text: str) -> set[str]:
    return {SUFFIX.sub("", name) for name in NAME.findall(text)}


def test_the_alerts_use_metrics_of_the_guide():
    expressions = re.findall(r"expr: (.+)", (FOLDER / "alerts.yml").read_text("utf-8"))
    assert len(expressions) > 5
    assert used(" ".join(expressions)) <= documented()


def test_the_dashboard_shows_metrics_of_the_guide():
    board = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))
    targets = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    assert len(targets) > 10
    assert used(" ".join(targets)) <= documented()
