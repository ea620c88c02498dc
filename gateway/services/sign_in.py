"""The door of the console: from an address and a password to a session.

Whoever is refused is told one thing, and as late as anyone else, whatever was wrong: an address
that nobody has, a password, an account that is locked or shut. So nobody learns who works here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gateway.errors import RequestCode, RequestError
from gateway.services.database import statement
from gateway.services.identity import normal_email
from gateway.services.passwords import Passwords, check_password
from gateway.services.staff import StaffView, view_of
from gateway.services.staff_links import Invited, gone, look_at, redeem
from gateway.services.staff_sessions import Lives, start_session
from gateway.throttling.bucket import Rate
from gateway.throttling.guesses import Guesses
from models.merchant import Merchant
from models.staff import Staff

SECOND: Final = 1_000_000
MOST_TRIES: Final = 5
LOCKED_SECONDS: Final = 900
MOST_MERCHANTS: Final = 5
"""Of one address: each costs a hash."""
TRIES: Final = Rate(1, 20, 30)
"""Failed tries of one client address: twenty at once, and one more every half minute."""
REFUSED_AFTER_SECONDS: Final = 0.6
"""Longer than a few hashes take."""
WRONG: Final = (
    "The e-mail address or the password is wrong. After five wrong tries an account is locked for"
    " 15 minutes."
)
WHAT: Final = "failed tries to sign in from this address"
_FAILED: Final = (
    "UPDATE staff SET failed_tries = failed_tries + 1, locked_until = CASE"
    " WHEN failed_tries + 1 >= ? THEN ? ELSE locked_until END WHERE merchant_id = ? AND id = ?"
)
_FORGIVEN: Final = (
    "UPDATE staff SET failed_tries = 0, locked_until = NULL WHERE merchant_id = ? AND id = ?"
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is in, and the token of the session."""

    who: StaffView
    token: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who works for several merchants, and has to say for which."""

    merchants: tuple[tuple[int, str], ...]
    """Id and name of each."""


class SignIn:
    """Signs people in. One per process."""

    def __init__(
        self,
        clock: Callable[[], int],
        lives: Lives,
        refused_after_seconds: float = REFUSED_AFTER_SECONDS,
    ) -> None:
        """Take the clock in microseconds."""
        self.lives = lives
        self.passwords = Passwords()
        self._clock = clock
        self._refused_after = refused_after_seconds
        self._guesses = Guesses(TRIES, clock, WHAT)

    async def sign_in(
        self, email: str, password: str, address: str, merchant_id: int | None = None
    ) -> SignedIn | Choice:
        """Let somebody in. Raises RequestError: UNAUTHENTICATED, always the same, and THROTTLED."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._refused_after
        with self._guesses.looking_up(address) as found_it:
            right = await self._right(normal_email(email), password, merchant_id)
            if right:
                found_it()
        if not right:
            await asyncio.sleep(deadline - loop.time())
            raise RequestError(RequestCode.UNAUTHENTICATED, WRONG)
        if len(right) > 1:
            names = {row.id: row.name for row in await Merchant.filter(id__in=list(_ids(right)))}
            return Choice(tuple((number, names[number]) for number in _ids(right)))
        return await self._let_in(view_of(right[0]))

    async def invited(self, token: str, address: str) -> Invited:
        """Whom a link is for. Raises LoyaltyError where it does not work, and as `sign_in`."""
        with self._guesses.looking_up(address) as found_it:
            invited = await look_at(token, self._clock())
            if invited is not None:
                found_it()
        if invited is None:
            raise gone()
        return invited

    async def accept(self, token: str, name: str | None, password: str, address: str) -> SignedIn:
        """Set the password that somebody chose by a link, and let them in.

        Raises LoyaltyError for a link that does not work, and for a weak password.
        """
        invited = await self.invited(token, address)
        email = invited.staff.email
        check_password(password, email, email.partition("@")[0], name or "")
        hashed = await self.passwords.hash(password)
        return await self._let_in(await redeem(token, name, hashed, self._clock()))

    async def _let_in(self, who: StaffView) -> SignedIn:
        return SignedIn(who, await start_session(who, self.lives, self._clock()))

    async def _right(self, email: str, password: str, merchant_id: int | None) -> list[Staff]:
        """The accounts that this opens, each of another merchant."""
        found = Staff.filter(email=email).order_by("merchant_id").limit(MOST_MERCHANTS)
        rows = await (found if merchant_id is None else found.filter(merchant_id=merchant_id))
        if not rows:
            await self.passwords.verify(None, password)
        return [row for row in rows if await self._opens(row, password)]

    async def _opens(self, row: Staff, password: str) -> bool:
        now = self._clock()
        shut = row.disabled_at is not None or (row.locked_until or 0) > now
        right = await self.passwords.verify(None if shut else row.password_hash, password)
        if right and row.failed_tries:
            await statement(_FORGIVEN, row.merchant_id, row.id)
        elif not right and not shut:
            until = now + LOCKED_SECONDS * SECOND
            await statement(_FAILED, MOST_TRIES, until, row.merchant_id, row.id)
        return right


def _ids(rows: list[Staff]) -> tuple[int, ...]:
    return tuple(row.merchant_id for row in rows)
