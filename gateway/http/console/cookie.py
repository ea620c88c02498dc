"""The session cookie, and which requests it counts for.

A browser sends a cookie with whatever a page asks for, also a stranger's page. So the cookie alone
opens nothing: the request has to be a POST (or a DELETE) with a header that only a script can set,
and no page of another origin can set it without asking first; and its `Origin` has to be this very
address. Without that header a cookie is not even looked at.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final

from gateway.errors import RequestCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

HEADER: Final = b"x-loyalty-console"
SECURE_NAME: Final = "__Host-loyalty_session"
"""A browser takes a cookie of that name over TLS only, for this host and all of its paths."""
PLAIN_NAME: Final = "loyalty_session"
"""For a gateway that is tried out without TLS on the machine itself."""
FOREIGN: Final = "The console answers its own pages alone."
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_METHODS: Final = ("POST", "DELETE")

Headers = "Mapping[bytes, bytes]"


def asked_by_console(headers: Mapping[bytes, bytes]) -> bool:
    """Whether the request says that it is the console's."""
    return headers.get(HEADER) == b"1"


def require_own_page(scope: Scope, headers: Mapping[bytes, bytes]) -> None:
    """Refuse what a page of another origin could have sent. Raises RequestError(FORBIDDEN)."""
    origin = headers.get(b"origin", b"").partition(b"://")[2]
    host = headers.get(b"host", b"").lower()
    site = headers.get(b"sec-fetch-site", b"same-origin")
    own = bool(origin) and origin == host and site == b"same-origin"
    if not (own and asked_by_console(headers) and scope.get("method") in _METHODS):
        raise RequestError(RequestCode.FORBIDDEN, FOREIGN)


def session_token(scope: Scope, headers: Mapping[bytes, bytes]) -> str | None:
    """The token in the cookie, by the name that this address has for it; None without one."""
    try:
        cookies = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        return None
    found = cookies.get(_name(scope, headers))
    return found.value if found is not None and found.value else None


def cookie(
    scope: Scope, headers: Mapping[bytes, bytes], token: str, seconds: int
) -> tuple[bytes, bytes]:
    """The header that hands the token over; with 0 seconds, the one that takes it away."""
    name = _name(scope, headers)
    secure = "; Secure" if name == SECURE_NAME else ""
    text = f"{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    return b"set-cookie", text.encode("ascii")


def _name(scope: Scope, headers: Mapping[bytes, bytes]) -> str:
    host = headers.get(b"host", b"").decode("latin-1").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    plain = scope.get("scheme") == "http" and name in _LOOPBACK
    return PLAIN_NAME if plain else SECURE_NAME
