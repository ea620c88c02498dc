"""What a merchant may write as an origin: scheme and host, and a port where it is not the usual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gateway.services.checks import check, refuse

MOST_ORIGINS: Final = 50
LONGEST: Final = 255
LAST_PORT: Final = 65_535
_FIELD: Final = "allowedOrigins"
_ORIGIN: Final = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://"
    r"(?P<host>\[[0-9a-f:.]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)"
    r"(?::(?P<port>[0-9]{1,5}))?"
)
_LOOPBACK: Final = re.compile(r"(?:.+\.)?localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")
_USUAL_PORT: Final = {"http": 80, "https": 443}
_NO_PAGES: Final = frozenset(
    {"about", "blob", "data", "file", "filesystem", "ftp", "javascript", "null", "ws", "wss"}
)


def checked_origins(entries: Sequence[str]) -> tuple[str, ...]:
    """The origins as browsers write them, each once, in order.

    Raises LoyaltyError(INVALID_INPUT) with the entry that is to blame and what is wrong with it.
    """
    check(len(entries) <= MOST_ORIGINS, f"At most {MOST_ORIGINS} origins are allowed.", _FIELD)
    found = [_checked(entry, place) for place, entry in enumerate(entries)]
    return tuple(sorted(set(found)))


def _checked(entry: str, place: int) -> str:
    wrong = "is too long" if len(entry) > LONGEST else _wrong(entry.lower())
    if wrong is not None:
        shown = entry[:100].encode("unicode_escape").decode()
        detail = f'"{shown}" {wrong}; write for example https://shop.example.'
        raise refuse(detail, _FIELD, str(place))
    return _as_browsers_write(entry.lower())


def _wrong(text: str) -> str | None:
    """What is wrong with an entry, in words that follow it; None when it is in order."""
    parts = _ORIGIN.fullmatch(text)
    if parts is None:
        start = _ORIGIN.match(text)
        if start is not None and text[start.end()] in "/?#":
            return "has a path, which an origin has not, not even a slash at its end"
        return "is no origin: a scheme, a host in ASCII, and a port if it is not the usual one"
    scheme, host, port = parts["scheme"], parts["host"], parts["port"]
    if scheme in _NO_PAGES:
        return f"has the scheme {scheme}, of which no page can call"
    if scheme == "http" and not _LOOPBACK.fullmatch(host):
        return "must be https: http is for this machine only (localhost)"
    if port is not None and not 0 < int(port) <= LAST_PORT:
        return "has a port that is not from 1 to 65535"
    return None


def _as_browsers_write(origin: str) -> str:
    """Without the port that goes without saying."""
    scheme, _, rest = origin.partition("://")
    usual = f":{_USUAL_PORT.get(scheme)}"
    return origin.removesuffix(usual) if re.search(r":[0-9]+$", rest) else origin
