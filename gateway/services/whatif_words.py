"""What each figure of a what-if is, in words for the merchant."""

from __future__ import annotations

from typing import Final

DEFINITIONS: Final = {
    "carts": "Carts that customers previewed on these days, each once, as it was looked at last."
    " What the customer had then is taken as it was: points, tier, tags, lines. Where the cart"
    " became an order, the order's total counts.",
    "orders": "Carts that became an order: by the cart of the redemption, or the same id, or as the"
    " last cart that the customer looked at within a day before.",
    "now_and_draft": "Now: the rules that are live now. Draft: the same with the draft in the place"
    " of the rule that it edits, or beside all others. Both are worked out in the same way, by the"
    " checkout's own evaluator, on the same carts. The dates of the rule itself are left out: it is"
    " tried as if it had been live on all these days. Other rules hold by their own dates.",
    "able_carts": "Carts on which points could be redeemed, with the points that were there.",
    "take_up": "Of the orders on which points could be redeemed when they were placed, those on"
    " which they were. Where there was no such order, everybody is assumed.",
    "range": "At least: points are used on those orders on which they were. At most: on every"
    " order on which they can be. Expected: on those on which they were, and of those on which"
    " nobody could, on as many as the take-up says. Whoever redeems uses as many points as the"
    " rule allows.",
    "discount": "What points would have taken off, the cost of the rule. Points that are spent in"
    " the replay are missing on the customer's later carts, and those that are not are there.",
    "average_order": "The total of all orders before points, by their number; and the same after"
    " the discount that is expected. It is assumed that the same orders are placed.",
    "zero_orders": "Orders that points would have paid in full.",
    "refusals": "Why carts got nothing: the first reason of each.",
    "tiers": "By the tier that the customer was in then. A customer of two tiers counts in both.",
    "gainers_and_losers": "Customers whose discounts of all these days would be larger or smaller"
    " with the draft, if they used points whenever they can.",
    "left_out": "Points that a smaller or larger discount would have earned, points that would have"
    " expired, store credit, and orders that would not have been placed, or only then. Customers"
    " who were merged or erased since, and those of the go-live test, are not in it.",
}
"""By name; shown beside the figures."""
