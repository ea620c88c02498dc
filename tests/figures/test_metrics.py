"""Each metric on a small story; every number here was worked out by hand, from the story."""

from __future__ import annotations

import asyncio

import pytest

from gateway.services.database import statement
from gateway.services.rollups import Rollups
from tests.e2e import documents as d
from tests.e2e.caller import cart, code
from tests.e2e.metric_documents import LIABILITY, METRICS, TICKET
from tests.e2e.shop import Shop
from tests.figures.story import Story, living_in


async def test_every_metric_of_one_week(shop: Shop):
    """Three customers, five orders.

    Monday: Asha (300 points) looks at a cart of ₹500 and buys it with 100 points.
    Tuesday: Bala (50 points) looks at ₹400, does not buy. Chitra (no points) buys for ₹200.
    Wednesday: Asha buys for ₹600 with 50 points, and for ₹250 with none.
    Thursday: Bala buys for ₹1,000 with 50 points. Asha returns ₹275 of the ₹550 that she paid on
    Wednesday: half of it, so 25 of her 50 points come back, and ₹25 of the discount.
    """
    story = Story(shop)
    story.to("2027-03-01T09:00")
    await story.joins("Asha", 300)
    await story.joins("Bala", 50)
    await story.joins("Chitra")
    await story.looks("Asha", "a1")
    await story.buys("Asha", "500.00", points=100, cart_id="a1")
    story.to("2027-03-02T10:00")
    await story.looks("Bala", "b1", "400.00")
    await story.looks("Chitra", "c1", "200.00")
    await story.buys("Chitra", "200.00")
    story.to("2027-03-03T10:00")
    half = await story.buys("Asha", "600.00", points=50)
    await story.buys("Asha", "250.00")
    story.to("2027-03-04T11:00")
    await story.buys("Bala", "1000.00", points=50)
    await story.returns(half, "275.00")
    for reference in ("T-1", "T-2", "T-1"):
        await shop.backend.ask(TICKET, input={"reference": reference})
    assert await story.values("2027-03-01", "2027-03-07") == {
        # 3 of the 5 orders
        "CHECKOUT_REDEMPTION_USAGE": "0.6000",
        # spent 100 + 50 + 50, came back 25; issued 300 + 50
        "POINTS_REDEMPTION_RATE": "0.5000",
        # Asha, of three buyers
        "REPEAT_PURCHASE_RATE": "0.3333",
        # (500 + 600 + 1000) / 3, and (200 + 250) / 2
        "AVERAGE_ORDER_VALUE_REDEEMERS": "700.00",
        "AVERAGE_ORDER_VALUE_OTHERS": "225.00",
        # a1, the cart of Asha's second, Bala's second: done. b1: not. Chitra could not redeem.
        "CHECKOUT_COMPLETION_RATE": "0.7500",
        # Asha and Bala, of three
        "CUSTOMERS_USING_POINTS": "0.6667",
        "SUPPORT_TICKETS": "2",
        # 100 + 50 + 50 - 25
        "DISCOUNT_COST": "175.00",
        # Asha paid 550 and 250 again, and got 275 back
        "REPEAT_REVENUE": "525.00",
        "TECHNICAL_ERROR_RATE": "0.0000",
    }


async def test_a_refund_counts_on_its_own_day_and_a_cancel_takes_the_rest(shop: Shop):
    """Asha buys twice on Monday; the second for ₹400, ₹100 of it by points.

    She returns ₹150 of the ₹300 that she paid on Tuesday, and all of it on Wednesday.
    """
    story = Story(shop)
    story.to("2027-03-08T09:00")
    await story.joins("Asha", 300)
    await story.buys("Asha", "100.00")
    order = await story.buys("Asha", "400.00", points=100)
    story.to("2027-03-09T09:00")
    await story.returns(order, "150.00")
    story.to("2027-03-10T09:00")
    await story.returns(order)
    found = (await story.metrics("2027-03-08", "2027-03-10"))["metrics"]
    trend = {name: [p["value"] for p in each["points"]] for name, each in found.items()}
    assert trend["DISCOUNT_COST"] == ["100.00", "-50.00", "-50.00"]
    assert trend["REPEAT_REVENUE"] == ["300.00", "-150.00", "-150.00"]
    assert trend["CHECKOUT_REDEMPTION_USAGE"] == ["0.5000", None, None]
    assert found["DISCOUNT_COST"]["value"] == found["REPEAT_REVENUE"]["value"] == "0.00"


