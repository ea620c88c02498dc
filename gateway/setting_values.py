"""What the text of a setting may be: one parser a kind, with the words for what is allowed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

_LONGEST_NUMBER = 12
SQLITE = "sqlite:///"
"""How the address of a SQLite database begins; the path of its file follows as it is."""


class Parser(NamedTuple):
    """How the text of a setting becomes its value."""

    allowed: str
    """What is allowed, in words."""
    read: Callable[[str], Any]
    """The value of a text; raise ValueError when the text is not allowed."""


def whole(low: int, high: int) -> Parser:
    """A whole number from `low` to `high`, both included."""

    def read(text: str) -> int:
        # The length comes first: Python refuses to read very long numbers, in other words.
        digits = text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
        if not digits or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return Parser(f"a whole number, {low} to {high}", read)


def choice(*options: str) -> Parser:
    """One of a few words, spelt exactly so."""

    def read(text: str) -> str:
        if text not in options:
            raise ValueError
        return text

    return Parser(" or ".join(options), read)


def secret(characters: int) -> Parser:
    """A printable text of `characters` at least."""

    def read(text: str) -> str:
        if len(_text(text)) < characters:
            raise ValueError
        return text

    return Parser(f"at least {characters} printable characters", read)


def without_password(url: str) -> str:
    """The address of a database, fit for a log."""
    if url.startswith(SQLITE):
        return url
    parts = urlsplit(url)
    user, at, server = parts.netloc.rpartition("@")
    hidden = f"{user.partition(':')[0]}:***" if ":" in user else user
    # The query may hold a password as well: libpq reads one there.
    return parts._replace(netloc=hidden + at + server, query="***" if parts.query else "").geturl()


def read_toml(path: Path) -> dict[str, str]:
    """The values of a TOML file as the environment would give them.

    Raise OSError or ValueError when the file cannot be read or is not TOML.
    """
    content = tomllib.loads(path.read_text("utf-8"))
    return {key: _as_text(value) for key, value in content.items()}


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(_as_text(item) for item in cast("list[object]", value))
    # No setting is a table; an empty text is allowed nowhere.
    return "" if isinstance(value, dict) else str(value)


def _boolean(text: str) -> bool:
    if text.lower() not in ("true", "false", "1", "0"):
        raise ValueError
    return text.lower() in ("true", "1")


def _text(text: str) -> str:
    if not text or text != text.strip() or not text.isprintable():
        raise ValueError
    return text


def _path(text: str) -> Path:
    return Path(_text(text))


def _database_url(text: str) -> str:
    if text.startswith(SQLITE):
        name = _text(text).removeprefix(SQLITE)
        if not name or name.startswith(":") or name.endswith("/"):
            raise ValueError
        return text
    parts = urlsplit(_text(text))
    named = parts.hostname and parts.path.strip("/") and parts.port != 0
    if parts.scheme not in ("postgres", "postgresql") or not named:
        raise ValueError
    return text


def _origins(text: str) -> tuple[str, ...]:
    origins = tuple(origin.strip() for origin in text.split(","))
    for origin in origins:
        parts = urlsplit(origin)
        web = parts.scheme in ("http", "https") and parts.netloc
        # A browser sends the bare origin, so one with a path would never match.
        if origin != "*" and not (web and origin == f"{parts.scheme}://{parts.netloc}"):
            raise ValueError
    return origins


def _origin(text: str) -> str:
    (origin,) = _origins(text)
    if origin == "*":
        raise ValueError
    return origin


def _paths(text: str) -> tuple[Path, ...]:
    return tuple(_path(path.strip()) for path in text.split(","))


def _addresses(text: str) -> tuple[str, ...]:
    addresses = tuple(address.strip() for address in text.split(","))
    for address in addresses:
        # Its own error is a ValueError. Whoever trusts every address trusts what a client writes.
        if not ip_network(address).prefixlen:
            raise ValueError
    return addresses


BOOLEAN = Parser("true or false", _boolean)
DIRECTORY = Parser("a directory", _path)
PATHS = Parser("files or directories, with commas between them", _paths)
HOST = Parser("a host name or an address", _text)
NAME = Parser("a text without spaces at its ends", _text)
DATABASE = Parser(
    "sqlite:///relative/path, sqlite:////absolute/path or postgres://user@host/name", _database_url
)
ORIGINS = Parser("origins such as https://shop.example, with commas between them, or *", _origins)
ORIGIN = Parser("an origin such as https://loyalty.shop.example", _origin)
ADDRESSES = Parser(
    "addresses and networks, such as ::1 or 10.0.0.0/8, with commas between", _addresses
)
