"""A merchant is made whole, or not at all."""

from __future__ import annotations

import pytest

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.rules.program import NO_MINIMUM, ClawbackPolicy, Program
from gateway.services.database import statement
from gateway.services.merchants import (
    MerchantView,
    create_merchant,
    find_merchant,
    list_merchants,
)
from gateway.services.programs import current_program
from tests.services.making import NOW, make_shop, said

GOOD = {"name": "Shop", "currency": "INR", "locale": "hi-IN", "time_zone": "Asia/Kolkata"}


async def test_a_new_merchant_is_found_as_it_was_made(database: str, ids: IdMaker):
    made = await create_merchant(**GOOD, now=NOW, ids=ids)
    expected = MerchantView(id=made.id, **GOOD, program_version=1, created_at=NOW)
    assert await find_merchant(made.id) == made == expected


async def test_a_new_merchant_has_custom_checkout_turned_off_with_the_defaults(
    database: str, ids: IdMaker
):
    made = await create_merchant(**GOOD, now=NOW, ids=ids)
    assert await current_program(made.id) == Program(
        merchant_id=made.id,
        version=1,
        currency="INR",
        locale="hi-IN",
        enabled=False,
        minimum_payment=NO_MINIMUM,
        rules=(),
        hold_seconds=900,
        quote_seconds=600,
        refund_grace_seconds=2_592_000,
        clawback_policy=ClawbackPolicy.WITHIN_BALANCE,
    )


async def test_the_settings_kept_for_editing_are_those_of_the_first_program(shop: int):
    [row] = await statement("SELECT * FROM custom_checkout")
    assert row["merchant_id"] == shop
    assert not row["enabled"]
    assert (row["hold_seconds"], row["quote_seconds"]) == (900, 600)
    assert (row["refund_grace_seconds"], row["clawback_policy"]) == (2_592_000, "WITHIN_BALANCE")


async def test_merchants_are_listed_oldest_first(database: str, ids: IdMaker):
    made = [await make_shop(ids, name) for name in ("C", "A", "B")]
    assert [merchant.id for merchant in await list_merchants()] == made


async def test_an_unknown_merchant_is_none(shop: int):
    assert await find_merchant(shop + 1) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "n" * 201),
        ("name", "a\x00b"),
        ("name", "a\ud800b"),
        ("currency", "XXX"),
        ("currency", "inr"),
        ("locale", ""),
        ("locale", "en_IN"),
        ("locale", "-en"),
        ("timeZone", "Mars/Olympus"),
        ("timeZone", "../etc/passwd"),
        ("timeZone", "Asia"),
        ("timeZone", ""),
        ("timeZone", "a\x00b"),
    ],
)
async def test_what_is_not_allowed_is_refused_with_its_field(ids: IdMaker, field: str, value: str):
    values = GOOD | {"time_zone" if field == "timeZone" else field: value}
    with pytest.raises(LoyaltyError) as caught:
        await create_merchant(**values, now=NOW, ids=ids)
    assert said(caught.value) == (Code.INVALID_INPUT, field)
    assert caught.value.detail


async def test_a_merchant_that_cannot_be_made_leaves_nothing(database: str, ids: IdMaker):
    shop = await make_shop(ids)
    await statement("DELETE FROM custom_checkout")
    await statement("DELETE FROM program")

    class SameId(IdMaker):
        def next(self) -> int:
            return shop

    with pytest.raises(Exception, match=r"(?i)unique"):
        await make_shop(SameId(lambda: 0), "Second")
    assert await statement("SELECT * FROM custom_checkout") == []
    assert await statement("SELECT * FROM program") == []
