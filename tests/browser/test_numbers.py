"""Numbers as people paste them into the console: understood, or refused in words."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.gates.worker import NODE
from tests.house.sources import ROOT

NUMBERS = ROOT / "console" / "src" / "lib" / "numbers.ts"
UNDERSTOOD = {
    ("1000", 2): "1000",
    ("1,000", 2): "1000",
    ("10,000", 0): "10000",
    ("1,00,000.50", 2): "100000.50",
    ("12,34,567", 0): "1234567",
    (" ₹ 1,234.5 ", 2): "1234.5",
    ("INR 500", 2): "500",
    ("500 INR", 2): "500",
    ("Rs. 500", 2): "500",
    ("€1.234.567", 2): "1234567",
    ("1 000 000", 0): "1000000",
    ("1\u202f000", 0): "1000",
    ("1'000.25", 2): "1000.25",
    ("20 %", 2): "20",
    ("12.5", 2): "12.5",
    ("007", 0): "7",
    ("1.500", 3): "1.500",
}
REFUSED = {
    ("", 2): "Enter a number.",
    ("abc", 2): "Enter a number.",
    ("five", 2): "not a number",
    ("-5", 2): "not negative",
    ("12,5", 2): "Write decimals after a point: 12.5",
    ("1.234,50", 2): "Write decimals after a point",
    ("1.000", 2): "Is this 1000 or 1.000?",
    ("1,0,0", 2): "not a number",
    ("10,00", 2): "Write decimals after a point: 10.00",
    ("1.234", 0): "Is this 1234 or 1.234?",
    ("1.5", 0): "Enter a whole number.",
    ("0.125", 2): "Is this",
    ("5.55555", 2): "At most 2 decimals.",
    ("1e5", 2): "not a number",
}


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, int], dict[str, str]]:
    """What the console's own module makes of all of them."""
    cases = [*UNDERSTOOD, *REFUSED]
    script = (
        f"import {{ readDecimal }} from {json.dumps(NUMBERS.as_uri())};"
        f"console.log(JSON.stringify({json.dumps(cases)}.map(c => readDecimal(...c))))"
    )
    command = [NODE, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(zip(cases, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_separators_and_signs_are_understood(
    read: dict[tuple[str, int], dict[str, str]], case: tuple[str, int]
):
    assert read[case] == {"ok": True, "text": UNDERSTOOD[case]}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_be_read_in_two_ways_is_refused_in_words(
    read: dict[tuple[str, int], dict[str, str]], case: tuple[str, int]
):
    assert read[case]["ok"] is False
    assert REFUSED[case] in read[case]["why"]
