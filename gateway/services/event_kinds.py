"""The kinds of event that a webhook can be told of. Stable across releases; more may come."""

from __future__ import annotations

from typing import Final

EVENT_KINDS: Final = {
    "redemption.held": "Points were reserved for a cart.",
    "redemption.captured": "An order was paid with the discount; the points are spent.",
    "redemption.released": "Reserved points were given back before any order.",
    "redemption.expired": "A hold ran out and its points were given back.",
    "redemption.refunded": "Spent points were given back after an order.",
    "points.granted": "Points or store credit were given by hand or by an import.",
    "points.withdrawn": "Points or store credit were taken by hand.",
    "points.earned": "An order or an occasion earned points; they may be pending still.",
    "points.available": "Pending points can be spent now.",
    "points.expiring_soon": "Points are about to expire.",
    "points.expired": "Points have expired.",
    "points.clawed_back": "Earned points were taken back, since the order was undone.",
    "customer.merged": "A customer was merged into another one.",
    "customer.erased": "A customer was forgotten; forget it too.",
    "tier.changed": "A customer has reached or left a tier.",
}
"""Each with what has happened. `webhook.test` is sent on request, and cannot be filtered."""

TEST_KIND: Final = "webhook.test"