@pytest.mark.parametrize(
    ("zone", "late", "early", "day", "next_day"),
    [
        # 23:59:59 and 00:00:00 on the merchant's clocks
        ("Asia/Kolkata", "2027-03-15T23:59:59", "2027-03-16T00:00", "2027-03-15", "2027-03-16"),
        # The night in which New York's clocks go from 02:00 to 03:00, and the one back.
        ("America/New_York", "2028-03-12T23:59:59", "2028-03-13T00:00", "2028-03-12", "2028-03-13"),
        ("America/New_York", "2028-11-05T23:59:59", "2028-11-06T00:00", "2028-11-05", "2028-11-06"),
    ],
)
async def test_a_day_is_the_merchants(
    shop: Shop, zone: str, late: str, early: str, day: str, next_day: str
):
    """One order of ₹100 in the last second of a day, one of ₹300 in the first of the next."""
    story = await living_in(shop, zone)
    story.to(late)
    await story.joins("Asha")
    await story.buys("Asha", "100.00")
    story.to(early)
    await story.buys("Asha", "300.00")
    found = (await story.metrics(day, next_day))["metrics"]["AVERAGE_ORDER_VALUE_OTHERS"]
    assert [(p["from"], p["value"]) for p in found["points"]] == [
        (day, "100.00"),
        (next_day, "300.00"),
    ]
    assert found["value"] == "200.00"


async def test_days_before_are_compared(shop: Shop):
    """₹100 on the first two days, ₹150 on the next two: half as much again."""
    story = Story(shop)
    story.to("2029-01-01T09:00")
    await story.joins("Asha")
    await story.buys("Asha", "10.00")
    story.to("2029-01-02T09:00")
    await story.buys("Asha", "100.00")
    story.to("2029-01-04T09:00")
    await story.buys("Asha", "150.00")
    shown = await story.metrics("2029-01-03", "2029-01-04", compare=True)
    assert (shown["previousFrom"], shown["previousTo"]) == ("2029-01-01", "2029-01-02")
    repeat = shown["metrics"]["REPEAT_REVENUE"]
    assert (repeat["value"], repeat["previousValue"], repeat["change"]) == (
        "150.00",
        "100.00",
        "0.5000",
    )
    cost = shown["metrics"]["DISCOUNT_COST"]
    assert (cost["value"], cost["previousValue"], cost["change"]) == ("0.00", "0.00", None)
    lines = shown["csv"].splitlines()
    assert lines[0] == "metric,name,unit,from,to,value"
    about = "REPEAT_REVENUE,Repeat revenue from members,INR"
    assert f"{about},2029-01-03,2029-01-04,150.00" in lines
    assert f"{about},2029-01-01,2029-01-02,100.00" in lines
    assert f"{about},2029-01-03,2029-01-03,0.00" in lines
    assert len(lines) == 1 + 11 * 4


async def test_customers_of_a_week_and_of_a_month_count_once(shop: Shop):
    """Asha buys on three days of two weeks, with points on two of them; Bala on one, with none."""
    story = Story(shop)
    story.to("2029-02-05T09:00")  # a Monday
    await story.joins("Asha", 300)
    await story.joins("Bala")
    await story.buys("Asha", "200.00", points=10)
    story.to("2029-02-07T09:00")
    await story.buys("Asha", "200.00", points=10)
    await story.buys("Bala", "200.00")
    story.to("2029-02-14T09:00")
    await story.buys("Asha", "200.00")
    by_week = (await story.metrics("2029-02-05", "2029-02-18", by="WEEK"))["metrics"]
    share = by_week["CUSTOMERS_USING_POINTS"]
    assert [p["value"] for p in share["points"]] == ["0.5000", "0.0000"]
    assert share["value"] == "0.5000"
    repeat = by_week["REPEAT_PURCHASE_RATE"]
    assert [p["value"] for p in repeat["points"]] == ["0.5000", "1.0000"]
    assert repeat["value"] == "0.5000"
    by_month = (await story.metrics("2029-01-20", "2029-03-02", by="MONTH"))["metrics"]
    points = by_month["REPEAT_PURCHASE_RATE"]["points"]
    assert [(p["from"], p["value"]) for p in points] == [
        ("2029-01-20", None),
        ("2029-02-01", "0.5000"),
        ("2029-03-01", None),
    ]


