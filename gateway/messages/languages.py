"""Which language to answer in: `Accept-Language` against the languages there are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

LANGUAGES: Final = ("en", "hi", "es", "fr", "de", "ja", "ar")
"""The languages with a catalogue, as BCP 47 tags."""

MAX_HEADER_LENGTH: Final = 200
"""Characters of `Accept-Language` that are read."""

_RANGE: Final = re.compile(
    r"[ \t]*(\*(?!-)|[a-z]{1,8})(?:-[a-z0-9]{1,8})*[ \t]*"
    r"(?:;[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)


def negotiate(accept_language: str | None, default: str = "en") -> str:
    """Choose the supported language that the header likes best (RFC 9110, section 12.5.4).

    A regional range stands for its language (`fr-CA` is `fr`). What is malformed or not supported
    is passed over. `default` answers where the header does not decide, also when it refuses all;
    it may be regional, and is English when there is no catalogue for it.
    """
    header = accept_language or ""
    if len(header) > MAX_HEADER_LENGTH:
        # The last range is cut in two; read as it stands it could mean something else.
        header = header[:MAX_HEADER_LENGTH].rpartition(",")[0]
    return _negotiate(header.lower(), default)


@lru_cache(maxsize=512)
def _negotiate(header: str, default: str) -> str:
    fallback = _supported(default)
    qualities = _qualities(header)
    anything = qualities.pop("*", 0.0)
    for language in (fallback, *LANGUAGES):
        qualities.setdefault(language, anything)
    best = max(qualities, key=qualities.__getitem__)
    return best if qualities[best] > 0 else fallback


def _qualities(header: str) -> dict[str, float]:
    """Return the best quality of each supported language named, and of `*`; first named first."""
    qualities: dict[str, float] = {}
    for match in map(_RANGE.fullmatch, header.split(",")):
        if match and (match[1] in LANGUAGES or match[1] == "*"):
            quality = float(match[2] or 1)
            qualities[match[1]] = max(quality, qualities.get(match[1], 0.0))
    return qualities


def _supported(tag: str) -> str:
    language = tag.lower().partition("-")[0]
    return language if language in LANGUAGES else "en"
