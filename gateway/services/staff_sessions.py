"""Sessions of staff: a browser that has signed in, until it signs out or is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.services.database import statement
from gateway.services.secrets import merchant_of, new_token, secret_hash
from gateway.services.staff import Role, StaffView

PREFIX: Final = "cs_"
SECOND: Final = 1_000_000
SEEN_SECONDS: Final = 60
"""When a session was last used is known to this precision, and written no more often."""

_MAKE: Final = (
    "INSERT INTO staff_session"
    " (merchant_id, token_hash, staff_id, created_at, seen_at, expires_at)"
    " VALUES (?, ?, ?, ?, ?, ?)"
)
_FIND: Final = (
    "SELECT s.staff_id, s.seen_at, s.expires_at, p.name, p.role FROM staff_session s"
    " JOIN staff p ON p.merchant_id = s.merchant_id AND p.id = s.staff_id"
    " WHERE s.merchant_id = ? AND s.token_hash = ? AND p.disabled_at IS NULL"
)
_SEEN: Final = (
    "UPDATE staff_session SET seen_at = ? WHERE merchant_id = ? AND token_hash = ? AND seen_at < ?"
)
_SEEN_PERSON: Final = "UPDATE staff SET seen_at = ? WHERE merchant_id = ? AND id = ?"
_END: Final = "DELETE FROM staff_session WHERE merchant_id = ? AND token_hash = ?"
_OVER: Final = "DELETE FROM staff_session WHERE expires_at <= ?"
_OVER_LINKS: Final = "DELETE FROM staff_invitation WHERE expires_at <= ?"


@dataclass(frozen=True, slots=True)
class Lives:
    """How long a session lives, in seconds."""

    whole: int = 43_200
    idle: int = 3_600
    """Without a request."""


@dataclass(frozen=True, slots=True)
class SessionView:
    """Whose session it is; `expires_at` in microseconds, sooner where nothing is asked."""

    merchant_id: int
    staff_id: int
    name: str
    role: Role
    expires_at: int


async def start_session(who: StaffView, lives: Lives, now: int) -> str:
    """Make a session; its token is told this once."""
    token = new_token(PREFIX, who.merchant_id)
    until = now + lives.whole * SECOND
    digest = secret_hash(token)
    await statement(_MAKE, who.merchant_id, digest, who.id, now, now, until)
    await statement(_SEEN_PERSON, now, who.merchant_id, who.id)
    return token


async def find_session(token: str, lives: Lives, now: int) -> SessionView | None:
    """The session of a token, and that it is used now; None where it has ended.

    Asks the database each time: who is shut out, or has another role, is so at once.
    """
    merchant_id = merchant_of(PREFIX, token)
    if merchant_id is None:
        return None
    digest = secret_hash(token)
    rows = await statement(_FIND, merchant_id, digest)
    if not rows:
        return None
    (row,) = rows
    until = min(row["expires_at"], row["seen_at"] + lives.idle * SECOND)
    if now >= until:
        return None
    if now - row["seen_at"] >= SEEN_SECONDS * SECOND:
        await statement(_SEEN, now, merchant_id, digest, now)
        await statement(_SEEN_PERSON, now, merchant_id, row["staff_id"])
        until = min(row["expires_at"], now + lives.idle * SECOND)
    role = Role(row["role"])
    return SessionView(merchant_id, row["staff_id"], row["name"], role, until)


async def end_session(token: str) -> None:
    """End it now; safe to repeat."""
    merchant_id = merchant_of(PREFIX, token)
    if merchant_id is not None:
        await statement(_END, merchant_id, secret_hash(token))


class Tidying:
    """Drops sessions and links that are over, now and then. Nothing depends on it."""

    EVERY_SECONDS = 3_600

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._next = 0

    async def __call__(self) -> int:
        """Drop them, where it is time for that; nothing is ever left to do at once."""
        now = self._clock()
        if now >= self._next:
            self._next = now + self.EVERY_SECONDS * SECOND
            await statement(_OVER, now)
            await statement(_OVER_LINKS, now)
        return 0
