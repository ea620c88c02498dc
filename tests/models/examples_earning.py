"""One good row of each table of earning, and what breaks its CHECK constraints."""

from __future__ import annotations

from typing import Any

GOOD_EARNING: dict[str, dict[str, Any]] = {
    "earning_program": {
        "merchant_id": 1,
        "return_window_seconds": 0,
        "expiry_seconds": 31_536_000,
        "reminder_seconds": None,
        "tier_measure": "POINTS_EARNED",
        "tiers": "[]",
        "excluded_product_ids": "[]",
        "excluded_collection_ids": "[]",
    },
    "earning_rule": {
        "merchant_id": 1,
        "id": 5,
        "version": 1,
        "current": True,
        "name": "Rule",
        "kind": "ORDER",
        "points": 1,
        "per_minor": 1_000,
        "tier_multiplied": True,
        "minimum_order_minor": 0,
        "product_ids": "[]",
        "collection_ids": "[]",
        "excluded_product_ids": "[]",
        "excluded_collection_ids": "[]",
        "tiers": "[]",
        "tags": "[]",
        "created_at": 1,
        "edited_at": 1,
    },
}
BAD_EARNING: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "earning_program_seconds": (
        "earning_program",
        [{"return_window_seconds": -1}, {"expiry_seconds": 0}, {"reminder_seconds": 0}],
    ),
    "earning_program_measure": ("earning_program", [{"tier_measure": "ORDERS"}]),
    "earning_rule_kind": ("earning_rule", [{"kind": "REFERRAL", "per_minor": 0}]),
    "earning_rule_points": ("earning_rule", [{"points": 0}, {"points": 2**53}]),
    "earning_rule_rate": (
        "earning_rule",
        [{"per_minor": 0}, {"per_minor": 2**53}, {"kind": "CAMPAIGN"}],
    ),
    "earning_rule_bounds": (
        "earning_rule",
        [
            {"minimum_order_minor": -1},
            {"minimum_order_minor": 2**53},
            {"starts_at": 5, "ends_at": 5},
            {"expiry_seconds": 0},
        ],
    ),
}
