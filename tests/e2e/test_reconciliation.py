"""Staff see what does not agree and what would mend it, and mend it, over the wire."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.ids import from_global_id
from gateway.services.directory import Known
from gateway.services.orders import Completion, complete_order
from tests.e2e import documents as d
from tests.e2e import earning as e
from tests.e2e import reconciling as r
from tests.e2e.caller import Json, cart, code, money
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop

HOUR = 3_600
ORDER_ENDED = 16 * 60


@pytest.fixture
def buyer(asha: str) -> Json:
    return {"externalId": asha}


async def look(shop: Shop, *kinds: str, **given: Any) -> list[Json]:
    """All findings of these kinds, or of all that are open."""
    asked = {"kinds": list(kinds)} if kinds else {}
    page = await shop.admin.ask(r.RECONCILIATION, first=100, **asked, **given)
    found = [edge["node"] for edge in page["edges"]]
    return found if kinds else [each for each in found if each["open"]]


async def mend(shop: Shop, finding: Json, key: str = "") -> Json:
    given = {"id": finding["id"], "idempotencyKey": key or f"mend {finding['id']}"}
    return await shop.admin.ask(r.REPAIR, input=given)


async def complete(shop: Shop, buyer: Json, order: str, **given: Any) -> Json:
    told = {"id": order, "total": money("500.00")}
    done = await shop.backend.ask(
        d.COMPLETE_ORDER, input={"customer": buyer, "order": told, **given}
    )
    assert code(done) is None, done
    return done


async def told_by_a_platform(shop: Shop, held: str, order: str) -> None:
    """Complete it as a platform's webhook does: the order stands whatever becomes of its points."""
    runtime = shop.served.gateway.runtime
    customer, number = (int(part) for part in from_global_id(held, "Redemption") or ())
    sale = Completion(order_id=order, total_minor=50_000, redemption_id=number, lenient=True)
    outcome = await complete_order(runtime, shop.merchant_id, Known(customer), sale)
    assert outcome.order is not None
    assert outcome.order.capture_refusal == "HOLD_EXPIRED"


async def captured(shop: Shop, buyer: Json, order: str) -> str:
    held = await shop.backend.apply(cart(cart_id=f"cart of {order}"), customer=buyer, points=100)
    done = await shop.backend.capture(held["redemption"]["id"], order=order)
    assert code(done) is None
    return held["redemption"]["id"]


async def test_a_capture_without_its_order_is_found_after_the_grace_and_completed(
    shop: Shop, asha: str, buyer: Json, clock: Clock
):
    await e.make_rule(shop)
    held = await captured(shop, buyer, "o-1")
    assert await look(shop) == []
    clock.advance(2 * HOUR)
    (found,) = await look(shop)
    assert (found["kind"], found["repair"]) == ("CAPTURED_WITHOUT_ORDER", "COMPLETE_ORDER")
    assert (found["orderId"], found["redemptionId"], found["points"]) == ("o-1", held, 100)
    assert found["customer"] == {"externalId": asha}
    preview = found["preview"]
    assert preview["refusal"] is None
    assert preview["before"]["available"] == (await shop.backend.balance(asha))["available"]
    done = await mend(shop, found)
    assert code(done) is None
    assert (done["order"]["status"], done["order"]["earnedPoints"]) == ("COMPLETED", 40)
    after = (await shop.backend.balance(asha))["available"]
    assert after == preview["after"]["available"] == preview["before"]["available"] + 40
    again = await mend(shop, found)
    assert again["replayed"]
    assert again["order"] == done["order"]
    assert await look(shop) == []


async def test_within_the_grace_that_is_asked_for(shop: Shop, buyer: Json, clock: Clock):
    await captured(shop, buyer, "o-1")
    clock.advance(60)
    assert await look(shop, grace=120) == []
    assert len(await look(shop, grace=30)) == 1


async def test_points_of_a_cancelled_order_go_back(shop: Shop, asha: str, buyer: Json):
    """The cancel came first, and whoever captured afterwards did not look."""
    start = (await shop.backend.balance(asha))["available"]
    await shop.backend.ask(d.CANCEL_ORDER, input={"orderId": "o-1", "customer": buyer})
    await captured(shop, buyer, "o-1")
    (found,) = await look(shop)
    assert (found["kind"], found["repair"]) == ("CAPTURED_BUT_CANCELLED", "REFUND_REDEMPTION")
    assert found["preview"]["after"]["available"] == start
    done = await mend(shop, found)
    assert done["redemption"]["refundedPoints"] == 100
    assert (await shop.backend.balance(asha))["available"] == start
    assert await look(shop) == []


