"""Many at once: what the points can pay for goes through, and one of two enders wins."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from gateway.ledger.verify import verify
from tests.e2e.caller import Caller, cart, code
from tests.e2e.documents import FIND
from tests.e2e.shop import Shop


async def test_a_hundred_applies_at_once_take_what_is_there_and_not_a_point_more(
    shop: Shop, asha: str, shopper: Caller
):
    """500 points, 100 carts of 60 points each: exactly eight are held."""
    done = await asyncio.gather(
        *(shopper.apply(cart(cart_id=f"cart-{n}"), points=60) for n in range(100))
    )
    assert Counter(map(code, done)) == {None: 8, "INSUFFICIENT_POINTS": 92}
    refused = next(each for each in done if code(each))
    assert refused["userErrors"][0]["shortfallPoints"] == 40
    assert await shop.backend.balance(asha) == {
        "available": 20,
        "held": 480,
        "pending": 0,
        "debt": 0,
    }
    seen = await shop.backend.everything(asha)
    held = [edge["node"] for edge in seen["redemptions"]["edges"]]
    assert sorted(each["id"] for each in held) == sorted(
        each["redemption"]["id"] for each in done if not code(each)
    )


async def test_a_slider_dragged_fast_leaves_one_hold(shop: Shop, asha: str, shopper: Caller):
    done = await asyncio.gather(*(shopper.apply(points=n) for n in range(1, 41)))
    assert [code(each) for each in done] == [None] * 40
    found = [await shopper.ask(FIND, id=each["redemption"]["id"]) for each in done]
    assert Counter(each["status"] for each in found) == {"HELD": 1, "RELEASED": 39}
    (held,) = (each["points"] for each in found if each["status"] == "HELD")
    assert (await shop.backend.balance(asha))["held"] == held


@pytest.mark.parametrize("round_", range(3))
async def test_captures_and_releases_racing_one_wins_and_the_others_are_told(
    shop: Shop, asha: str, shopper: Caller, round_: int
):
    redemption = (await shopper.apply())["redemption"]["id"]
    racers = [
        *(shop.backend.capture(redemption, order=f"order-{n}") for n in range(5)),
        *(shopper.release(redemption) for _ in range(5)),
    ]
    if round_ % 2:
        racers.reverse()
    done = await asyncio.gather(*racers)
    found = await shopper.ask(FIND, id=redemption)
    told = Counter(code(each) for each in done)
    if found["status"] == "CAPTURED":
        assert told == {None: 1, "ALREADY_CAPTURED": 9}
        winner = next(each for each in done if not code(each))
        assert winner["redemption"]["order"]["id"] == found["order"]["id"]
        left = 400
    else:
        assert found["status"] == "RELEASED"
        assert told == {None: 5, "ALREADY_RELEASED": 5}
        left = 500
    assert await shop.backend.balance(asha) == {
        "available": left,
        "held": 0,
        "pending": 0,
        "debt": 0,
    }


async def test_an_apply_racing_the_end_of_what_it_replaces_leaves_one_truth(
    shop: Shop, asha: str, shopper: Caller
):
    """The apply supersedes the hold, unless the capture was first: then both stand."""
    redemption = (await shopper.apply())["redemption"]["id"]
    applied, captured, released = await asyncio.gather(
        shopper.apply(points=50), shop.backend.capture(redemption), shopper.release(redemption)
    )
    first = await shopper.ask(FIND, id=redemption)
    assert code(applied) is None
    expected = {"CAPTURED": (None, "ALREADY_CAPTURED"), "RELEASED": ("ALREADY_RELEASED", None)}
    assert (code(captured), code(released)) == expected[first["status"]]
    spent = 100 if first["status"] == "CAPTURED" else 0
    assert await shop.backend.balance(asha) == {
        "available": 450 - spent,
        "held": 50,
        "pending": 0,
        "debt": 0,
    }


async def test_refunds_at_once_give_back_no_more_than_was_captured(
    shop: Shop, asha: str, shopper: Caller
):
    redemption = (await shopper.apply())["redemption"]["id"]
    await shop.backend.capture(redemption)
    done = await asyncio.gather(*(shop.backend.refund(redemption, points=30) for _ in range(20)))
    assert Counter(map(code, done)) == {None: 3, "EXCEEDS_CAPTURED": 17}
    assert (await shop.backend.balance(asha))["available"] == 490


async def test_after_all_this_the_ledger_is_sound(shop: Shop):
    """Every invariant over everything that the tests of this folder have done so far."""
    served = shop.served
    report = await verify(
        served.gateway.settings.database_url, now=served.clock(), sweep_seconds=10**9
    )
    assert report.ok, [check for check in report.checks if check.violation_count]
