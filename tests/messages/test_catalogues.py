"""The catalogues agree with one another, with the codes and with the grammar of each language."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING, cast

import pytest
from babel import Locale

from gateway.errors import Code
from gateway.messages import LANGUAGES
from gateway.messages.catalogue import ANY_CODE, Catalogue, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gateway.messages.catalogue import Forms

NUMBER_IN_WORDS = {("ar", "one"), ("ar", "two")}
"""Forms that stand for a single number and say it in words: "نقطتان" is "two points"."""


def sentences(catalogue: Catalogue) -> Iterator[tuple[str, str, Forms]]:
    for field in fields(catalogue):
        if field.name != "joiner":
            section = cast("Mapping[str, Forms]", getattr(catalogue, field.name))
            yield from ((field.name, key, forms) for key, forms in section.items())


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{.*?\}", text))


def test_every_code_has_a_sentence() -> None:
    assert set(load("en").text) == {code.value for code in Code}


def test_every_other_section_names_only_codes() -> None:
    catalogue = load("en")
    free = {"preview", "text"}
    named = {key for section, key, _ in sentences(catalogue) if section not in free}
    assert named - {ANY_CODE, "earned", "pending"} <= {code.value for code in Code}
    assert {"earned", "pending"} <= set(catalogue.earning)
    assert ANY_CODE in catalogue.allowed_points
    assert set(catalogue.preview) == {"offer", "credits"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_sentences(language: str) -> None:
    here = [(section, key) for section, key, _ in sentences(load(language))]
    assert here == [(section, key) for section, key, _ in sentences(load("en"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counting_sentence_has_exactly_the_plural_forms_of_its_language(
    language: str,
) -> None:
    needed = Locale.parse(language).plural_form.tags | {"other"}
    for section, key, forms in sentences(load(language)):
        counts = "{count}" in forms["other"]
        assert set(forms) == (needed if counts else {"other"}), (section, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_has_the_placeholders_of_the_english_sentence(language: str) -> None:
    english = {(section, key): forms["other"] for section, key, forms in sentences(load("en"))}
    for section, key, forms in sentences(load(language)):
        for form, text in forms.items():
            needed = placeholders(english[section, key])
            if (language, form) in NUMBER_IN_WORDS:
                needed.discard("{count}")
            assert placeholders(text) == needed, (section, key, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_tells_the_number_that_it_is_named_after(language: str) -> None:
    told = {"text": set[str](), "shortfall_minor": {"{amount}"}, "limit_minor": {"{amount}"}}
    told |= {"shortfall_points": {"{count}"}, "allowed_points": {"{count}"}}
    told |= {"earning": set(), "earning_shortfall": {"{amount}"}}
    for section, key, forms in sentences(load(language)):
        if section != "preview" and key != "earned":
            assert placeholders(forms["other"]) == told[section], (section, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_short_whole_and_in_its_own_words(language: str) -> None:
    stop = {"hi": "।", "ja": "。"}.get(language, ".")
    english = {text for *_, forms in sentences(load("en")) for text in forms.values()}
    for section, key, forms in sentences(load(language)):
        for text in forms.values():
            assert text.endswith(stop), (section, key)
            assert len(text) <= 120, (section, key)
            assert text == text.strip()
            assert language == "en" or text not in english, (section, key)


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no messages in '\.\./en'"):
        load("../en")
