"""Phone numbers as they are dialled at home become E.164."""

from __future__ import annotations

import phonenumbers
import pytest
from babel import Locale

from gateway.errors import RequestError
from gateway.services import phones
from gateway.services.phones import home_country, mobile_e164


@pytest.mark.parametrize(
    ("mobile", "country", "home", "number"),
    [
        ("9812345670", "ind", None, "+919812345670"),
        ("9812345670", "IN", "US", "+919812345670"),
        ("9812345670", None, "IN", "+919812345670"),
        ("2025550123", "usa", None, "+12025550123"),
        ("0612345678", "fra", None, "+33612345678"),
        ("+4915123456789", None, None, "+4915123456789"),
        ("98123 45670", None, "IN", "+919812345670"),
        ("+91 98123-45670", None, "US", "+919812345670"),
        ("0091 98123 45670", None, "IN", "+919812345670"),
        ("098123 45670", "ind", None, "+919812345670"),
        ("+91 098123 45670", None, None, "+919812345670"),
        ("٩٨١٢٣٤٥٦٧٠", "ind", None, "+919812345670"),
        ("(202) 555-0123", None, "US", "+12025550123"),
        ("020 7946 0018", "gbr", None, "+442079460018"),
    ],
)
def test_a_number_gets_the_calling_code_of_its_country(
    mobile: str, country: str | None, home: str | None, number: str
):
    assert mobile_e164(mobile, country, home) == number


@pytest.mark.parametrize(
    ("mobile", "country", "field"),
    [
        ("981234567", "ind", "mobile"),
        ("98123456701", "ind", "mobile"),
        ("98-CALL-NOW0", "ind", "mobile"),
        ("tel:+919812345670", "ind", "mobile"),
        ("98123 45670 ext. 5", "ind", "mobile"),
        ("0000000000", "ind", "mobile"),
        ("+12", "ind", "mobile"),
        ("9812345670", None, "country"),
        ("9812345670", "india", "country"),
        ("9812345670", "zz", "country"),
    ],
)
def test_what_is_no_number_of_a_country_is_refused_with_its_field(
    mobile: str, country: str | None, field: str
):
    with pytest.raises(RequestError) as caught:
        mobile_e164(mobile, country, None)
    assert caught.value.field == (field,)


def test_a_merchant_is_at_home_where_its_locale_says_or_else_its_currency_or_time_zone():
    assert home_country("en-IN", "USD") == "IN"
    assert home_country("zh-Hant-TW", "TWD") == "TW"
    assert home_country("en", "INR") == "IN"
    assert home_country("es-419", "EUR") is None
    assert home_country("de", "EUR", "Europe/Vienna") == "AT"
    assert home_country("de", "EUR", "UTC") is None


def test_every_country_of_the_table_is_one_and_has_two_names():
    words = phones._COUNTRIES.split()
    known = Locale("en").territories
    assert [word for word in words if word[:2] not in known] == []
    assert len(phones._ALPHA_2) == 2 * len(words)
    assert {word[:2] for word in words} >= phonenumbers.SUPPORTED_REGIONS
