"""Which language answers an `Accept-Language` header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.messages import LANGUAGES, negotiate


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("hi", "hi"),
        ("fr-CA", "fr"),
        ("FR-ca", "fr"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("de-DE-1996", "de"),
        ("en;q=0.5, hi;q=0.9", "hi"),
        ("en ; q=0.5 , hi\t;\tq=0.9", "hi"),
        ("ja;q=0.123, ar;q=0.124", "ar"),
        ("ja, ar", "ja"),
        ("pt-BR, zh;q=0.9, de;q=0.1", "de"),
        ("en-GB;q=0.3, ja;q=0.5, en;q=0.7", "en"),
        ("en-US, hi;q=0.95, en;q=0.9", "en"),
        ("fr;q=0, de;q=0.1", "de"),
        ("de;q=1.000", "de"),
        ("fr,*", "fr"),
        ("fr;q=0.5, *;q=0.8", "en"),
        ("en;q=0.1, *", "hi"),
    ],
)
def test_the_best_supported_language_answers(header: str, language: str) -> None:
    assert negotiate(header) == language


@pytest.mark.parametrize(
    "header", [None, "", "*", "*;q=0.5", "pt-BR", "zh, ko;q=0.9", "de;q=0", "fr;q=0, *;q=0", ";;,,"]
)
def test_the_default_answers_where_the_header_does_not_decide(header: str | None) -> None:
    assert negotiate(header, "ja") == "ja"


def test_the_default_steps_back_for_anything_else_when_it_is_refused() -> None:
    assert negotiate("ja;q=0, *", "ja") == "en"


@pytest.mark.parametrize(
    "header",
    [
        *("de;q=2", "de;q=0.1234", "de;q=", "de;q=x", "de;q=-1", "de;q=\u0661", "de;level=1"),
        *("de_DE", "d e", "-de", "de-", "*-DE", "\x00de", "\uff44\uff45"),
    ],
)
def test_a_malformed_range_is_passed_over(header: str) -> None:
    assert negotiate(f"{header}, hi;q=0.1") == "hi"


@pytest.mark.parametrize(
    ("default", "language"), [("hi-IN", "hi"), ("AR", "ar"), ("zh-CN", "en"), ("", "en")]
)
def test_a_default_may_be_regional_and_is_english_when_unknown(default: str, language: str) -> None:
    assert negotiate(None, default) == language


def test_only_the_first_200_characters_are_read() -> None:
    padding = "xx;q=0.1," * 21
    assert len(padding) == 189
    assert negotiate(padding + "de") == "de"
    assert negotiate(padding + "xxxxxxxx-xxxxx,de") == "en"


@pytest.mark.parametrize(
    ("start", "seen", "unseen", "language"),
    [
        ("hi;q=0.5", "fr", ";q=0.1", "hi"),  # read as it stands: French comes first
        ("*;q=0.5", "fr;q=0", ".9", "fr"),  # read as it stands: French is refused
    ],
)
def test_a_range_that_the_cut_splits_is_not_misread(
    start: str, seen: str, unseen: str, language: str
) -> None:
    header = f"{start},".ljust(199 - len(seen), "x") + "," + seen
    assert len(header) == 200
    assert negotiate(header + unseen, "fr" if language == "fr" else "en") == language


@given(st.text(max_size=300) | st.text("endfr-*;q=.01, ", max_size=300))
def test_any_header_gets_a_supported_language(header: str) -> None:
    assert negotiate(header) in LANGUAGES
