"""Many customers at once, each with some points of which one is held for a cart."""

from __future__ import annotations

from typing import Any

_EACH = "FROM generate_series(1, {count}) n"
_ROWS = {
    "customer": "merchant_id, id, external_id, tags, created_at, updated_at"
    " SELECT 1, n, 'customer-' || n, '[]', 1, 1",
    "account": "merchant_id, customer_id, wallet, available, held, pending, debt, sequence, clock,"
    " expiry_points SELECT 1, n, 'COINS', 1, 1, 0, 0, 1, 1, 0",
    "lot": "merchant_id, customer_id, wallet, number, amount, pending, available, held, spent,"
    " expired, clawed_back, moved, available_from, source, created_at, open"
    " SELECT 1, n, 'COINS', 1, 2, 0, 1, 1, 0, 0, 0, 0, 1, 'GRANT', 1, true",
    "redemption": "merchant_id, customer_id, id, cart_id, status, points, credits_minor,"
    " discount_minor, total_minor, eligible_minor, program_version, captured_points,"
    " captured_credits_minor, captured_discount_minor, refunded_points, refunded_credits_minor,"
    " created_at, expires_at"
    " SELECT 1, n, n, 'cart-' || n, 'HELD', 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 9",
    "redemption_lot": "merchant_id, customer_id, redemption_id, wallet, lot_number, amount,"
    " captured, refunded SELECT 1, n, n, 'COINS', 1, 1, 0, 0",
    "idempotency": "merchant_id, caller, key, request_hash, accepted, customer_id, outcome, at"
    " SELECT 1, 'backend', 'key-' || n, 'hash', true, n, '{{}}', n",
    "outbox": "merchant_id, customer_id, position, number, kind, payload, at"
    " SELECT 1, n, 1, 0, 'redemption.held', '{{}}', n",
    "customer_order": "merchant_id, customer_id, order_id, id, digest, total_minor, paid_minor,"
    " placed_at, completed_at, refunds, refunded_minor, earned_points, clawed_points,"
    " forgiven_points, earnings, created_at, updated_at"
    " SELECT 1, n, 'order-' || n, n, 'digest', 1, 1, 1, 1, '[]', 0, 1, 0, 0, '[]', 1, 1",
    "customer_day": "merchant_id, customer_id, day, spent_minor, earned_points, orders"
    " SELECT 1, n, 0, 1, 1, 1",
    "award": "merchant_id, customer_id, occasion, rule_id, points, at"
    " SELECT 1, n, 'SIGN_UP', 1, 1, 1",
}


async def filled(connection: Any, count: int) -> None:
    """A merchant with a program and so many customers; nothing is analysed."""
    await connection.execute(
        "INSERT INTO merchant (id, name, currency, locale, time_zone, program_version, created_at)"
        " VALUES (1, 'A shop', 'INR', 'en', 'UTC', 1, 1);"
        "INSERT INTO program (merchant_id, version, body, created_at) VALUES (1, 1, '{}', 1)"
    )
    for table, text in _ROWS.items():
        columns, values = text.split(" SELECT ")
        sql = f"INSERT INTO {table} ({columns}) SELECT {values} {_EACH}"
        await connection.execute(sql.format(count=count))
