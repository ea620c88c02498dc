"""What a shopper is told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from gateway.errors import Code, Refusal
from gateway.messages import (
    LANGUAGES,
    credits_message,
    earned_message,
    earning_refusal_message,
    offer_message,
    refusal_message,
)

NUMBERS = ("allowed_points", "shortfall_points", "shortfall_minor", "limit_minor")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_refusal_reads_well_with_and_without_numbers(code: Code, language: str) -> None:
    """No placeholder is left, no number is made up, nothing is empty."""
    refusal = Refusal(code)
    plain = refusal_message(refusal, "INR", language)
    assert plain
    assert not re.search(r"[{}0-9]|None", plain)
    assert plain == refusal_message(replace(refusal, **dict.fromkeys(NUMBERS, 0)), "INR", language)
    for given in (dict.fromkeys(NUMBERS, 7), *({name: 7} for name in NUMBERS)):
        full = refusal_message(replace(refusal, **given), "INR", language)
        assert not re.search(r"[{}]|None", full)
        assert set(re.findall(r"[0-9.,]*[0-9]", full)) <= {"7", "0.07", "0,07"}
        assert full == plain or "7" in full


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (
            Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=12000),
            "Add ₹120.00 more to use your points.",
        ),
        (
            Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=12000, limit_minor=50000),
            "Add ₹120.00 more to use your points.",
        ),
        (
            Refusal(Code.MIN_CART_NOT_REACHED, limit_minor=50000),
            "Your cart must be at least ₹500.00 to use points.",
        ),
        (Refusal(Code.MIN_CART_NOT_REACHED), "Your cart total is too low to use points."),
        (Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=1), "You need 1 more point."),
        (Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=20), "You need 20 more points."),
        (
            Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=20, allowed_points=80),
            "You need 20 more points. You can use at most 80 points.",
        ),
        (
            Refusal(Code.MAX_DISCOUNT_REACHED, limit_minor=10000, allowed_points=100),
            "You can save at most ₹100.00 with points. You can use at most 100 points.",
        ),
        (
            Refusal(Code.MIN_PAYMENT_REQUIRED, limit_minor=10000),
            "At least ₹100.00 of this order must be paid without points.",
        ),
        (
            Refusal(Code.ORDER_TOTAL_TOO_LOW, allowed_points=80),
            "The order total is too low for this discount. You can use at most 80 points.",
        ),
        (
            Refusal(Code.EXCEEDS_CAPTURED, allowed_points=30),
            "That is more points than were used. At most 30 points can be returned.",
        ),
        (
            Refusal(Code.HOLD_EXPIRED, shortfall_minor=5),
            "The time to use these points has run out.",
        ),
    ],
)
def test_a_refusal_tells_the_number_that_helps(refusal: Refusal, text: str) -> None:
    assert refusal_message(refusal, "INR", "en").startswith(text)


def test_japanese_sentences_follow_without_a_space() -> None:
    refusal = Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=20, allowed_points=80)
    text = refusal_message(refusal, "JPY", "ja")
    assert text == "あと20ポイント必要です。80ポイントまでご利用いただけます。"


@pytest.mark.parametrize(
    ("points", "language", "words"),
    [
        (1, "en", "Use 1 point and save ₹100.00."),
        (2, "en", "Use 2 points and save ₹100.00."),
        (0, "en", "Use 0 points and"),
        (0, "hi", "0 पॉइंट इस्तेमाल"),
        (1, "hi", "1 पॉइंट इस्तेमाल"),
        (100, "hi", "100 पॉइंट्स इस्तेमाल"),
        (0, "fr", "0 point et"),
        (2, "fr", "2 points et"),
        (1_000_000, "fr", "1\u202f000\u202f000 de points et"),
        (1, "es", "1 punto y"),
        (1_000_000, "es", "1.000.000 de puntos y"),
        (1, "de", "1 Punkt ein"),
        (1000, "de", "1.000 Punkte ein"),
        (1, "ja", "1ポイントを"),
        (100, "ja", "100ポイントを使うと、₹100.00お得になります。"),
        (0, "ar", " 0 نقطة "),
        (1, "ar", " نقطة واحدة "),
        (2, "ar", " نقطتين "),
        (3, "ar", " 3 نقاط "),
        (11, "ar", " 11 نقطة "),
        (100, "ar", " 100 نقطة "),
        (103, "ar", " 103 نقاط "),
    ],
)
def test_points_are_counted_by_the_grammar_of_the_language(
    points: int, language: str, words: str
) -> None:
    assert words in offer_message(points, 10000, "INR", language)


def test_store_credit_is_told_as_money() -> None:
    assert credits_message(5000, "INR", "en") == "Use ₹50.00 of your store credit."
    assert credits_message(5000, "JPY", "de") == "Nutzen Sie 5.000\xa0¥ Ihres Shop-Guthabens."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_every_reason_to_earn_nothing_reads_well_with_and_without_money(code: Code, language: str):
    refusal = Refusal(code)
    plain = earning_refusal_message(refusal, "INR", language)
    assert plain
    assert not re.search(r"[{}0-9]|None", plain)
    full = earning_refusal_message(replace(refusal, shortfall_minor=7), "INR", language)
    assert set(re.findall(r"[0-9.,]*[0-9]", full)) <= {"0.07", "0,07"}
    assert full == plain or "7" in full


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (Refusal(Code.NO_ELIGIBLE_ITEMS), "The items in your cart do not earn points."),
        (
            Refusal(Code.BELOW_ONE_POINT, shortfall_minor=12000),
            "Spend ₹120.00 more to earn a point.",
        ),
        (
            Refusal(Code.MIN_CART_NOT_REACHED, shortfall_minor=12000),
            "Spend ₹120.00 more to earn points with this offer.",
        ),
        (Refusal(Code.NOT_FIRST_ORDER), "This offer is for your first order only."),
    ],
)
def test_what_does_not_earn_is_told_in_words_of_earning(refusal: Refusal, text: str) -> None:
    assert earning_refusal_message(refusal, "INR", "en") == text


@pytest.mark.parametrize(
    ("points", "language", "words"),
    [
        (1, "en", "You earn 1 point with this order."),
        (1200, "en", "You earn 1,200 points with this order."),
        (1, "hi", "1 पॉइंट मिलेगा।"),
        (1_000_000, "fr", "1\u202f000\u202f000 de points."),
        (2, "ar", "ستكسب نقطتين من هذا الطلب."),
        (120, "ja", "このご注文で120ポイントが貯まります。"),
    ],
)
def test_what_an_order_earns_is_counted_by_the_grammar_of_the_language(
    points: int, language: str, words: str
) -> None:
    assert words in earned_message(points, language, pending=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_points_that_have_to_wait_are_said_to_wait(language: str) -> None:
    at_once = earned_message(5, language, pending=False)
    later = earned_message(5, language, pending=True)
    assert later.startswith(at_once)
    assert len(later) > len(at_once) + 10
