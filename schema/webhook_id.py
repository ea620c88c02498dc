"""Replacing the Secret Webhook ID."""

from __future__ import annotations

import strawberry

from schema.describe import about
from schema.errors import RedemptionError
from schema.payloads import ERRORS


@strawberry.input(description="How to replace the Secret Webhook ID.")
class RotateSecretWebhookIdInput:
    """How to replace the Secret Webhook ID."""

    overlap_seconds: int = about(
        "How long the old one still works, 0 … 2592000; a day unless given.", default=86_400
    )


@strawberry.type(description="The new Secret Webhook ID.")
class RotateSecretWebhookIdPayload:
    """The new Secret Webhook ID."""

    secret_webhook_id: str | None = about("Shown this once only; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)
