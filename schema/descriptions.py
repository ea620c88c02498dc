"""What each code of the contract means, for the schema's own documentation."""

from __future__ import annotations

CODES = {
    "INTEGRATION_DISABLED": "The merchant has switched Custom Checkout off.",
    "RULE_INACTIVE": "The rule is archived, has not started, has ended, or is not there.",
    "CUSTOMER_NOT_ELIGIBLE": "The rule is for other tiers or tags.",
    "NOT_FIRST_ORDER": "The bonus is for a customer's first order.",
    "NO_ELIGIBLE_ITEMS": "Nothing in the cart, or too little of it, is covered by the rule.",
    "MIN_CART_NOT_REACHED": "The cart is too small; `shortfallAmount` says by how much.",
    "BELOW_ONE_POINT": "Too little is spent for a point; `shortfallAmount` says how much lacks.",
    "INSUFFICIENT_POINTS": "There are too few points; `shortfallPoints` says how many lack.",
    "REQUEST_BELOW_STEP": "Fewer points were asked for than one step of the rule.",
    "MAX_DISCOUNT_REACHED": "One step is worth more than the maximum discount.",
    "MIN_PAYMENT_REQUIRED": "The customer must pay more of this cart than would be left.",
    "CUSTOMER_NOT_FOUND": "There is no such customer, or the caller may not know of it.",
    "CURRENCY_MISMATCH": "The amount is not in the merchant's currency.",
    "INVALID_AMOUNT": "The amount is negative, too exact for its currency, or too large.",
    "INVALID_INPUT": "A value is not allowed; `field` names it and `message` says what is.",
    "NO_RULE_CONFIGURED": "The merchant has no redemption rule yet.",
    "POINTS_NOT_ALLOWED": "Not this many points; `allowedPoints` says how many.",
    "QUOTE_EXPIRED": "The quote's time is over; ask for a new preview.",
    "QUOTE_MISMATCH": "The quote is for another cart, customer or rule version, or is forged.",
    "REDEMPTION_NOT_FOUND": "There is no such redemption, or the caller may not know of it.",
    "HOLD_EXPIRED": "The hold ran out and the points are no longer there.",
    "TOO_MANY_HOLDS": "The customer holds points for 20 other carts; release one, or wait.",
    "ALREADY_CAPTURED": "The redemption was captured, or the order took another one (`order.id`).",
    "ALREADY_RELEASED": "The points were already given back.",
    "ORDER_TOTAL_TOO_LOW": "The order's total does not allow this discount.",
    "EXCEEDS_HELD": "More points than the redemption holds.",
    "EXCEEDS_CAPTURED": "More points than were captured and not yet refunded.",
    "IDEMPOTENCY_KEY_REUSED": "The idempotency key was used before, for something else.",
    "RULE_NOT_FOUND": "There is no such rule.",
    "VERSION_CONFLICT": "Somebody else has edited it meanwhile; load it again.",
    "IDENTITY_TAKEN": "Another customer has this phone number or e-mail address.",
}

LIMITS = {
    "POINTS_BALANCE": "The points that the customer has.",
    "REQUESTED_POINTS": "The points that were asked for.",
    "STEP": "Points are used in whole steps of the rule.",
    "MAX_DISCOUNT": "The maximum discount of the rule.",
    "MIN_PAYMENT": "The least that the customer must pay.",
    "ELIGIBLE_ITEMS": "What the rule covers of the cart.",
    "MIN_CART_MULTIPLE": "The cart must be a multiple of the discount.",
}
