"""What is given for signing up and for a birthday: once, at the merchant's place, whatever dies."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from gateway.ledger.lanes import Ledger
from gateway.services import awards
from gateway.services.awards import Awards
from gateway.services.birthdays import is_birthday, later_birthday, next_birthday
from gateway.services.database import statement
from tests.e2e import documents as d
from tests.e2e.caller import Json, code
from tests.e2e.shop import Shop
from tests.e2e.test_orders import CREATE_EARNING

pytestmark = pytest.mark.own_shop

DAY = 86_400
KOLKATA = "Asia/Kolkata"


async def rule(shop: Shop, kind: str, points: int) -> None:
    made = await shop.admin.ask(
        CREATE_EARNING, input={"rule": {"name": kind, "kind": kind, "points": points}}
    )
    assert code(made) is None, made


async def run(shop: Shop) -> None:
    await Awards(shop.served.gateway.runtime).run()


async def available(shop: Shop, external_id: str) -> int:
    return (await shop.backend.balance(external_id))["available"]


def micros(year: int, month: int, day: int, hour: int = 0) -> int:
    return int(datetime(year, month, day, hour, tzinfo=UTC).timestamp()) * 1_000_000


def day_of(shop: Shop, days: int = 0) -> str:
    """Month and day at the merchant's place, so many days from now."""
    now = shop.served.clock() + days * DAY * 1_000_000
    return awards.local_day(now, KOLKATA).isoformat()[5:]


async def test_who_signs_up_sees_the_points_at_once_and_gets_them_once(shop: Shop):
    await rule(shop, "SIGN_UP", 25)
    made: Json = await shop.backend.ask(d.UPSERT, input={"externalId": "new"})
    assert code(made) is None
    assert await available(shop, "new") == 25
    await shop.backend.ask(d.UPSERT, input={"externalId": "new", "tags": ["x"]})
    await run(shop)
    assert await available(shop, "new") == 25


async def test_who_was_there_before_the_rule_gets_nothing(shop: Shop):
    await shop.customer(external_id="old")
    await rule(shop, "SIGN_UP", 25)
    await run(shop)
    assert await available(shop, "old") == 0


async def test_a_birthday_is_paid_on_its_day_every_year_once(shop: Shop):
    await rule(shop, "BIRTHDAY", 10)
    await shop.customer(external_id="b", birthday=day_of(shop, 2))
    await run(shop)
    assert await available(shop, "b") == 0
    shop.served.clock.advance(2 * DAY)
    for _ in range(3):
        await run(shop)
    assert await available(shop, "b") == 10
    # To say the birthday again pays nothing again, and neither does another one on the same day.
    await shop.customer(external_id="b", birthday=f"1990-{day_of(shop)}")
    await run(shop)
    assert await available(shop, "b") == 10
    [row] = await statement(
        "SELECT awards_due_at FROM customer WHERE merchant_id = ? AND external_id = 'b'",
        shop.merchant_id,
    )
    assert row["awards_due_at"] == later_birthday(day_of(shop), shop.served.clock(), KOLKATA)


async def test_a_birthday_that_nobody_looked_at_is_paid_later(shop: Shop):
    await rule(shop, "BIRTHDAY", 10)
    await shop.customer(external_id="b", birthday=day_of(shop, 1))
    shop.served.clock.advance(4 * DAY)
    await run(shop)
    assert await available(shop, "b") == 10


async def test_whoever_dies_in_between_pays_once(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    """Before the award is written, and between it and the next time."""
    await rule(shop, "SIGN_UP", 25)
    submit = Ledger.submit

    async def dies_before(*_: Any) -> Any:
        raise RuntimeError("killed")

    async def dies_after(ledger: Ledger, command: Any) -> Any:
        await submit(ledger, command)
        raise RuntimeError("killed")

    for death in (dies_before, dies_after):
        monkeypatch.setattr(Ledger, "submit", death)
        answer = await shop.backend.send(d.UPSERT, input={"externalId": "new"})
        assert "errors" in answer.body
        with pytest.raises(RuntimeError):
            await run(shop)
    monkeypatch.setattr(Ledger, "submit", submit)
    await asyncio.gather(*(run(shop) for _ in range(4)))
    assert await available(shop, "new") == 25


def test_a_birthday_begins_at_the_merchants_midnight():
    noon = micros(2026, 4, 22, 12)
    assert next_birthday("1990-04-23", noon, KOLKATA) == micros(2026, 4, 22, 18) + 1_800_000_000
    assert next_birthday("04-23", noon, "UTC") == micros(2026, 4, 23)
    assert next_birthday("04-22", noon, "UTC") == micros(2026, 4, 22)
    assert later_birthday("04-22", noon, "UTC") == micros(2027, 4, 22)


def test_who_was_born_on_a_leap_day_has_a_birthday_every_year():
    assert next_birthday("2000-02-29", micros(2027, 1, 1), "UTC") == micros(2027, 2, 28)
    assert next_birthday("02-29", micros(2028, 1, 1), "UTC") == micros(2028, 2, 29)
    assert not is_birthday("02-29", datetime(2028, 2, 28, tzinfo=UTC).date())
