"""Reads manifests of trusted documents, as the tools of client builds write them.

- GraphQL Code Generator's client preset, and Relay's compiler: `{id: text}`.
- Apollo's `generate-persisted-query-manifest`: a list of operations with `id`, `name`, `body`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import orjson

from gateway.errors import ConfigurationError
from gateway.http.naming import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

APOLLO = "apollo-persisted-query-manifest"
_OPERATION = re.compile(r"\b(?:query|mutation|subscription)\s+(\w+)")


class Entry(NamedTuple):
    """One document of a manifest."""

    file: Path
    id: str
    text: str

    @property
    def name(self) -> str:
        """The name of its first operation, for people."""
        found = _OPERATION.search(self.text)
        return found[1] if found else "a document without a name"


def read_manifests(paths: Iterable[Path]) -> list[Entry]:
    """Return the documents of all manifests; a directory stands for its `*.json` files.

    Raises ConfigurationError naming the file that cannot be read, and the entry at fault.
    """
    return [entry for path in paths for file in _files(path) for entry in _entries(file)]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.json"))
    if not files:
        raise ConfigurationError(f"{path} holds no manifest of documents: no *.json file.")
    return files


def _entries(file: Path) -> Iterator[Entry]:
    try:
        content = orjson.loads(file.read_bytes())
    except OSError as error:
        raise ConfigurationError(f"{file} cannot be read: {error.strerror}.") from None
    except orjson.JSONDecodeError as error:
        raise ConfigurationError(f"{file} is not valid JSON in UTF-8: {error}.") from None
    pairs = _pairs(content)
    if pairs is None:
        raise ConfigurationError(
            f"{file} is no manifest of documents: neither an object of texts by id, nor"
            f' {{"format": "{APOLLO}", "version": 1, "operations": […]}}.'
        )
    if not pairs:
        raise ConfigurationError(f"{file} holds no documents.")
    for key, text in pairs:
        if not isinstance(key, str) or not 0 < len(key) <= LONGEST or not isinstance(text, str):
            raise ConfigurationError(
                f"{file}: {str(key)[:LONGEST]!r} is not an id of 1 to {LONGEST} characters with"
                " the text of a document."
            )
        yield Entry(file, key, text)


def _pairs(content: object) -> list[tuple[object, object]] | None:
    """Return ids with texts, not yet checked; None where it is no manifest at all."""
    if not isinstance(content, dict):
        return None
    manifest = cast("dict[str, Any]", content)
    if "format" not in manifest:
        return list(manifest.items())
    operations = manifest.get("operations")
    if manifest["format"] != APOLLO or manifest.get("version") != 1:
        return None
    if not isinstance(operations, list):
        return None
    return [_operation(each) for each in cast("list[object]", operations)]


def _operation(given: object) -> tuple[object, object]:
    if not isinstance(given, dict):
        return given, None
    operation = cast("dict[str, object]", given)
    return operation.get("id"), operation.get("body")
