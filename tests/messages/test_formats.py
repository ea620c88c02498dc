"""Money and counts as a shopper reads them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.currencies import CURRENCIES
from gateway.messages import LANGUAGES, format_money
from gateway.messages.formats import format_count

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("minor", "currency", "language", "text"),
    [
        (10000, "INR", "en", "₹100.00"),
        (12345678900, "INR", "en", "₹123,456,789.00"),
        (12345678900, "INR", "hi", "₹12,34,56,789.00"),
        (500, "JPY", "en", "¥500"),
        (1234567, "JPY", "ja", "￥1,234,567"),
        (5, "KWD", "fr", "0,005\xa0KWD"),
        (1500, "KWD", "en", "KWD\xa01.500"),
        (123456, "EUR", "de", "1.234,56\xa0€"),
        (10000, "INR", "ar", "\u200f100.00\xa0₹"),
        (0, "INR", "en", "₹0.00"),
        (-150, "INR", "en", "-₹1.50"),
    ],
)
def test_money_is_written_as_the_language_does(
    minor: int, currency: str, language: str, text: str
) -> None:
    assert format_money(minor, currency, language) == text


@pytest.mark.parametrize("currency", ["IQD", "CLF", "UYW", "LBP", "ALL", "PKR", "COP"])
def test_decimals_follow_iso_4217_where_cldr_shows_fewer(currency: str) -> None:
    exponent = CURRENCIES[currency].exponent
    text = format_money(10**exponent, currency, "en")
    assert text.endswith("1." + "0" * exponent)


@pytest.mark.parametrize("minor", [2**53 + 1, 10**18 + 1, 9_007_199_254_740_993_01])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_too_large_for_a_float_is_exact(minor: int, language: str) -> None:
    assert float(minor) != minor
    text = format_money(minor, "INR", language)
    assert int(re.sub(r"[^0-9]", "", text)) == minor


@given(st.integers(0, 2**53 - 1), st.sampled_from(sorted(CURRENCIES)), st.sampled_from(LANGUAGES))
def test_every_digit_of_every_amount_is_shown(minor: int, currency: str, language: str) -> None:
    text = format_money(minor, currency, language)
    assert int(re.sub(r"[^0-9]", "", text)) == minor


def test_counts_are_grouped_and_carry_their_plural_form() -> None:
    assert format_count(1_234_567, "en") == ("1,234,567", "other")
    assert format_count(1_234_567, "hi") == ("12,34,567", "other")
    assert format_count(1_000_000, "fr") == ("1\u202f000\u202f000", "many")
    assert format_count(2**53 - 1, "de") == ("9.007.199.254.740.991", "other")


def test_an_unsupported_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no messages in 'pt'"):
        format_money(1, "INR", "pt")


def test_babel_is_loaded_by_the_first_message_and_not_before() -> None:
    script = (
        "import sys, gateway.messages as m\n"
        "m.negotiate('hi')\n"
        "before = 'babel' in sys.modules\n"
        "m.offer_message(1, 1, 'INR', 'en')\n"
        "print(before, 'babel' in sys.modules)\n"
    )
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
