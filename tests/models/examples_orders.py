"""Good and bad rows of orders, their days and awards."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]
_HOLDER = {"merchant_id": 1, "customer_id": 7}

GOOD_ORDERS: dict[str, Values] = {
    "customer_order": {
        **_HOLDER,
        "order_id": "o",
        "id": 5,
        "digest": "d",
        "total_minor": 500,
        "paid_minor": 400,
        "placed_at": 1,
        "completed_at": 1,
        "refunds": "[]",
        "refunded_minor": 100,
        "earned_points": 40,
        "clawed_points": 10,
        "forgiven_points": 5,
        "earnings": "[]",
        "created_at": 1,
        "updated_at": 1,
    },
    "customer_day": {**_HOLDER, "day": 0, "spent_minor": 300, "earned_points": 30, "orders": 1},
    "award": {**_HOLDER, "occasion": "SIGN_UP", "rule_id": 3, "points": 50, "at": 1},
}

BAD_ORDERS: dict[str, tuple[str, list[Values]]] = {
    "customer_order_id": ("customer_order", [{"order_id": ""}, {"order_id": "o" * 256}]),
    "customer_order_amounts": (
        "customer_order",
        [
            {"total_minor": -1},
            {"paid_minor": -1, "refunded_minor": 0},
            {"refunded_minor": -1},
            {"refunded_minor": 401},
            {"completed_at": None, "paid_minor": None},
            {"earned_points": -1, "clawed_points": -1, "forgiven_points": -1},
            {"clawed_points": 41},
            {"clawed_points": -1, "forgiven_points": -1},
            {"forgiven_points": 11},
            {"forgiven_points": -1},
        ],
    ),
    "customer_order_completed": (
        "customer_order",
        [
            {"digest": None},
            {"total_minor": None},
            {"paid_minor": None, "refunded_minor": 0},
            {"placed_at": None},
        ],
    ),
    "customer_day_not_negative": (
        "customer_day",
        [{"spent_minor": -1}, {"earned_points": -1}, {"orders": -1}],
    ),
}
