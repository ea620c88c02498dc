"""What is taken out of stored texts when a customer is erased.

What was received of its orders is emptied; what was or will be sent of it keeps its numbers and
loses its name, so that a receiver still hears how the erased account ended. The audit log goes on
to say what was done, and no longer to whom.
"""

from __future__ import annotations

from typing import Final

import orjson

from gateway.services.cart_keeping import forget_carts
from gateway.services.database import statement
from gateway.services.inbox_care import erase_deliveries
from gateway.services.privacy import Person, Redactor

PAGE: Final = 200
_SAID: Final = 4
"""Where in gateway.services.webhook_deliveries.Attempt the answer stands."""
_SENT: Final = (
    "SELECT id, body, log FROM webhook_delivery"
    " WHERE merchant_id = ? AND customer_id = ? AND id > ? ORDER BY id LIMIT ?"
)
_REWRITE: Final = "UPDATE webhook_delivery SET body = ?, log = ? WHERE merchant_id = ? AND id = ?"

_TOLD: Final = (
    "SELECT id, before, after FROM audit_log WHERE merchant_id = ? AND target = ?"
    " AND (action LIKE 'points.%' OR action LIKE 'customer.%') AND id > ? ORDER BY id LIMIT ?"
)
_RETELL: Final = (
    "UPDATE audit_log SET target = ?, before = ?, after = ? WHERE merchant_id = ? AND id = ?"
)


async def empty_received(who: Person) -> None:
    """Empty what shops sent of the customer's orders."""
    for customer_id in who.customer_ids:
        await erase_deliveries(who.merchant_id, customer_id)


async def unname_sent(who: Person) -> None:
    """Take the merchant's own id of the customer out of messages, sent or waiting.

    What was answered is forgotten: it may say the id again.
    """
    for customer_id in who.customer_ids:
        last = 0
        while rows := await statement(_SENT, who.merchant_id, customer_id, last, PAGE):
            for row in rows:
                last = row["id"]
                body, log = _without_name(row["body"]), _without_answers(row["log"])
                if (body, log) != (row["body"], row["log"]):
                    await statement(_REWRITE, body, log, who.merchant_id, last)


async def unname_audited(who: Person) -> None:
    """Take the merchant's own ids of the customer out of the audit log: what was done stays."""
    for name in who.external_ids:
        last = 0
        while rows := await statement(_TOLD, who.merchant_id, name, last, PAGE):
            for row in rows:
                last = row["id"]
                facts = [_renamed(row[side], who) for side in ("before", "after")]
                await statement(_RETELL, who.nameless, *facts, who.merchant_id, last)


def _renamed(facts: str, who: Person) -> str:
    told: dict[str, str] = orjson.loads(facts)
    named = who.external_ids
    shown = {field: who.nameless if value in named else value for field, value in told.items()}
    return orjson.dumps(shown).decode()


def _without_name(body: str) -> str:
    message = orjson.loads(body)
    customer = message.get("data", {}).get("customer")
    if not customer or customer.get("externalId") is None:
        return body
    customer["externalId"] = None
    return orjson.dumps(message).decode()


def _without_answers(log: str) -> str:
    """The attempts of a delivery without the last of what each says: the answer's beginning."""
    attempts: list[list[object]] = orjson.loads(log)
    if not any(attempt[_SAID:] for attempt in attempts):
        return log
    return orjson.dumps([attempt[:_SAID] for attempt in attempts]).decode()


REDACTORS: Final[tuple[Redactor, ...]] = (
    empty_received,
    unname_sent,
    unname_audited,
    forget_carts,
)
"""All that store a text in which a customer may be named, besides the ledger."""
