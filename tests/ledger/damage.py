# ruff: noqa: S608, ISC004 - every statement is put together from fixed names, some on two lines
"""Kinds of damage to a ledger, each with the check that must see it."""

from __future__ import annotations

HELD, LATE, REFUNDED, SOLD = 501, 502, 503, 504
"""Redemptions of customer 1.

Held now; captured late; captured in part and refunded in part; and taken by the order `sold`.
"""

CUSTOMER_1 = "merchant_id = 1 AND customer_id = 1 AND wallet = 'COINS'"
LAST = f"(SELECT max(sequence) FROM journal WHERE {CUSTOMER_1})"
FIRST_LOT = f"{CUSTOMER_1} AND number = 1"

# Each kind of damage: the check that must see it, and statements that keep to the constraints.
DAMAGE = {
    "points moved within a lot": (
        "account_lots",
        f"UPDATE lot SET available = available - 1, expired = expired + 1 WHERE {FIRST_LOT}",
    ),
    "a lot gone": ("account_lots", f"DELETE FROM lot WHERE {FIRST_LOT}"),
    "an account gone": ("account_lots", f"DELETE FROM account WHERE {CUSTOMER_1}"),
    "a hold of more points": (
        "account_held",
        f"UPDATE redemption SET points = points + 1 WHERE id = {HELD}",
    ),
    "credit held for nobody": (
        "account_held",
        "UPDATE account SET held = held - 1, available = available + 1 WHERE wallet = 'CREDITS'",
    ),
    "a debt forgiven": ("account_journal", "UPDATE account SET debt = 0 WHERE debt > 0"),
    "the last entry gone": (
        "journal_gapless",
        f"DELETE FROM journal WHERE {CUSTOMER_1} AND sequence = {LAST}",
    ),
    "an entry in the middle gone": (
        "journal_gapless",
        f"DELETE FROM journal WHERE {CUSTOMER_1} AND sequence = 3",
    ),
    "a running balance changed": (
        "journal_running",
        f"UPDATE journal SET pending_after = pending_after + 1 WHERE {CUSTOMER_1} AND sequence = 4",
    ),
    "an entry of other points": (
        "journal_running",
        f"UPDATE journal SET points = points + 1 WHERE {CUSTOMER_1} AND sequence = 4",
    ),
    "two entries at one time": (
        "journal_running",
        f"UPDATE journal SET at = at - 1 WHERE {CUSTOMER_1} AND sequence = 2",
    ),
    "a clock put forward": (
        "account_clock",
        f"UPDATE account SET clock = clock + 1 WHERE {CUSTOMER_1}",
    ),
    "a lot less captured": (
        "redemption_lots",
        f"UPDATE redemption_lot SET captured = captured - 1 WHERE redemption_id = {LATE}",
    ),
    "an allocation gone": (
        "redemption_lots",
        f"DELETE FROM redemption_lot WHERE redemption_id = {HELD}",
    ),
    "a refund forgotten": (
        "redemption_lots",
        f"UPDATE redemption SET refunded_points = 0 WHERE id = {REFUNDED}",
    ),
    "a redemption gone": ("redemption_journal", f"DELETE FROM redemption WHERE id = {REFUNDED}"),
    "an entry of another redemption": (
        "redemption_journal",
        f"UPDATE journal SET redemption_id = {HELD}"
        f" WHERE redemption_id = {LATE} AND target = 'spent'",
    ),
    "a key gone": ("command_once", "DELETE FROM idempotency WHERE key = 'first'"),
    "an event gone": ("command_once", "DELETE FROM outbox WHERE key = 'first'"),
    "an event twice": (
        "command_once",
        "UPDATE outbox SET caller = 'backend', key = 'first' WHERE kind = 'redemption.expired'",
    ),
    "a key of another customer": (
        "command_once",
        "UPDATE idempotency SET customer_id = 2 WHERE key = 'first'",
    ),
    "a refusal with an event": (
        "command_once",
        "UPDATE idempotency SET accepted = false WHERE key = 'first'",
    ),
    "a hold long overdue": (
        "hold_in_time",
        f"UPDATE redemption SET expires_at = 1 WHERE id = {HELD}",
    ),
    "a due time forgotten": (
        "account_next_due",
        f"UPDATE account SET next_due_at = NULL WHERE {CUSTOMER_1}",
    ),
    "a due time too late": (
        "account_next_due",
        f"UPDATE account SET next_due_at = next_due_at + 1 WHERE {CUSTOMER_1}",
    ),
    "a due time of credit": (
        "account_next_due",
        "UPDATE account SET next_due_at = clock WHERE wallet = 'CREDITS'",
    ),
    "an expiry of other points": (
        "account_expiry",
        f"UPDATE account SET expiry_points = expiry_points + 1 WHERE {CUSTOMER_1}",
    ),
    "an expiry at another time": (
        "account_expiry",
        f"UPDATE account SET expiry_at = expiry_at + 1 WHERE {CUSTOMER_1}",
    ),
    "points of a lot freed": (
        "lot_taken",
        "UPDATE lot SET held = held - 1, available = available + 1 WHERE held > 0",
    ),
    "points of a lot unspent": (
        "lot_taken",
        f"UPDATE lot SET spent = spent - 1, expired = expired + 1 WHERE {FIRST_LOT}",
    ),
    "an order of other spending": (
        "order_days",
        "UPDATE customer_order SET refunded_minor = refunded_minor + 1 WHERE order_id = 'sold'",
    ),
    "a day gone": ("order_days", "DELETE FROM customer_day WHERE customer_id = 1"),
    "a day of one order more": ("order_days", "UPDATE customer_day SET orders = orders + 1"),
    "a day of other points": (
        "order_days",
        "UPDATE customer_day SET earned_points = earned_points + 1",
    ),
    "an order on another day": (
        "order_days",
        "UPDATE customer_order SET placed_at = placed_at - 86400000000 WHERE order_id = 'sold'",
    ),
    "an order gone": ("order_journal", "DELETE FROM customer_order WHERE order_id = 'sold'"),
    "an order that earned more": (
        "order_journal",
        "UPDATE customer_order SET earned_points = earned_points + 1 WHERE order_id = 'sold'",
    ),
    "what was taken back forgiven": (
        "order_journal",
        "UPDATE customer_order SET forgiven_points = clawed_points WHERE order_id = 'sold'",
    ),
    "earned points of another order": (
        "order_journal",
        "UPDATE journal SET reason = 'unsold' WHERE kind = 'EARN'",
    ),
    "a redemption of another order": (
        "order_redemption",
        f"UPDATE redemption SET order_id = 'unsold' WHERE id = {SOLD}",
    ),
    "a redemption that an order has not": (
        "order_redemption",
        f"UPDATE customer_order SET redemption_id = {HELD} WHERE order_id = 'sold'",
    ),
    "an award gone": ("award_once", "DELETE FROM award"),
    "an award of more points": ("award_once", "UPDATE award SET points = points + 1"),
    "an award for another occasion": ("award_once", "UPDATE award SET occasion = 'BIRTHDAY:1'"),
    "points merged from nowhere": (
        "merge_sums",
        f"UPDATE journal SET kind = 'MERGE', source = 'merged' WHERE {CUSTOMER_1} AND sequence = 1",
    ),
    "a forgotten customer with points": (
        "merge_left",
        "UPDATE customer SET erased_at = 1 WHERE id = 1",
    ),
    "a customer merged into nobody": (
        "merge_into",
        "UPDATE customer SET merged_into = 999 WHERE id = 2",
    ),
    "a customer gone": ("customer_known", "DELETE FROM customer WHERE id = 1"),
    "a program gone": ("program_known", "DELETE FROM program WHERE version = 1"),
    "a balance raised": (
        "replay_accounts",
        f"UPDATE account SET available = available + 1 WHERE {CUSTOMER_1}",
    ),
    "a balance nobody has": (
        "replay_accounts",
        "INSERT INTO account SELECT 1, 2, 'COINS', 9, 0, 0, 0, 0, 0, NULL, NULL, 0, NULL, NULL",
    ),
    "an account gone, replayed": ("replay_accounts", f"DELETE FROM account WHERE {CUSTOMER_1}"),
    "a lot of other parts": (
        "replay_lots",
        f"UPDATE lot SET available = available - 1, expired = expired + 1 WHERE {FIRST_LOT}",
    ),
    "a lot gone, replayed": ("replay_lots", f"DELETE FROM lot WHERE {FIRST_LOT}"),
    "an entry of another lot": (
        "replay_lots",
        f"UPDATE journal SET lot_number = lot_number + 1 WHERE {CUSTOMER_1} AND sequence = 3",
    ),
    "a running balance, replayed": (
        "replay_running",
        f"UPDATE journal SET held_after = held_after + 1 WHERE {CUSTOMER_1} AND sequence = 4",
    ),
    "an entry gone, replayed": (
        "replay_sequence",
        f"DELETE FROM journal WHERE {CUSTOMER_1} AND sequence = 3",
    ),
    "one time, replayed": (
        "replay_clock",
        f"UPDATE journal SET at = at - 1 WHERE {CUSTOMER_1} AND sequence = 2",
    ),
}

# What the constraints of the tables rule out, in case they were not there.
UNCONSTRAINED = {
    "a lot that does not add up": (
        "lot_whole",
        "lot",
        f"UPDATE lot SET amount = amount + 1 WHERE {FIRST_LOT}",
    ),
    "a negative balance": (
        "not_negative",
        "account",
        "UPDATE account SET debt = -1 WHERE debt > 0",
    ),
    "a negative refund": (
        "not_negative",
        "redemption",
        f"UPDATE redemption SET refunded_credits_minor = -1 WHERE id = {REFUNDED}",
    ),
}
