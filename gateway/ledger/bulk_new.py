# ruff: noqa: S608 - every statement is put together from fixed names
"""New customers with their first lots, written by the database itself out of the staged rows.

The first lot of an empty account knows nothing to settle and no debt to pay. So what `decide` would
make of it is plain, and no million of rows has to pass through this process; a test holds each row
against the one that `decide` makes. `$1` is the merchant, `$2` the time, `$3` to `$4` the lines.
"""

from __future__ import annotations

from gateway.ledger import rows
from gateway.ledger.bulk_lots import REASON
from gateway.ledger.commands import LotSource

_NEW = """
    r.line BETWEEN $3 AND $4
    AND NOT EXISTS (SELECT 1 FROM import_known k WHERE k.line = r.line)
"""
_MERCHANT, _NOW = "CAST($1 AS BIGINT)", "CAST($2 AS BIGINT)"

_CUSTOMERS = f"""
    INSERT INTO customer (merchant_id, id, external_id, phone, email, birthday, tier, tags,
        locale, awards_due_at, created_at, updated_at)
    SELECT {_MERCHANT}, r.new_id, r.external_id, r.phone, r.email, r.birthday, r.tier,
        coalesce(r.tags, '[]'), r.locale, r.awards_due_at, {_NOW}, {_NOW}
    FROM import_row r WHERE {_NEW} ORDER BY r.line
"""

# Every lot of the lines: what of it is pending, and what is available.
_LOTS = f"""
    SELECT customer_id, wallet, amount, starts, ends,
        CASE WHEN starts > $2 THEN amount ELSE 0 END AS pending,
        CASE WHEN starts > $2 THEN 0 ELSE amount END AS available
    FROM (
        SELECT r.new_id AS customer_id, 'COINS' AS wallet, r.points AS amount,
            r.points_from AS starts, r.points_expire_at AS ends
        FROM import_row r WHERE r.points > 0 AND {_NEW}
        UNION ALL
        SELECT r.new_id, 'CREDITS', r.credits_minor, {_NOW}, r.credits_expire_at
        FROM import_row r WHERE r.credits_minor > 0 AND {_NEW}
    ) s
"""

_LOT = f"""
    INSERT INTO lot ({", ".join(rows.LOT)})
    SELECT {_MERCHANT}, customer_id, wallet, 1, amount, pending, available, 0, 0, 0, 0, 0,
        starts, ends, '{LotSource.IMPORT}', {_NOW}, NULL, NULL, true
    FROM ({_LOTS}) l ORDER BY customer_id, wallet
"""

_ENTRY = f"""
    INSERT INTO journal ({", ".join(rows.ENTRY)})
    SELECT {_MERCHANT}, customer_id, wallet, 1, 'GRANT', 'issued',
        CASE WHEN pending > 0 THEN 'pending' ELSE 'available' END, amount, 1, NULL, '{REASON}',
        {_NOW}, available, 0, pending, 0
    FROM ({_LOTS}) l ORDER BY customer_id, wallet
"""

# The coins account is the customer's fence: it knows what is due next in either wallet, so it is
# there also for one who has only credits.
_ACCOUNT = f"""
    INSERT INTO account ({", ".join(rows.ACCOUNT)})
    SELECT {_MERCHANT}, customer_id, wallet, available, 0, pending, 0, sequence,
        sequence * {_NOW}, CASE WHEN other < due OR due IS NULL THEN other ELSE due END,
        expires, CASE WHEN expires IS NULL THEN 0 ELSE available END,
        CASE WHEN {{ahead}} > 0 AND wallet = 'COINS' THEN expires - {{ahead}} END, NULL
    FROM (
        SELECT r.new_id AS customer_id, 'COINS' AS wallet,
            CASE WHEN r.points_from > $2 THEN 0 ELSE r.points END AS available,
            CASE WHEN r.points_from > $2 THEN r.points ELSE 0 END AS pending,
            CASE WHEN r.points > 0 THEN 1 ELSE 0 END AS sequence,
            CASE WHEN r.points = 0 THEN NULL WHEN r.points_from > $2 THEN r.points_from
                ELSE r.points_expire_at - {{ahead}} END AS due,
            r.credits_expire_at AS other,
            CASE WHEN r.points_from > $2 THEN NULL ELSE r.points_expire_at END AS expires
        FROM import_row r WHERE (r.points > 0 OR r.credits_minor > 0) AND {_NEW}
        UNION ALL
        SELECT r.new_id, 'CREDITS', r.credits_minor, 0, 1, NULL, NULL, r.credits_expire_at
        FROM import_row r WHERE r.credits_minor > 0 AND {_NEW}
    ) s
    ORDER BY customer_id, wallet
"""


def statements(ahead: int) -> tuple[str, ...]:
    """All of them. `ahead`: how long before an expiry customers are reminded, in microseconds."""
    return _CUSTOMERS, _LOT, _ENTRY, _ACCOUNT.format(ahead=int(ahead))
