"""One good row of each table of orders, and what breaks its CHECK constraints."""

from __future__ import annotations

from typing import Any

_HOLDER: dict[str, Any] = {"merchant_id": 1, "customer_id": 7}
_COMPLETED: dict[str, Any] = {
    "digest": "d",
    "total_minor": 500,
    "paid_minor": 400,
    "placed_at": 1,
    "completed_at": 2,
}

GOOD_ORDERS: dict[str, dict[str, Any]] = {
    "customer_order": {
        **_HOLDER,
        "order_id": "o",
        "id": 21,
        **_COMPLETED,
        "refunds": "[]",
        "refunded_minor": 0,
        "earned_points": 40,
        "clawed_points": 0,
        "forgiven_points": 0,
        "earnings": "[]",
        "created_at": 1,
        "updated_at": 2,
    },
    "customer_day": {
        **_HOLDER,
        "day": 20_000,
        "spent_minor": 400,
        "earned_points": 40,
        "orders": 1,
    },
    "award": {**_HOLDER, "occasion": "SIGN_UP", "rule_id": 5, "points": 50, "at": 1},
}
BAD_ORDERS: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "customer_order_id": ("customer_order", [{"order_id": ""}, {"order_id": "o" * 256}]),
    "customer_order_amounts": (
        "customer_order",
        [
            {"total_minor": -1},
            {"paid_minor": -1},
            {"refunded_minor": -1},
            {"refunded_minor": 401},
            {"earned_points": -1},
            {"clawed_points": 41},
            {"clawed_points": -1},
            {"forgiven_points": 1},
            {"forgiven_points": -1},
        ],
    ),
    "customer_order_completed": (
        "customer_order",
        [{name: None} for name in _COMPLETED if name != "completed_at"],
    ),
    "customer_day_not_negative": (
        "customer_day",
        [{name: -1} for name in ("spent_minor", "earned_points", "orders")],
    ),
}
