"""One good row of each table of outbound webhooks, and what breaks its CHECK constraints."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

GOOD_WEBHOOKS: dict[str, Values] = {
    "webhook_endpoint": {
        "merchant_id": 1,
        "id": 11,
        "url": "https://shop.example/hooks",
        "description": "",
        "events": "[]",
        "secret": "sealed",
        "enabled": True,
        "created_at": 1,
        "updated_at": 1,
    },
    "webhook_delivery": {
        "merchant_id": 1,
        "id": 12,
        "endpoint_id": 11,
        "message_id": "m",
        "kind": "webhook.test",
        "body": "{}",
        "state": "PENDING",
        "attempts": 0,
        "next_attempt_at": 1,
        "log": "[]",
        "created_at": 1,
    },
}

BAD_WEBHOOKS: dict[str, tuple[str, list[Values]]] = {
    "webhook_endpoint_url": ("webhook_endpoint", [{"url": ""}, {"url": "u" * 2_001}]),
    "webhook_endpoint_disabled": (
        "webhook_endpoint",
        [{"enabled": False}, {"disabled_reason": "GONE"}],
    ),
    "webhook_endpoint_reason": (
        "webhook_endpoint",
        [{"enabled": False, "disabled_reason": "TIRED"}],
    ),
    "webhook_endpoint_rotated": (
        "webhook_endpoint",
        [{"previous_secret": "sealed"}, {"previous_until": 9}],
    ),
    "webhook_delivery_state": (
        "webhook_delivery",
        [{"state": "LOST", "next_attempt_at": None, "finished_at": 9}],
    ),
    "webhook_delivery_due": (
        "webhook_delivery",
        [{"next_attempt_at": None}, {"state": "DELIVERED", "finished_at": 9}],
    ),
    "webhook_delivery_finished": (
        "webhook_delivery",
        [{"finished_at": 9}, {"state": "FAILED", "next_attempt_at": None}],
    ),
    "webhook_delivery_attempts": ("webhook_delivery", [{"attempts": -1}]),
}
