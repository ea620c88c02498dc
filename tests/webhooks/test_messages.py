"""What a message says of an event, and when it is tried again: pure functions."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from gateway.ids import from_global_id
from gateway.ledger.outbox import Endpoint, Waiting
from gateway.services.event_kinds import EVENT_KINDS
from gateway.webhooks.payload import message
from gateway.webhooks.schedule import ATTEMPTS, WAITS_SECONDS, next_attempt

BALANCE = [100, 0, 5, 0, 1_790_000_000_000_000, 40]


def event(payload: Any = None, **changes: Any) -> Waiting:
    given: dict[str, Any] = {
        "merchant_id": 1,
        "customer_id": 7,
        "position": 3,
        "number": 0,
        "kind": "points.earned",
        "at": 1_790_000_000_123_456,
        "payload": orjson.dumps(
            payload or {"redemption": None, "coins": BALANCE, "credits": BALANCE}
        ).decode(),
        "external_id": "c-7",
        "currency": "JPY",
    }
    return Waiting(**(given | changes))


def test_the_id_names_the_event_and_nothing_else():
    once, again = message(event()), message(event())
    assert once == again
    assert from_global_id(once.id, "Event") == ("7", "3", "0")
    assert message(event(number=9)).id != once.id
    assert "." not in once.id


def test_balances_and_times_are_in_the_outer_form():
    body = orjson.loads(message(event()).body)
    assert body["timestamp"] == "2026-09-21T14:13:20.123456+00:00"
    assert body["data"]["balances"]["coins"] == {
        "available": 100,
        "held": 0,
        "pending": 5,
        "debt": 0,
        "nextExpiry": {"points": 40, "at": "2026-09-21T14:13:20+00:00"},
    }
    assert body["data"]["balances"]["credits"]["pending"] == {"amount": "5", "currencyCode": "JPY"}
    assert "redemption" not in body["data"]
    assert "detail" not in body["data"]


def test_details_are_told_under_the_names_of_the_api():
    detail = {
        "order_id": "o-1",
        "points": 12,
        "available_at": 1_790_000_000_000_000,
        "spent_minor": 500,
        "from_customer_id": 8,
        "rules": [[4, 2, 12]],
        "tier": None,
    }
    payload = {"redemption": None, "coins": BALANCE, "credits": BALANCE, "detail": detail}
    told = orjson.loads(message(event(payload)).body)["data"]["detail"]
    assert told.pop("rules")[0].keys() == {"id", "version", "points"}
    assert from_global_id(told.pop("fromCustomerId"), "Customer") == ("8",)
    assert told == {
        "orderId": "o-1",
        "points": 12,
        "availableAt": "2026-09-21T14:13:20+00:00",
        "spent": {"amount": "500", "currencyCode": "JPY"},
        "tier": None,
    }


def test_store_credit_is_told_as_money():
    detail = {"wallet": "CREDITS", "points": 500}
    payload = {"redemption": None, "coins": BALANCE, "credits": BALANCE, "detail": detail}
    told = orjson.loads(message(event(payload, currency="INR")).body)["data"]["detail"]
    assert told == {"wallet": "CREDITS", "amount": {"amount": "5.00", "currencyCode": "INR"}}


@pytest.mark.parametrize("payload", [{"coins": 1}, {"coins": BALANCE}, {"redemption": {"x": 1}}])
def test_an_event_of_an_unknown_shape_goes_out_without_its_details(payload: Any):
    """One row that cannot be read must not stop all others."""
    body = orjson.loads(message(event(payload)).body)
    assert set(body["data"]) == {"account", "customer"}


def test_an_endpoint_wants_its_own_kinds_of_its_own_merchant_from_its_start():
    here = Endpoint(1, 5, '["points.earned"]', 1_790_000_000_000_000)
    assert here.wants(event())
    assert here._replace(events="[]").wants(event(kind="something.new"))
    assert not here.wants(event(kind="points.expired"))
    assert not here.wants(event(merchant_id=2))
    assert not here.wants(event(at=1_789_999_999_999_999))


def test_the_waits_are_those_of_the_specification_and_end():
    assert [next_attempt(made, 0, 0.0) for made in range(1, ATTEMPTS + 1)] == [
        *(seconds * 1_000_000 for seconds in WAITS_SECONDS),
        None,
    ]
    assert next_attempt(1, 10, 1.0) == 10 + 6_000_000


def test_every_kind_of_event_has_a_word_for_people():
    assert all(text.endswith(".") for text in EVENT_KINDS.values())
    assert len(EVENT_KINDS) == 15