async def test_a_capture_that_was_refused_is_made_up_for_when_points_are_there_again(
    shop: Shop, asha: str, buyer: Json, clock: Clock
):
    held = (await shop.backend.apply(customer=buyer, points=100))["redemption"]["id"]
    clock.advance(ORDER_ENDED)
    await shop.admin.adjust(asha, -450)
    await told_by_a_platform(shop, held, "o-1")
    (found,) = await look(shop)
    assert (found["kind"], found["repair"]) == ("CAPTURE_REFUSED", "CAPTURE_REDEMPTION")
    assert found["preview"]["refusal"] == "HOLD_EXPIRED"
    assert found["preview"]["after"] == found["preview"]["before"]
    assert code(await mend(shop, found)) == "HOLD_EXPIRED"
    await shop.admin.adjust(asha, 100)
    (found,) = await look(shop)
    assert found["preview"]["refusal"] is None
    assert code(await mend(shop, found, "once more")) is None
    assert await look(shop) == []
    assert (await shop.backend.balance(asha))["available"] == 50
    back = await shop.backend.ask(d.CANCEL_ORDER, input={"orderId": "o-1"})
    assert back["order"]["redemption"]["refundedPoints"] == 100
    assert (await shop.backend.balance(asha))["available"] == 150


@pytest.mark.parametrize("ended", [False, True], ids=["held", "expired"])
async def test_a_hold_for_the_cart_of_a_completed_order_is_captured_late(
    shop: Shop, asha: str, buyer: Json, clock: Clock, ended: bool
):
    applied = await shop.backend.apply(cart(cart_id="o-1"), customer=buyer, points=100)
    held = applied["redemption"]["id"]
    await complete(shop, buyer, "o-1")
    if ended:
        clock.advance(ORDER_ENDED)
        assert (await shop.backend.balance(asha))["held"] == 0
        await shop.backend.release(held)  # lets the ledger write down that the hold ended
    (found,) = await look(shop)
    assert (found["kind"], found["redemptionId"]) == ("HOLD_NOT_CAPTURED", held)
    done = await mend(shop, found)
    assert done["redemption"]["status"] == "CAPTURED"
    assert done["redemption"]["closeReason"] == ("LATE" if ended else None)
    assert await look(shop) == []
    assert (await mend(shop, found))["replayed"]


async def test_a_capture_after_its_order_was_completed_goes_back_with_it(
    shop: Shop, asha: str, buyer: Json
):
    start = (await shop.backend.balance(asha))["available"]
    await complete(shop, buyer, "o-1")
    await captured(shop, buyer, "o-1")
    await shop.backend.ask(d.CANCEL_ORDER, input={"orderId": "o-1"})
    assert (await shop.backend.balance(asha))["available"] == start
    assert await look(shop) == []


async def test_a_hold_that_nobody_paid_is_told_with_whether_its_points_are_there(
    shop: Shop, asha: str, buyer: Json, clock: Clock
):
    held = (await shop.backend.apply(customer=buyer, points=100))["redemption"]["id"]
    clock.advance(ORDER_ENDED)
    await shop.backend.release(held)
    assert await look(shop) == []
    (found,) = await look(shop, "HOLD_ENDED_UNPAID")
    assert (found["open"], found["pointsThere"], found["repair"]) == (False, True, None)
    await shop.admin.adjust(asha, -450)
    (found,) = await look(shop, "HOLD_ENDED_UNPAID")
    assert found["pointsThere"] is False
    assert code(await mend(shop, found)) == "INVALID_INPUT"


async def test_pages_go_on_where_the_last_one_ended_through_all_kinds(
    shop: Shop, buyer: Json, clock: Clock
):
    await shop.set_checkout(holdSeconds=60)
    for number in range(3):
        held = await shop.backend.apply(cart(cart_id=f"c-{number}"), customer=buyer, points=10)
        clock.advance(61)
        await shop.backend.release(held["redemption"]["id"])
        await captured(shop, buyer, f"o-{number}")
    clock.advance(HOUR + 1)
    all_of_it = [
        each["id"] for each in await look(shop, *("CAPTURED_WITHOUT_ORDER", "HOLD_ENDED_UNPAID"))
    ]
    assert len(all_of_it) == 6
    paged: list[str] = []
    after, more = None, True
    while more:
        page = await shop.admin.ask(r.RECONCILIATION, first=2, after=after)
        paged += [edge["node"]["id"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert paged == all_of_it


async def test_only_what_lies_in_the_stretch_of_time_counts(shop: Shop, buyer: Json, clock: Clock):
    await captured(shop, buyer, "o-1")
    clock.advance(8 * 86_400)
    assert await look(shop) == []
    assert len(await look(shop, since="2020-01-01")) == 1
    assert await look(shop, since="2020-01-01", until="2021-01-01") == []


async def test_what_is_asked_for_wrongly_is_said(shop: Shop):
    for given, field in (
        ({"first": 0}, "first"),
        ({"after": "nonsense"}, "after"),
        ({"since": "2026-01-02", "until": "2026-01-01"}, "since"),
        ({"grace": -1}, "graceSeconds"),
    ):
        answer = await shop.admin.send(r.RECONCILIATION, **given)
        assert answer.error["field"] == [field]
    for finding in (
        "nonsense",
        (await shop.admin.ask(d.CUSTOMER, by={"externalId": await shop.customer()}))["id"],
    ):
        assert code(await mend(shop, {"id": finding})) == "INVALID_INPUT"


async def test_another_merchant_finds_and_mends_nothing_of_it(
    shop: Shop, other_shop: Shop, buyer: Json, clock: Clock
):
    await captured(shop, buyer, "o-1")
    clock.advance(2 * HOUR)
    (found,) = await look(shop)
    assert await look(other_shop) == []
    assert code(await mend(other_shop, found)) == "REDEMPTION_NOT_FOUND"