async def test_a_guest_that_was_merged_is_one_customer(shop: Shop):
    """Asha bought as a guest, and with an account: after the merge that was a repeat purchase."""
    story = Story(shop)
    story.to("2029-04-02T09:00")
    await story.joins("guest", 100)
    await story.joins("Asha", 100)
    await story.buys("guest", "200.00", points=50)
    story.to("2029-04-03T09:00")
    await story.buys("Asha", "300.00", points=50)
    before = await story.values("2029-04-01", "2029-04-07")
    assert (before["REPEAT_PURCHASE_RATE"], before["REPEAT_REVENUE"]) == ("0.0000", "0.00")
    given = {"source": story.who("guest"), "target": story.who("Asha"), "idempotencyKey": "m"}
    assert code(await shop.backend.ask(d.MERGE, input=given)) is None
    after = await story.values("2029-04-01", "2029-04-07")
    assert after["REPEAT_PURCHASE_RATE"] == "1.0000"
    assert after["REPEAT_REVENUE"] == "250.00"
    unchanged = ("DISCOUNT_COST", "POINTS_REDEMPTION_RATE", "CHECKOUT_COMPLETION_RATE")
    assert [after[name] for name in unchanged] == [before[name] for name in unchanged]
    assert {row["customer_id"] for row in (await story.rows())["customer_figure"]} == {
        int(await _number(shop, "Asha", story))
    }


async def _number(shop: Shop, name: str, story: Story) -> int:
    found = await statement(
        "SELECT id FROM customer WHERE merchant_id = ? AND external_id = ?",
        shop.merchant_id,
        story.names[name],
    )
    return found[0]["id"]


async def test_what_is_told_late_changes_the_day_on_which_it_was(shop: Shop):
    """An order of Monday is told on Wednesday: Monday has it, and Tuesday's is a repeat one now."""
    story = Story(shop)
    story.to("2029-05-07T09:00")
    await story.joins("Asha")
    story.to("2029-05-08T09:00")
    await story.buys("Asha", "300.00")
    assert (await story.values("2029-05-07", "2029-05-08"))["REPEAT_REVENUE"] == "0.00"
    story.to("2029-05-09T09:00")
    await story.buys("Asha", "100.00", placedAt="2029-05-07T09:00:00+05:30")
    found = (await story.metrics("2029-05-07", "2029-05-09"))["metrics"]
    assert [p["value"] for p in found["AVERAGE_ORDER_VALUE_OTHERS"]["points"]] == [
        "100.00",
        "300.00",
        None,
    ]
    assert found["REPEAT_REVENUE"]["value"] == "300.00"


async def test_making_everything_again_changes_nothing(shop: Shop):
    """By several at once, and with each customer asked for anew: the same rows."""
    story = Story(shop)
    story.to("2029-06-04T09:00")
    for name in ("Asha", "Bala", "Chitra"):
        await story.joins(name, 200)
        await story.looks(name, f"{name}-1")
        await story.buys(name, "300.00", points=20)
    story.to("2029-06-06T09:00")
    again = await story.buys("Asha", "300.00", points=20)
    await story.returns(again, "100.00")
    await story.rolled_up()
    first = await story.rows()
    assert len(first["customer_figure"]) == 4
    sql = (
        "INSERT INTO {table} (merchant_id, {key}, asked) SELECT DISTINCT merchant_id, {key}, 0"
        " FROM customer_figure WHERE merchant_id = ?"
    )
    for table, key in (("figure_due", "customer_id"), ("figure_day_due", "day")):
        await statement(sql.format(table=table, key=key), shop.merchant_id)
    rollups = Rollups(shop.served.gateway.runtime)
    await asyncio.gather(*(rollups.run() for _ in range(4)))
    assert await story.rows() == first


async def test_a_store_without_anything_has_metrics_without_values(shop: Shop):
    found = await Story(shop).metrics("2026-01-01", "2026-01-31", compare=True)
    values = {name: each["value"] for name, each in found["metrics"].items()}
    assert {name for name, value in values.items() if value is not None} == {
        "SUPPORT_TICKETS",
        "DISCOUNT_COST",
        "REPEAT_REVENUE",
    }
    owed = (await shop.admin.ask(LIABILITY))["liability"]
    assert owed == {"byMonth": [], "neverExpiring": 0, "total": 0, "worth": {"amount": "0.00"}}


