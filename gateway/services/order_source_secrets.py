"""Keeps the secrets of order sources: they must be read again, so each is encrypted by itself."""

from __future__ import annotations

import logging
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from gateway.services.secrets import derive

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

# `cryptography` takes a good part of a second to load: it is loaded where it is first used.

_log = logging.getLogger(__name__)


class SourceSecrets:
    """Seals and opens. What was sealed under one name opens under no other."""

    def __init__(self, secret_key: str) -> None:
        """`secret_key` is that of the installation."""
        self._secret_key = secret_key

    def seal(self, name: str, secret: str, now: int) -> str:
        """The form in which a secret is stored; `now` in microseconds."""
        return self._fernet(name).encrypt_at_time(secret.encode(), now // 1_000_000).decode()

    def open(self, name: str, sealed: str) -> str | None:
        """The secret; None, and a line in the log, if it was sealed under another secret key."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - slow to load, see above

        try:
            return self._fernet(name).decrypt(sealed).decode()
        except InvalidToken:
            _log.warning("The secret of %s was stored under another secret key", name)
            return None

    def _fernet(self, name: str) -> Fernet:
        from cryptography.fernet import Fernet  # noqa: PLC0415 - slow to load, see above

        return Fernet(urlsafe_b64encode(derive(self._secret_key, f"storage v1 {name}")))
