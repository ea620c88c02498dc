"""Which media type to answer in, what a body is written in, and whether to compress.

Header values repeat from request to request, so what was made of them is remembered; long ones,
which only a hostile caller sends, are worked out anew.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REMEMBERED_LENGTH = 256
_READ_LENGTH = 2_000  # bytes of a header; what a hostile caller writes after them is not looked at
_quality = re.compile(r"(0|1)(?:\.(\d{0,3}))?").fullmatch

_Result = TypeVar("_Result")


class MediaType(Enum):
    """What the endpoint can answer in. The first is what a caller without a preference gets."""

    JSON = "application/json"
    GRAPHQL = "application/graphql-response+json"
    HTML = "text/html"
    EVENTS = "text/event-stream"

    @property
    def content_type(self) -> bytes:
        """The value of the `Content-Type` header."""
        return f"{self.value}; charset=utf-8".encode("ascii")


def _remembering(work: Callable[[bytes], _Result]) -> Callable[[bytes], _Result]:
    remembered = lru_cache(maxsize=256)(work)
    return lambda header: (remembered if len(header) <= _REMEMBERED_LENGTH else work)(header)


def _elements(header: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each comma-separated value in lower case, with its parameters."""
    for element in header[:_READ_LENGTH].decode("latin-1").lower().split(","):
        value, *rest = (part.strip() for part in element.split(";"))
        pairs = (part.partition("=") for part in rest)
        if value:
            yield value, {name.strip(): text.strip().strip('"') for name, _, text in pairs}


def _weight(parameters: dict[str, str]) -> int:
    """Return `q` in thousandths; one that is malformed counts as absent."""
    found = _quality(parameters.get("q", "1"))
    if found is None:
        return 1_000
    return min(1_000, int(found[1]) * 1_000 + int((found[2] or "").ljust(3, "0")))


def _specificity(media_range: str, media_type: MediaType) -> int:
    """Return how closely a range names the type: 3 exactly, 1 by `*/*`, 0 not at all."""
    if media_range == media_type.value:
        return 3
    if media_range == media_type.value.partition("/")[0] + "/*":
        return 2
    return int(media_range == "*/*")


def _ranked(accept: bytes) -> list[MediaType]:
    """Return the acceptable types, the most wanted first.

    By weight, then by place in the header, then in our own order. A range for another charset than
    UTF-8 matches nothing that we have.
    """
    ranges = [
        (text, _weight(parameters), place)
        for place, (text, parameters) in enumerate(_elements(accept))
        if parameters.get("charset", "utf-8") in {"utf-8", "utf8", "*"}
    ]
    ranks: list[tuple[int, int, int, MediaType]] = []
    for order, media_type in enumerate(MediaType):
        matching = [(_specificity(r[0], media_type), -r[2], r) for r in ranges]
        closest = max(matching, default=(0, 0, ("", 0, 0)))
        _, weight, place = closest[2]
        if closest[0] and weight:
            ranks.append((-weight, place, order, media_type))
    return [rank[3] for rank in sorted(ranks, key=lambda rank: rank[:3])]


@_remembering
def _acceptable(accept: bytes) -> tuple[MediaType, ...]:
    return tuple(_ranked(accept) if accept.strip() else (MediaType.JSON,))


def negotiate(accept: bytes, *, html: bool = False, events: bool = False) -> MediaType | None:
    """Return the media type to answer in, or None if the caller accepts none that we have.

    Args:
        accept: The `Accept` header; empty if there is none, which means `application/json`.
        html: Whether a page can be answered with too.
        events: Whether a stream of events can be.
    """
    for media_type in _acceptable(accept):
        if {MediaType.HTML: html, MediaType.EVENTS: events}.get(media_type, True):
            return media_type
    return None


@_remembering
def is_json(content_type: bytes) -> bool:
    """Say whether a body is `application/json` in UTF-8, the only kind that is read."""
    values = list(_elements(content_type))
    if len(values) != 1 or values[0][0] != MediaType.JSON.value:
        return False
    return values[0][1].get("charset", "utf-8") in {"utf-8", "utf8"}


@_remembering
def accepts_gzip(accept_encoding: bytes) -> bool:
    """Say whether the answer may be compressed with gzip."""
    weights = {name: _weight(parameters) for name, parameters in _elements(accept_encoding)}
    return weights.get("gzip", weights.get("*", 0)) > 0
