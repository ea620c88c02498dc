"""The days of a report in the console: what each period means, and what is refused in words."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.gates.worker import NODE
from tests.house.sources import ROOT

PERIODS = ROOT / "console" / "src" / "lib" / "periods.ts"
DAY = "2028-03-31"  # of a leap year
NONE = {"from": "", "to": ""}
RANGES = {
    "7d": ("2028-03-25", DAY),
    "30d": ("2028-03-02", DAY),
    "90d": ("2028-01-02", DAY),
    "month": ("2028-03-01", DAY),
    "last-month": ("2028-02-01", "2028-02-29"),
    "year": ("2027-04-02", DAY),
}
TROUBLE = {
    ("2028-02-29", "2028-02-29"): None,
    ("2028-02-30", "2028-03-01"): "Give both dates.",
    ("", "2028-03-01"): "Give both dates.",
    ("2028-03-02", "2028-03-01"): "The first day is after the last one.",
    ("1999-12-31", "2028-03-01"): "Choose days from 2000 to 2199.",
    ("2010-01-01", "2028-03-01"): "Ten years are the most.",
}


@pytest.fixture(scope="module")
def said() -> dict[str, list[object]]:
    """What the console's own module makes of all of it."""
    asked = {
        "ranges": [[period, DAY, NONE] for period in RANGES],
        "trouble": [[{"from": a, "to": b}] for a, b in TROUBLE],
        "fitting": [[{"from": "2028-01-01", "to": to}] for to in ("2028-02-14", "2028-07-18", DAY)],
        "months": [["2027-11-01", "2028-02-01"]],
        "today": ["Asia/Kolkata", "America/Lima"],
    }
    script = (
        f"import * as p from {json.dumps(PERIODS.as_uri())};"
        f"const asked = {json.dumps(asked)};"
        "const at = new Date('2028-02-28T20:00:00Z');"
        "console.log(JSON.stringify({ ranges: asked.ranges.map(a => p.rangeOf(...a)),"
        " trouble: asked.trouble.map(a => p.trouble(...a)),"
        " fitting: asked.fitting.map(a => p.fitting(...a)),"
        " months: asked.months.map(a => p.monthsOf(...a)),"
        " today: asked.today.map(zone => p.today(zone, at)) }))"
    )
    command = [NODE, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_period_ends_today_and_months_are_whole(said: dict[str, list[object]]):
    assert said["ranges"] == [{"from": a, "to": b} for a, b in RANGES.values()]
    assert said["months"] == [["2027-11-01", "2027-12-01", "2028-01-01", "2028-02-01"]]


def test_days_that_cannot_be_shown_are_refused_in_words(said: dict[str, list[object]]):
    assert said["trouble"] == list(TROUBLE.values())


def test_a_longer_range_has_longer_points(said: dict[str, list[object]]):
    assert said["fitting"] == ["DAY", "WEEK", "WEEK"]


def test_today_is_that_of_the_merchant(said: dict[str, list[object]]):
    assert said["today"] == ["2028-02-29", "2028-02-28"]
