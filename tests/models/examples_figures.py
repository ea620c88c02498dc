"""One good row of each table of figures, and what breaks its CHECK constraints."""

from __future__ import annotations

from typing import Any

Values = dict[str, Any]

_SUMS: Values = dict.fromkeys(
    (
        "orders",
        "total_minor",
        "redeemed_orders",
        "redeemed_total_minor",
        "repeat_orders",
        "repeat_paid_minor",
        "repeat_returned_minor",
        "discount_minor",
        "discount_returned_minor",
        "issued_points",
        "spent_points",
        "returned_points",
        "checkouts",
        "able_checkouts",
        "able_completed",
    ),
    1,
)

GOOD_FIGURES: dict[str, Values] = {
    "checkout_seen": {
        "merchant_id": 1,
        "customer_id": 7,
        "cart_id": "cart",
        "day": 0,
        "redeemable": True,
        "available_points": 100,
        "total_minor": 500,
        "discount_minor": 100,
        "previews": 1,
        "first_at": 1,
        "last_at": 1,
    },
    "call_count": {
        "merchant_id": 1,
        "day": 0,
        "call": "applyRedemption",
        "done": 1,
        "refused": 0,
        "failed": 0,
    },
    "support_ticket": {"merchant_id": 1, "reference": "T-1", "day": 0, "at": 1},
    "customer_figure": {"merchant_id": 1, "customer_id": 7, "day": 0, **_SUMS, "buyer_before": -1},
    "daily_figure": {
        "merchant_id": 1,
        "day": 0,
        **_SUMS,
        "buyers": 1,
        "repeat_buyers": 0,
        "redeemers": 0,
    },
    "daily_reach": {
        "merchant_id": 1,
        "kind": "BUYER",
        "day": 0,
        "day_before": -1,
        "customers": 1,
    },
    "figure_due": {"merchant_id": 1, "customer_id": 7, "asked": 1},
    "figure_day_due": {"merchant_id": 1, "day": 0, "asked": 1},
    "figure_mark": {"merchant_id": 0, "read_until": 1},
}

BAD_FIGURES: dict[str, tuple[str, list[Values]]] = {
    "checkout_seen_amounts": (
        "checkout_seen",
        [
            {"available_points": -1},
            {"total_minor": -1},
            {"discount_minor": -1},
            {"previews": 0},
        ],
    ),
    "checkout_seen_times": ("checkout_seen", [{"first_at": 2}]),
    "checkout_seen_lines": ("checkout_seen", [{"tags": "[]", "lines": "x" * 8_001}]),
    "call_count_not_negative": (
        "call_count",
        [{"done": -1}, {"refused": -1}, {"failed": -1}],
    ),
    "support_ticket_reference": (
        "support_ticket",
        [{"reference": ""}, {"reference": "r" * 256}],
    ),
    "daily_reach_kind": ("daily_reach", [{"kind": "SEEN"}]),
    "daily_reach_order": ("daily_reach", [{"day_before": 0}, {"customers": 0}]),
}
