"""Passwords of staff: argon2id, off the event loop, and never many at a time.

A hash is made to be slow, and whoever likes may ask for one by trying to sign in. So they are
worked out one after the other in one thread of low priority: a checkout always goes first.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from gateway.errors import RequestCode, RequestError
from gateway.services.checks import check

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")

SHORTEST: Final = 12
LONGEST: Final = 200
LEAST_DIFFERENT: Final = 5
MOST_WAITING: Final = 16
_MEMORY_KIB: Final = 47_104  # the first of OWASP's choices for argon2id
_NICENESS: Final = 10


def check_password(password: str, *known: str) -> None:
    """Refuse a password that is short, or that everyone knows. Raises LoyaltyError."""
    length = SHORTEST <= len(password) <= LONGEST
    check(length, f"A password has {SHORTEST} to {LONGEST} characters.", "password")
    varied = len(set(password)) >= LEAST_DIFFERENT
    check(varied, "The password repeats too few characters.", "password")
    lowered = password.lower()
    own = any(word and word in lowered for word in map(str.lower, known))
    check(not own, "The password contains the name or the e-mail address.", "password")


class Passwords:
    """Makes and checks hashes. One per process."""

    def __init__(self) -> None:
        self._waiting = 0
        self._thread: ThreadPoolExecutor | None = None

    async def hash(self, password: str) -> str:
        """The hash to store. Raises RequestError(OVERLOADED) where too many wait."""
        return await self._worked_out(lambda: self._hasher.hash(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is that password; without a stored hash it is not, and takes as long.

        Raises RequestError(OVERLOADED) where too many wait.
        """
        return await self._worked_out(lambda: self._matches(stored, password))

    def close(self) -> None:
        """End the thread, if there is one."""
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = None

    async def _worked_out(self, work: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            text = "Too many people sign in at this moment. Try again."
            raise RequestError(RequestCode.OVERLOADED, text, retry_after_seconds=2)
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "passwords", _behind_everyone)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1

    def _matches(self, stored: str | None, password: str) -> bool:
        from argon2.exceptions import VerificationError  # noqa: PLC0415 - only where one signs in

        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except VerificationError:
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher  # noqa: PLC0415 - only where one signs in

        return PasswordHasher(time_cost=1, memory_cost=_MEMORY_KIB, parallelism=1)

    @cached_property
    def _nobody(self) -> str:
        """What is compared with where there is nobody."""
        return self._hasher.hash("nobody has this password")


def _behind_everyone() -> None:
    """Let this thread wait for the others. Linux alone has priorities of threads."""
    setpriority: Callable[[int, int, int], None] | None = getattr(os, "setpriority", None)
    if setpriority is not None:
        setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
