"""Currencies, and money between its decimal text and its minor units."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

import pytest
from babel.core import get_global
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as st

from gateway.currencies import CURRENCIES
from gateway.errors import Code, LoyaltyError
from gateway.money import MAX_MINOR, Money, to_decimal, to_minor

if TYPE_CHECKING:
    from collections.abc import Iterable

WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
WITH_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
NOT_MONEY = "XAU XAG XPT XPD XDR XSU XUA XBA XBB XBC XBD XTS XXX BOV CHE CHW COU MXV USN UYI"
currencies = st.sampled_from(sorted(CURRENCIES))
amounts = st.integers(0, MAX_MINOR)


def test_cldr_knows_every_currency() -> None:
    assert set(CURRENCIES) <= list_currencies()


def test_every_legal_tender_of_today_is_a_currency() -> None:
    """CLDR lists by territory; the lev left ISO 4217 when Bulgaria took the euro in 2026."""
    territories = cast(
        "dict[str, Iterable[tuple[str, object, object, bool]]]", get_global("territory_currencies")
    )
    tender = {
        code
        for used in territories.values()
        for code, _since, until, is_tender in used
        if is_tender and until is None
    }
    assert len(tender) > 140
    assert tender - set(CURRENCIES) <= {"BGN"}


def test_metals_funds_and_test_codes_are_no_currencies() -> None:
    assert not set(NOT_MONEY.split()) & set(CURRENCIES)


def test_exponents_are_those_of_iso_4217() -> None:
    unusual = {code: c.exponent for code, c in CURRENCIES.items() if c.exponent != 2}
    assert unusual == (
        dict.fromkeys(WITHOUT_DECIMALS.split(), 0)
        | dict.fromkeys(WITH_THREE_DECIMALS.split(), 3)
        | {"CLF": 4, "UYW": 4}
    )


def test_every_currency_stands_under_its_own_code_and_has_a_name() -> None:
    assert all(code == c.code and c.name for code, c in CURRENCIES.items())
    assert CURRENCIES["INR"].name == "Indian Rupee"


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        CURRENCIES["XYZ"] = CURRENCIES["INR"]  # pyright: ignore[reportIndexIssue] - the point


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("499.00", "INR", 49900),
        ("499", "INR", 49900),
        ("499.5", "INR", 49950),
        ("0.01", "INR", 1),
        ("0", "INR", 0),
        ("5.000", "INR", 500),
        ("007.10", "INR", 710),
        ("500", "JPY", 500),
        ("500.00", "JPY", 500),
        ("0.005", "KWD", 5),
        ("1.2345", "CLF", 12345),
        ("90071992547409.91", "INR", MAX_MINOR),
        ("9007199254740991", "JPY", MAX_MINOR),
    ],
)
def test_a_plain_decimal_is_read_exactly(amount: str, currency: str, minor: int) -> None:
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "detail"),
    [
        ("-1", "INR", "must not be negative"),
        ("-0.00", "INR", "must not be negative"),
        ("1.005", "INR", "at most 2 decimals"),
        ("0.5", "JPY", "at most 0 decimals"),
        ("0.0005", "KWD", "at most 3 decimals"),
        ("90071992547409.92", "INR", "at most 90071992547409.91"),
        ("9007199254740992", "JPY", "at most 9007199254740991"),
        ("000000000000000000001", "INR", "at most 20 characters"),
        ("1", "XYZ", "not a known ISO 4217 code"),
        ("1", "inr", "not a known ISO 4217 code"),
    ],
)
def test_an_amount_out_of_bounds_is_refused_with_its_reason(
    amount: str, currency: str, detail: str
) -> None:
    with pytest.raises(LoyaltyError) as caught:
        to_minor(amount, currency, "cart", "total")
    assert caught.value.refusal.code is Code.INVALID_AMOUNT
    assert caught.value.refusal.field == ("cart", "total")
    assert detail in caught.value.detail


@pytest.mark.parametrize(
    "amount",
    [
        *("", " 1", "1 ", "1\n", "+1", "1.", ".5", "1.2.3", "1,000.00", "1,5", "1e3", "1_000"),
        *("0x1f", "NaN", "Infinity", "--1", "-", "-abc", "₹5", "\u0967\u0968", "\uff11", "\xb2"),
    ],
)
def test_what_is_not_a_plain_decimal_is_refused(amount: str) -> None:
    with pytest.raises(LoyaltyError, match="plain decimal") as caught:
        to_minor(amount, "INR")
    assert caught.value.refusal.field is None


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (49900, "INR", "499.00"),
        (0, "INR", "0.00"),
        (7, "INR", "0.07"),
        (-7, "INR", "-0.07"),
        (500, "JPY", "500"),
        (5, "KWD", "0.005"),
        (1, "CLF", "0.0001"),
        (MAX_MINOR, "INR", "90071992547409.91"),
    ],
)
def test_money_is_written_with_all_decimals_of_its_currency(
    minor: int, currency: str, text: str
) -> None:
    assert to_decimal(minor, currency) == text


@given(amounts, currencies)
def test_what_is_written_reads_back_and_means_the_same(minor: int, currency: str) -> None:
    text = to_decimal(minor, currency)
    assert to_minor(text, currency) == minor
    assert Decimal(text) * 10 ** CURRENCIES[currency].exponent == minor


@given(amounts, amounts)
def test_money_adds_subtracts_and_compares_like_its_minor_units(a: int, b: int) -> None:
    left, right = Money(a, "INR"), Money(b, "INR")
    assert (left + right).minor == a + b
    assert (left - right).minor == a - b
    assert (left < right, left <= right) == (a < b, a <= b)
    assert (left > right, left >= right) == (a > b, a >= b)
    assert (left == right) is (a == b)


def test_two_currencies_never_mix() -> None:
    rupees, yen = Money(1, "INR"), Money(1, "JPY")
    assert rupees != yen
    for mix in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(ValueError, match="Cannot combine INR with JPY"):
            mix(rupees, yen)


def test_money_shows_its_amount_and_code() -> None:
    assert str(Money(49900, "INR")) == "499.00 INR"
