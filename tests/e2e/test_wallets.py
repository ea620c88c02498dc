"""Store credit beside points, and points that staff give or take."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.e2e.caller import Caller, cart, code
from tests.e2e.conftest import Unchanged
from tests.e2e.documents import CUSTOMER
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop


async def test_store_credit_pays_one_to_one_and_needs_no_rule(shop: Shop):
    mira = await shop.shopper(await shop.customer(points=500, credit_minor=25_000))
    seen = await mira.preview(wallets="CREDITS")
    assert (seen["points"], seen["credits"]["amount"]) == (0, "250.00")
    assert seen["message"] == "Use ₹250.00 of your store credit."
    held = await mira.apply(wallets="CREDITS", quote=seen["quote"])
    redemption = held["redemption"]
    assert (redemption["points"], redemption["credits"]["amount"]) == (0, "250.00")
    assert redemption["rule"] is None
    assert held["customer"]["storeCredit"]["held"]["amount"] == "250.00"
    assert held["customer"]["points"]["available"] == 500
    paid = await shop.backend.capture(redemption["id"])
    assert paid["payable"]["amount"] == "250.00"
    part = await shop.backend.refund(redemption["id"], points=1_001)
    assert part["redemption"]["refundedCredits"]["amount"] == "10.01"
    rest = await shop.backend.refund(redemption["id"])
    assert rest["customer"]["storeCredit"]["available"]["amount"] == "250.00"


async def test_store_credit_asked_for_exactly_is_quoted_and_applied_exactly(shop: Shop):
    """`points` counts minor units where only store credit is used, in a quote as well."""
    mira = await shop.shopper(await shop.customer(credit_minor=25_000))
    seen = await mira.preview(wallets="CREDITS", points=5_050)
    assert seen["credits"]["amount"] == "50.50"
    held = await mira.apply(wallets="CREDITS", points=5_050, quote=seen["quote"])
    assert code(held) is None, held
    assert held["redemption"]["credits"]["amount"] == "50.50"


async def test_combined_wallets_use_credit_first_and_the_rule_on_what_remains(shop: Shop):
    """₹500: ₹150 of credit, then points on ₹350 with ₹100 to be paid, at most ₹100."""
    mira = await shop.shopper(await shop.customer(points=500, credit_minor=15_000))
    seen = await mira.preview(wallets="COINS_AND_CREDITS")
    assert (seen["credits"]["amount"], seen["points"]) == ("150.00", 100)
    assert seen["discount"]["amount"] == "250.00"
    assert seen["message"] == ("Use 100 points and save ₹100.00. Use ₹150.00 of your store credit.")
    held = await mira.apply(wallets="COINS_AND_CREDITS", quote=seen["quote"])
    assert held["payable"]["amount"] == "250.00"
    paid = await shop.backend.capture(held["redemption"]["id"])
    assert paid["redemption"]["capturedDiscount"]["amount"] == "250.00"
    back = await shop.backend.refund(held["redemption"]["id"])
    assert back["customer"]["points"]["available"] == 500
    assert back["customer"]["storeCredit"]["available"]["amount"] == "150.00"


async def test_credit_leaves_the_minimum_payment_too(shop: Shop):
    rich = await shop.shopper(await shop.customer(points=500, credit_minor=90_000))
    seen = await rich.preview(wallets="COINS_AND_CREDITS")
    assert (seen["credits"]["amount"], seen["points"]) == ("400.00", 0)
    assert seen["payable"]["amount"] == "100.00"


async def test_an_absent_and_a_null_wallet_mean_points(shop: Shop, shopper: Caller):
    assert await shopper.preview(wallets=None) == await shopper.preview()
    held = await shopper.apply(cart(cart_id="nulls"), wallets=None)
    assert held["redemption"]["points"] == 100


async def test_staff_give_points_with_an_expiry_and_take_points_with_a_reason(
    shop: Shop, asha: str, clock: Clock
):
    assert code(await shop.admin.adjust(asha, 40, expiresAt="2020-01-01T00:00:00Z")) == (
        "INVALID_INPUT"
    )
    given = await shop.admin.adjust(asha, 40, expiresAt="2999-01-01T00:00:00Z", reason="sorry")
    assert given["customer"]["points"]["available"] == 540
    taken = await shop.admin.adjust(asha, -15, reason="a mistake")
    assert taken["customer"]["points"]["available"] == 525
    seen = await shop.backend.everything(asha)
    reasons = [edge["node"]["reason"] for edge in seen["history"]["edges"]]
    assert reasons == ["a mistake", "sorry", "a test"]


@pytest.mark.own_shop
async def test_more_than_the_balance_is_not_taken_unless_the_merchant_keeps_debts(
    shop: Shop, asha: str, unchanged: Unchanged
):
    async with unchanged():
        refused = await shop.admin.adjust(asha, -501)
        (error,) = refused["userErrors"]
        assert (error["code"], error["field"]) == ("INSUFFICIENT_POINTS", ["delta"])
        assert (error["allowedPoints"], error["shortfallPoints"]) == (500, 1)
    await shop.set_checkout(clawbackPolicy="DEBT")
    owed = await shop.admin.adjust(asha, -620)
    assert owed["customer"]["points"] == {"available": 0, "held": 0, "pending": 0, "debt": 120}
    some = await shop.admin.adjust(asha, 100)
    assert some["customer"]["points"] == {"available": 0, "held": 0, "pending": 0, "debt": 20}
    rest = await shop.admin.adjust(asha, 50)
    assert rest["customer"]["points"] == {"available": 30, "held": 0, "pending": 0, "debt": 0}


async def test_points_lapse_at_their_time_and_held_ones_do_not(shop: Shop, clock: Clock):
    ravi = await shop.customer()
    until = clock.now // 1_000_000 + 600
    await shop.admin.adjust(ravi, 80, expiresAt=_instant(until))
    await shop.admin.adjust(ravi, 20)
    held = await shop.backend.apply(customer={"externalId": ravi}, points=50, holdSeconds=3_600)
    clock.advance(601)
    assert await shop.backend.balance(ravi) == {
        "available": 20,
        "held": 50,
        "pending": 0,
        "debt": 0,
    }
    paid = await shop.backend.capture(held["redemption"]["id"])
    assert paid["redemption"]["capturedPoints"] == 50
    back = await shop.backend.refund(held["redemption"]["id"])
    found = await shop.backend.ask(CUSTOMER, by={"externalId": ravi})
    assert back["customer"]["points"]["available"] == found["points"]["available"] == 70


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
