"""Numbers, money and plural forms as CLDR writes them in the shopper's language."""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from gateway.currencies import CURRENCIES
from gateway.messages.languages import LANGUAGES
from gateway.money import to_decimal

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

_LETTER_BEFORE_DIGIT: Final = re.compile(r"([^\W\d_])(?=\d)")


@lru_cache(maxsize=1024)
def format_money(minor: int, currency: str, language: str) -> str:
    """Write an amount for a shopper, exactly, with the decimals of ISO 4217: "₹100.00"."""
    text = _money_pattern(CURRENCIES[currency].exponent, language).apply(
        Decimal(to_decimal(minor, currency)),
        _locale(language),
        currency=currency,
        currency_digits=False,
    )
    # CLDR's currency spacing, which Babel leaves out: "KWD 1.500", but "₹1.50".
    return _LETTER_BEFORE_DIGIT.sub("\\1\N{NO-BREAK SPACE}", text)


@lru_cache(maxsize=1024)
def format_count(count: int, language: str) -> tuple[str, str]:
    """Write a whole number with its group separators; with it, its CLDR plural form."""
    locale = _locale(language)
    text = locale.decimal_formats[None].apply(Decimal(count), locale)
    return text, locale.plural_form(count)


@cache
def _money_pattern(exponent: int, language: str) -> NumberPattern:
    pattern = copy(_locale(language).currency_formats["standard"])
    pattern.frac_prec = (exponent, exponent)
    return pattern


@cache
def _locale(language: str) -> Locale:
    if language not in LANGUAGES:
        raise ValueError(f"There are no messages in {language!r}")
    from babel import Locale  # noqa: PLC0415 - slow to import: only the first message pays for it

    return Locale.parse(language)
