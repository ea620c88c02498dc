"""How a request names its document instead of, or beside, sending it.

Three ways are in use: `documentId` of GraphQL over HTTP, `doc_id` or `id` of Relay's network
layers, and Apollo's `extensions.persistedQuery`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

HASHED = "sha256:"
"""How an id begins that is the SHA-256 of the document's text, in lower-case hex."""
LONGEST = 256
_HEX_DIGITS = 64
_APOLLO = "extensions.persistedQuery"


class DocumentName(NamedTuple):
    """How a request names its document."""

    id: str
    """Without the prefix of a hash, so that one document has one name in all three ways."""
    hashed: bool
    """Whether it is the hash of the text, or an id that only a manifest can explain."""
    automatic: bool
    """Whether the client speaks Apollo's protocol, and registers what is not found."""


def named(parameters: Mapping[str, Any]) -> DocumentName | None:
    """Return the name that a request gives; None where it gives none.

    `id` counts only where nothing else says what to run: clients also send it as a number of
    their own. Raises ValueError, with words for the caller, where a name is malformed and where
    two names differ.
    """
    names = [
        _name(field, parameters[field])
        for field in ("documentId", "doc_id")
        if parameters.get(field) is not None
    ]
    extensions = parameters.get("extensions")
    apollo = extensions.get("persistedQuery") if extensions else None
    if apollo is not None:
        names.append(_of_apollo(apollo))
    if not names:
        if parameters.get("query") or parameters.get("id") is None:
            return None
        return _name("id", parameters["id"])
    if len({name.id for name in names}) > 1:
        raise ValueError("The request names two documents: name one.")
    return names[-1]


def _name(field: str, value: object, *, automatic: bool = False) -> DocumentName:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        raise ValueError(f"`{field}` must be a string of 1 to {LONGEST} characters.")
    payload = value.removeprefix(HASHED)
    hashed = automatic or value.startswith(HASHED) or len(payload) == _HEX_DIGITS
    return DocumentName(payload, hashed, automatic)


def _of_apollo(given: object) -> DocumentName:
    if not isinstance(given, dict):
        raise ValueError(f"`{_APOLLO}` must be an object.")  # noqa: TRY004 - of the request's text
    fields = cast("dict[str, Any]", given)
    if fields.get("version") != 1:
        raise ValueError(f"`{_APOLLO}.version` must be 1.")
    return _name(f"{_APOLLO}.sha256Hash", fields.get("sha256Hash"), automatic=True)
