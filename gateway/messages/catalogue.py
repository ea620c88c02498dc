"""The sentences of one language, read from its TOML file when first needed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from gateway.messages.languages import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

Forms: TypeAlias = "Mapping[str, str]"
"""One sentence by CLDR plural form; `other` always, the rest where it counts points."""

ANY_CODE: Final = "ANY"
"""Key of the sentence for the codes that have none of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All sentences of one language; those of a refusal by its code.

    A section is named after the number of the `Refusal` that its sentences tell: `{count}` stands
    for points, `{amount}` for money. `text` has every code and tells no number.
    """

    joiner: str
    """What stands between two sentences."""
    preview: Mapping[str, Forms]
    earning: Mapping[str, Forms]
    """What an order earns; and by code why it earns nothing, where `text` speaks of spending."""
    earning_shortfall: Mapping[str, Forms]
    """By code: how much money is missing until an order earns."""
    text: Mapping[str, Forms]
    shortfall_points: Mapping[str, Forms]
    shortfall_minor: Mapping[str, Forms]
    limit_minor: Mapping[str, Forms]
    allowed_points: Mapping[str, Forms]
    """Said after the reason: how many points are possible instead."""


@cache
def load(language: str) -> Catalogue:
    """Return the catalogue of a supported language; ValueError for any other."""
    if language not in LANGUAGES:
        raise ValueError(f"There are no messages in {language!r}")
    source = files("gateway.messages").joinpath("catalogues", f"{language}.toml")
    data = tomllib.loads(source.read_text("utf-8"))
    joiner = cast("str", data.pop("joiner"))
    sections = cast("dict[str, dict[str, str | dict[str, str]]]", data)
    return Catalogue(joiner=joiner, **{name: _forms(part) for name, part in sections.items()})


def _forms(section: Mapping[str, str | dict[str, str]]) -> dict[str, Forms]:
    """Give a sentence that counts nothing the one form that every language has."""
    return {
        key: {"other": value} if isinstance(value, str) else value for key, value in section.items()
    }
