"""What a merchant may write as the address of a webhook. Where it leads is checked when sending."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from gateway.services.checks import check, refuse

LONGEST: Final = 2_000
PORTS: Final = (443, 8443)
"""Others would let a merchant knock at what is no web server."""
_FIELD: Final = "url"
_PLAIN: Final = re.compile(r"[\x21-\x7e]+")
_NAME: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_INSIDE: Final = re.compile(r".*\.(?:localhost|local|internal|lan|home|corp|arpa|onion|test)")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_url(text: str, *, private: bool) -> str:
    """The address, if events may be sent there. Raises LoyaltyError(INVALID_INPUT).

    `private` is for development: then also `http` to this machine, any port and any host.
    """
    check(0 < len(text) <= LONGEST, f"A URL has 1 to {LONGEST} characters.", _FIELD)
    check(_PLAIN.fullmatch(text) is not None, "A URL has ASCII characters and no space.", _FIELD)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise refuse("This is no URL.", _FIELD) from None
    check("@" not in parts.netloc, "A URL must hold no user name or password.", _FIELD)
    check(not parts.fragment, "A URL must have no fragment.", _FIELD)
    check("\\" not in text, "A URL must have no backslash.", _FIELD)
    if private and parts.scheme == "http":
        check(host in _LOOPBACK, "Plain http is for this machine only.", _FIELD)
        return text
    check(parts.scheme == "https", "A webhook is sent over https only.", _FIELD)
    check(bool(host), "A URL has a host.", _FIELD)
    if not private:
        named = _NAME.fullmatch(host) is not None and not _INSIDE.fullmatch(host)
        check(named, "The host must be a public domain name, not an address.", _FIELD)
        allowed = port is None or port in PORTS
        check(allowed, "The port must be 443 or 8443.", _FIELD)
    return text
