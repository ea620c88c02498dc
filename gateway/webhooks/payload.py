"""What a webhook says: an event in the API's outer form. Pure, and the same at every attempt.

The shape is `{id, type, version, timestamp, data}`; docs/guides/webhooks.md documents it. Fields
are added without a new version; one that changes its meaning or goes makes a new version.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import orjson

from gateway.ids import to_global_id
from gateway.ledger.outbox import Message, Waiting
from gateway.money import to_decimal
from gateway.services.event_kinds import TEST_KIND

VERSION: Final = 1
Json = dict[str, Any]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HIDDEN: Final = frozenset({"merchant_id", "customer_id", "program_version"})
"""What of a redemption is the gateway's own business, or stands elsewhere."""
_NAMES: Final = {
    "redemption_id": "Redemption",
    "customer_id": "Customer",
    "from_customer_id": "Customer",
    "into_customer_id": "Customer",
    "rule_id": "RedemptionRule",
}
"""The type of thing that a number under this name is the id of."""
_OF_CUSTOMER: Final = frozenset({"Redemption"})


def message(event: Waiting) -> Message:
    """The message of an event. Its id is derived from the event: handed over again, it is the same.

    Never raises: an event of a shape that is not known goes out without its details.
    """
    try:
        data = _data(event, orjson.loads(event.payload or "{}"))
    except (KeyError, TypeError, ValueError):
        data = _who(event)
    return _written(event_id(event), event.kind, event.at, data, sandbox=bool(event.sandbox))


def event_id(event: Waiting) -> str:
    """The global id of the event."""
    return to_global_id("Event", event.customer_id, event.position, event.number)


def test_message(number: int, endpoint_id: str, now: int) -> Message:
    """The message that is sent to try an endpoint; `number` is one that was never used."""
    return _written(to_global_id("Test", number), TEST_KIND, now, {"endpoint": {"id": endpoint_id}})


test_message.__test__ = False  # pyright: ignore[reportFunctionMemberAccess] - pytest takes it for a test


def _written(name: str, kind: str, at: int, data: Json, *, sandbox: bool = False) -> Message:
    body: Json = {"id": name, "type": kind, "version": VERSION, "timestamp": _time(at)}
    if sandbox:
        body["sandbox"] = True  # of the go-live test: receivers leave it out of their own figures
    body["data"] = data
    return Message(name, orjson.dumps(body).decode())


def _who(event: Waiting) -> Json:
    customer = to_global_id("Customer", event.customer_id)
    return {
        "account": {
            "customerId": customer,
            "sequence": event.position,
            "number": event.number,
        },
        "customer": {"id": customer, "externalId": event.external_id},
    }


def _data(event: Waiting, payload: Json) -> Json:
    currency = event.currency or ""
    data = _who(event)
    if payload.get("redemption"):
        data["redemption"] = _redemption(event.customer_id, payload["redemption"], currency)
    data["balances"] = {
        "coins": _points(payload["coins"]),
        "credits": _credits(payload["credits"], currency),
    }
    if payload.get("detail"):
        data["detail"] = _outer(_in_money(payload["detail"]), event.customer_id, currency)
    return data


def _redemption(customer_id: int, inside: Json, currency: str) -> Json:
    shown = {name: value for name, value in inside.items() if name not in _HIDDEN}
    own = shown.pop("id")
    return {"id": to_global_id("Redemption", customer_id, own)} | _outer(
        shown, customer_id, currency
    )


def _points(balance: list[Any]) -> Json:
    available, held, pending, debt, expiry_at, expiry_points = balance
    return {
        "available": available,
        "held": held,
        "pending": pending,
        "debt": debt,
        "nextExpiry": None
        if expiry_at is None
        else {"points": expiry_points, "at": _time(expiry_at)},
    }


def _credits(balance: list[Any], currency: str) -> Json:
    names = ("available", "held", "pending", "debt")
    return {name: _money(minor, currency) for name, minor in zip(names, balance[:4], strict=True)}


def _in_money(detail: Json) -> Json:
    """Of store credit the ledger counts minor units as points; outside it is money."""
    if detail.get("wallet") != "CREDITS" or "points" not in detail:
        return detail
    return {("amount_minor" if name == "points" else name): v for name, v in detail.items()}


def _outer(facts: Json, customer_id: int, currency: str) -> Json:
    """Facts under the API's names: money as money, times as times, ids as global ids."""
    shown: Json = {}
    for name, value in facts.items():
        outside, told = _told(name, value, customer_id, currency)
        shown[outside] = told
    return shown


def _told(name: str, value: Any, customer_id: int, currency: str) -> tuple[str, Any]:  # noqa: ANN401 - any JSON
    plain = type(value) is int
    if name == "rules":
        return "rules", [_rule(part) for part in value]
    if name.endswith("_minor"):
        return _camel(name.removesuffix("_minor")), _money(value, currency) if plain else value
    if name.endswith(("_at", "_from", "_until")) and plain:
        return _camel(name), _time(value)
    if name in _NAMES and plain:
        kind = _NAMES[name]
        parts = (customer_id, value) if kind in _OF_CUSTOMER else (value,)
        return _camel(name), to_global_id(kind, *parts)
    if isinstance(value, dict):
        return _camel(name), _outer(value, customer_id, currency)  # pyright: ignore[reportUnknownArgumentType] - any JSON
    return _camel(name), value


def _rule(part: list[int]) -> Json:
    rule, version, points = part
    return {"id": to_global_id("EarningRule", rule), "version": version, "points": points}


def _money(minor: int, currency: str) -> Json:
    return {"amount": to_decimal(minor, currency), "currencyCode": currency}


def _time(microseconds: int) -> str:
    return (_EPOCH + timedelta(microseconds=microseconds)).isoformat()


@lru_cache(maxsize=256)
def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)
