"""Signatures by the specification of Standard Webhooks, made by its own library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from standardwebhooks import Webhook

SECOND = 1_000_000


def signed(message_id: str, body: str, secrets: Iterable[str], now: int) -> dict[str, str]:
    """The headers of one attempt at `now`: one signature for each secret, the newest first.

    A receiver that knows any of them accepts the message: so a secret is replaced without a gap.
    """
    seconds = now // SECOND
    at = datetime.fromtimestamp(seconds, UTC)
    made = [Webhook(secret).sign(message_id, at, body) for secret in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(made),
    }
