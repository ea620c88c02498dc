"""Settings of earning: each change is a version, and tiers are looked at again when they change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest
from asyncpg import DeadlockDetectedError

from gateway.errors import Code, LoyaltyError, RequestCode, RequestError
from gateway.ids import IdMaker
from gateway.ledger.programs import decode, encode
from gateway.rules.earning_rules import NO_EARNING, Earning, Tier, TierMeasure
from gateway.services import earning_settings
from gateway.services.customers import upsert_customer
from gateway.services.database import statement
from gateway.services.earning_rules import create_earning_rule
from gateway.services.earning_settings import EarningChange, update_earning
from gateway.services.identity import CustomerDraft
from gateway.services.merchants import find_merchant
from gateway.services.programs import current_program
from gateway.services.standings import has_ordered, years_of
from tests.services.making import NOW, said
from tests.services.test_earning_rules import DRAFT, FULL

TIERS = (Tier("Silver", 100, 12_500), Tier("Gold", 500, 15_000))
LATER = NOW + 9
CHANGES: list[tuple[str, Any, Any]] = [
    ("return_window_seconds", 1_209_600, 1_209_600),
    ("expiry_seconds", 60, 60),
    ("expiry_seconds", 0, None),
    ("reminder_seconds", 86_400, 86_400),
    ("reminder_seconds", 0, None),
    ("tier_measure", TierMeasure.AMOUNT_SPENT, TierMeasure.AMOUNT_SPENT),
    ("tiers", TIERS, TIERS),
    ("tiers", (), ()),
    ("excluded_product_ids", frozenset({"b", "a"}), frozenset({"a", "b"})),
    ("excluded_collection_ids", frozenset({"gift"}), frozenset({"gift"})),
    ("excluded_product_ids", frozenset(), frozenset()),
    ("return_window_seconds", 0, 0),
]


async def test_a_new_merchant_has_decided_nothing(shop: int):
    program = await current_program(shop)
    assert program.earning == NO_EARNING
    changed = await update_earning(shop, EarningChange(return_window_seconds=0), NOW)
    assert changed == replace(program, version=2)


async def test_a_change_is_the_next_version_and_leaves_all_else(shop: int):
    last = await current_program(shop)
    for name, value, shown in CHANGES:
        change = EarningChange(**{name: value})
        earning = replace(last.earning, **{name: shown})
        last = replace(last, version=last.version + 1, earning=earning)
        assert await update_earning(shop, change, NOW) == last
        assert await current_program(shop) == last


async def test_a_change_of_nothing_makes_no_version(shop: int, other_shop: int):
    before = await current_program(shop)
    assert await update_earning(shop, EarningChange(), NOW) == before
    await update_earning(other_shop, EarningChange(tiers=TIERS), NOW)
    assert await current_program(shop) == before


async def test_nothing_is_changed_for_a_merchant_that_is_not_there(database: str):
    with pytest.raises(LookupError):
        await update_earning(5, EarningChange(tiers=TIERS), NOW)


async def test_thresholds_of_one_measure_are_never_read_as_those_of_another(shop: int):
    spent = TierMeasure.AMOUNT_SPENT
    await update_earning(shop, EarningChange(tiers=TIERS), NOW)
    with pytest.raises(LoyaltyError) as caught:
        await update_earning(shop, EarningChange(tier_measure=spent), NOW)
    assert said(caught.value) == (Code.INVALID_INPUT, "tiers")
    same = EarningChange(tier_measure=TierMeasure.POINTS_EARNED)
    await update_earning(shop, same, NOW)
    changed = await update_earning(shop, EarningChange(tier_measure=spent, tiers=TIERS), NOW)
    assert (changed.version, changed.earning.tier_measure) == (4, spent)


async def customer(shop: int, ids: IdMaker, name: str, tier: str | None, *days: int) -> int:
    merchant = await find_merchant(shop)
    assert merchant
    made = await upsert_customer(merchant, CustomerDraft(external_id=name, tier=tier), NOW, ids)
    for day in days:
        sql = "INSERT INTO customer_day VALUES (?, ?, ?, ?, ?, ?)"
        await statement(sql, shop, made.id, day, 500, 5, 1)
    return made.id


async def reviews(shop: int) -> dict[str, int | None]:
    rows = await statement(
        "SELECT external_id, tier_review_at FROM customer WHERE merchant_id = ?", shop
    )
    return {row["external_id"]: row["tier_review_at"] for row in rows}


async def test_new_tiers_look_again_at_whoever_may_have_one(
    shop: int, other_shop: int, ids: IdMaker
):
    await customer(shop, ids, "new", None)
    await customer(shop, ids, "buyer", None, 1, 2)
    await customer(shop, ids, "by hand", "Friend")
    await customer(other_shop, ids, "another's", "Gold", 1)
    nobody = dict.fromkeys(("new", "buyer", "by hand"))
    await update_earning(shop, EarningChange(return_window_seconds=1), LATER)
    assert await reviews(shop) == nobody
    await update_earning(shop, EarningChange(tiers=TIERS), LATER)
    assert await reviews(shop) == nobody | {"buyer": LATER, "by hand": LATER}
    await update_earning(shop, EarningChange(tiers=TIERS, expiry_seconds=60), LATER + 1)
    assert (await reviews(shop))["buyer"] == LATER
    spent = EarningChange(tiers=TIERS, tier_measure=TierMeasure.AMOUNT_SPENT)
    await update_earning(shop, spent, LATER + 2)
    assert (await reviews(shop))["buyer"] == LATER + 2
    assert await reviews(other_shop) == {"another's": None}


async def test_without_tiers_nobody_is_looked_at_any_more(shop: int, ids: IdMaker):
    await customer(shop, ids, "buyer", "Gold", 1)
    await update_earning(shop, EarningChange(tiers=TIERS), LATER)
    await update_earning(shop, EarningChange(tiers=()), LATER)
    assert await reviews(shop) == {"buyer": None}


async def test_whoever_meets_the_ledger_tries_again(shop: int, monkeypatch: pytest.MonkeyPatch):
    """PostgreSQL ends one of two that wait for each other; the change is then made anew."""
    before, real, left = await current_program(shop), earning_settings.edit, [2]

    async def edit(*given: Any) -> Any:
        if left[0]:
            left[0] -= 1
            raise DeadlockDetectedError
        return await real(*given)

    monkeypatch.setattr(earning_settings, "edit", edit)
    assert (await update_earning(shop, EarningChange(tiers=TIERS), NOW)).earning.tiers == TIERS
    left[0] = 3
    with pytest.raises(RequestError) as caught:
        await update_earning(shop, EarningChange(tiers=()), NOW)
    assert caught.value.code is RequestCode.OVERLOADED
    assert (await current_program(shop)).version == before.version + 1


async def test_the_days_of_a_year_are_those_that_count(shop: int, ids: IdMaker):
    today = NOW // 86_400_000_000
    who = await customer(shop, ids, "buyer", None, today + 1, today, today - 364, today - 365)
    new = await customer(shop, ids, "new", None)
    years = await years_of(shop, [who, new], NOW)
    assert {whose: {day.day for day in days} for whose, days in years.items()} == {
        who: {today, today - 364}
    }
    assert years[who][0].earned_points == 5
    assert [await has_ordered(shop, each) for each in (who, new)] == [True, False]


async def test_a_stored_version_reads_as_it_was_written(shop: int, ids: IdMaker):
    for draft in (DRAFT, FULL):
        await create_earning_rule(shop, draft, NOW, ids)
    change = EarningChange(tiers=TIERS, excluded_product_ids=frozenset({"x"}), expiry_seconds=0)
    program = await update_earning(shop, change, NOW)
    assert decode(encode(program)) == program
    assert program.earning != Earning()


async def test_a_version_of_before_there_was_earning_has_none(shop: int):
    program = await current_program(shop)
    old = orjson.loads(encode(program))
    del old["earning"]
    assert decode(orjson.dumps(old).decode()) == program