async def test_calls_that_fail_by_our_fault_are_counted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    """Of five calls two fail: one by GraphQL, one by the checkout webhook. A refusal is none."""
    story = Story(shop)
    story.to("2029-07-02T09:00")
    await story.joins("Asha", 100)
    await story.looks("Asha", "a")
    await shop.backend.apply(cart(cart_id="a"), customer=story.who("Asha"), points=100_000)
    hook = f"/api/open/integrations/customcheckoutwebhook/{shop.secret_webhook_id}"
    asked = {"action": "list", "amount": 500, "customer_id": story.names["Asha"]}
    assert (await shop.served.http.post(hook, json=asked)).status_code == 200

    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shop.served.gateway.runtime.ledger, "read", broken, raising=True)
    failed = await shop.backend.send(
        d.PREVIEW, input={"cart": cart(cart_id="a"), "customer": story.who("Asha")}
    )
    assert failed.error["code"] == "INTERNAL_SERVER_ERROR"
    assert (await shop.served.http.post(hook, json=asked)).status_code == 500
    monkeypatch.undo()
    assert (await story.values("2029-07-02", "2029-07-02"))["TECHNICAL_ERROR_RATE"] == "0.4000"


@pytest.mark.parametrize(
    ("begins", "ends", "by", "field"),
    [
        ("2027-01-02", "2027-01-01", "DAY", "from"),
        ("2027-01-01", "2028-02-05", "DAY", "to"),
        ("2027-01-01", "2037-03-01", "MONTH", "to"),
        ("1999-12-31", "2000-01-01", "DAY", "from"),
    ],
)
async def test_a_range_that_cannot_be_is_refused(
    shop: Shop, begins: str, ends: str, by: str, field: str
):
    answer = await shop.admin.send(METRICS, **{"from": begins, "to": ends, "by": by})
    assert (answer.error["code"], answer.error["field"]) == ("BAD_USER_INPUT", [field])


async def test_liability_is_by_the_month_in_which_lots_expire(shop: Shop):
    """Three lots: one ends just before a month does in Kolkata, one just after, one never.

    Of the first 50 points are held and 30 were spent: 120 of 150 are left.
    """
    story = Story(shop)
    story.to("2029-08-01T09:00")
    asha = await story.joins("Asha", 70)
    for points, ends in ((150, "2029-08-31T18:29:59Z"), (40, "2029-08-31T18:30:00Z")):
        assert code(await shop.admin.adjust(asha, points, expiresAt=ends)) is None
    await story.buys("Asha", "500.00", points=30)
    held = await shop.backend.apply(cart(), customer=story.who("Asha"), points=50)
    assert code(held) is None
    owed = (await shop.admin.ask(LIABILITY))["liability"]
    assert owed == {
        "byMonth": [
            {"month": "2029-08-01", "points": 120, "worth": {"amount": "120.00"}},
            {"month": "2029-09-01", "points": 40, "worth": {"amount": "40.00"}},
        ],
        "neverExpiring": 70,
        "total": 230,
        "worth": {"amount": "230.00"},
    }
    # Once both have lapsed, what was held of the first is all that is left of them.
    story.to("2029-09-02T09:00")
    owed = (await shop.admin.ask(LIABILITY))["liability"]
    assert [(m["month"], m["points"]) for m in owed["byMonth"]] == [("2029-09-01", 50)]


async def test_a_ticket_without_a_reference_is_refused(shop: Shop):
    refused = await shop.backend.ask(TICKET, input={"reference": " "})
    assert (refused["recorded"], code(refused)) == (False, "INVALID_INPUT")
    again = [await shop.backend.ask(TICKET, input={"reference": "T-9"}) for _ in range(2)]
    assert [(each["recorded"], each["replayed"]) for each in again] == [(True, False), (True, True)]


async def test_a_sandbox_counts_in_nothing(shop: Shop):
    """What a customer of the sandbox did is in no metric and no liability."""
    story = Story(shop)
    story.to("2029-10-01T09:00")
    await story.joins("a tester", 300)
    await story.buys("a tester", "500.00", points=100)
    sql = "UPDATE customer SET sandbox = ? WHERE merchant_id = ?"
    await statement(sql, True, shop.merchant_id)
    values = await story.values("2029-10-01", "2029-10-01")
    assert values["CHECKOUT_REDEMPTION_USAGE"] is None
    assert values["DISCOUNT_COST"] == "0.00"
    assert (await shop.admin.ask(LIABILITY))["liability"]["total"] == 0
