"""One good row of each table of order webhooks, and what breaks its CHECK constraints."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

GOOD_INBOUND: dict[str, Values] = {
    "order_source": {
        "merchant_id": 1,
        "id": 12,
        "name": "shopify",
        "kind": "SHOPIFY",
        "secret": "sealed",
        "create_customers": True,
        "customer_prefix": "",
        "order_prefix": "",
        "created_at": 1,
    },
    "inbox": {
        "merchant_id": 1,
        "id": 13,
        "source_id": 12,
        "delivery_id": "d-1",
        "topic": "orders/paid",
        "headers": "{}",
        "body": "{}",
        "state": "WAITING",
        "attempts": 0,
        "received_at": 1,
        "next_attempt_at": 1,
        "keep_until": 9,
    },
}

BAD_INBOUND: dict[str, tuple[str, list[Values]]] = {
    "order_source_kind": ("order_source", [{"kind": "MAGENTO"}]),
    "order_source_name": ("order_source", [{"name": ""}, {"name": "n" * 41}]),
    "order_source_previous": (
        "order_source",
        [{"previous_secret": "sealed"}, {"previous_until": 5}],
    ),
    "inbox_state": ("inbox", [{"state": "LOST"}]),
    "inbox_delivery_id": ("inbox", [{"delivery_id": ""}, {"delivery_id": "d" * 256}]),
    "inbox_attempts": ("inbox", [{"attempts": -1}]),
    "inbox_claimed": ("inbox", [{"state": "DONE", "claimed_until": 5}]),
}
