"""Signing secrets of webhooks: made here, shown once, and encrypted where they are stored."""

from __future__ import annotations

import logging
from base64 import b64encode, urlsafe_b64encode
from functools import lru_cache
from secrets import token_bytes
from typing import TYPE_CHECKING, Final

from gateway.services.secrets import derive

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

PREFIX: Final = "whsec_"
_BYTES: Final = 32
"""Standard Webhooks asks for 24 to 64."""
SECOND: Final = 1_000_000
_log = logging.getLogger(__name__)


def new_webhook_secret() -> str:
    """A secret as Standard Webhooks writes it."""
    return PREFIX + b64encode(token_bytes(_BYTES)).decode()


def sealed(secret: str, secret_key: str, endpoint_id: int, now: int) -> str:
    """The stored form: it opens under its own endpoint only."""
    return _vault(secret_key, endpoint_id).encrypt_at_time(secret.encode(), now // SECOND).decode()


@lru_cache(maxsize=1_024)
def opened(stored: str, secret_key: str, endpoint_id: int) -> str | None:
    """The secret; None where it was stored under another secret key, which is logged.

    Kept in memory: an endpoint that has much to be sent is asked about each second.
    """
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - slow to load

    try:
        return _vault(secret_key, endpoint_id).decrypt(stored).decode()
    except InvalidToken:
        _log.warning("Secret of webhook %s was stored under another secret key", endpoint_id)
        return None


def _vault(secret_key: str, endpoint_id: int) -> Fernet:
    from cryptography.fernet import Fernet  # noqa: PLC0415 - slow to load

    purpose = f"webhook secret storage v1 {endpoint_id}"
    return Fernet(urlsafe_b64encode(derive(secret_key, purpose)))
