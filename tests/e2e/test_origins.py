"""Browsers: each merchant's pages may call for it, and for nobody else."""

from __future__ import annotations

import httpx
import pytest
import pytest_asyncio

from gateway.services.programs import CheckoutChange, update_checkout
from tests.e2e import documents as d
from tests.e2e.caller import Answer, Caller, cart, code
from tests.e2e.conftest import Unchanged
from tests.e2e.serving import Clock
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop

OURS, THEIRS, STRANGE = "https://ours.example", "https://theirs.example", "https://strange.example"
LISTED = "{ merchant { customCheckout { allowedOrigins } } }"


@pytest_asyncio.fixture(loop_scope="package", autouse=True)
async def listed(shop: Shop, other_shop: Shop) -> None:
    """Two merchants, each with a page of its own."""
    await allow(shop, OURS)
    await allow(other_shop, THEIRS)


async def allow(shop: Shop, *origins: str) -> None:
    await shop.set_checkout(allowedOrigins=list(origins))


async def origins_of(shop: Shop) -> list[str]:
    merchant = await shop.admin.ask(LISTED)
    return merchant["customCheckout"]["allowedOrigins"]


def at(caller: Caller, origin: str, **more: str) -> Caller:
    """The same caller, from a page of that origin."""
    return Caller(caller.http, {**caller.headers, "origin": origin, **more})


def marks(headers: httpx.Headers) -> dict[str, str]:
    return {name: text for name, text in headers.items() if name.startswith("access-control")}


async def preflight(shop: Shop, origin: str) -> httpx.Response:
    asks = {"origin": origin, "access-control-request-method": "POST"}
    return await shop.served.http.options("/graphql", headers=asks)


def assert_sent_away(answer: Answer) -> None:
    assert (answer.status, answer.error["code"]) == (403, "FORBIDDEN")
    assert "data" not in answer.body
    assert marks(answer.headers) == {}


async def test_a_page_of_the_merchants_own_may_ask_first_call_and_read(shop: Shop, shopper: Caller):
    asked = await preflight(shop, OURS)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, OURS)
    answer = await at(shopper, OURS).send(d.ME)
    assert answer.data["me"]["points"]["available"] == 500
    assert answer.headers["access-control-allow-origin"] == OURS
    told = await at(shop.page, OURS).send("{ program { enabled } }")
    assert told.headers["access-control-allow-origin"] == OURS


async def test_a_page_of_one_merchant_cannot_use_a_credential_of_another(
    shop: Shop, other_shop: Shop, shopper: Caller, unchanged: Unchanged
):
    """Its preflight is granted, as it must be: only the credential says whose request it is."""
    assert (await preflight(shop, THEIRS)).status_code == 200
    given = {"cart": cart(), "idempotencyKey": "k"}
    async with unchanged():
        for caller in (shopper, shop.backend, shop.admin):
            assert_sent_away(await at(caller, THEIRS).send(d.APPLY, input=given))
        assert_sent_away(await at(shop.page, THEIRS).send("{ program { enabled } }"))
        both = {**other_shop.page.headers, **shopper.headers}
        assert (await at(Caller(shop.served.http, both), THEIRS).send(d.ME)).status == 401
    assert code(await shopper.apply(key="k")) is None


async def test_a_strangers_page_learns_nothing(shop: Shop, shopper: Caller):
    for origin in (STRANGE, "null", f"{OURS}.strange.example", "http://ours.example", ""):
        asked = await preflight(shop, origin)
        assert (asked.status_code, marks(asked.headers)) == (403, {})
        assert_sent_away(await at(shopper, origin).send(d.ME))
        nobody = await Caller(shop.served.http, {"origin": origin}).send(d.ME)
        assert (nobody.error["code"], marks(nobody.headers)) == ("UNAUTHENTICATED", {})


async def test_a_page_can_read_that_its_token_is_no_good(shop: Shop):
    answer = await at(shop.bearer("nonsense"), OURS).send(d.ME)
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (401, OURS)


async def test_who_sends_no_origin_or_comes_from_the_gateways_own_page_is_not_asked(
    shop: Shop, shopper: Caller
):
    own = f"127.0.0.1:{shop.served.port}"
    for page in (f"http://{own}", f"https://{own}"):
        assert (await at(shopper, page).send(d.ME)).status == 200
    assert (await shopper.send(d.ME)).status == 200
    assert_sent_away(await at(shopper, "http://127.0.0.1:1").send(d.ME))
    behind = await at(shopper, "https://points.example", host="points.example").send(d.ME)
    assert behind.status == 200


async def test_an_origin_that_was_taken_off_the_list_is_sent_away_at_once(
    shop: Shop, shopper: Caller
):
    gone = "https://gone.example"
    await allow(shop, gone)
    assert (await at(shopper, gone).send(d.ME)).status == 200
    await allow(shop)
    assert await origins_of(shop) == []
    assert (await preflight(shop, gone)).status_code == 403
    assert_sent_away(await at(shopper, gone).send(d.ME))


async def test_a_change_by_another_process_is_noticed_within_the_cache_time(
    shop: Shop, shopper: Caller, clock: Clock
):
    assert (await preflight(shop, OURS)).status_code == 200
    new = "https://new.example"
    change = CheckoutChange(allowed_origins=(new,))
    await update_checkout(shop.merchant_id, change, clock())
    assert (await preflight(shop, new)).status_code == 403
    clock.advance(2)
    assert (await preflight(shop, new)).status_code == 200
    assert_sent_away(await at(shopper, OURS).send(d.ME))


async def test_a_list_is_kept_as_browsers_write_it_and_left_alone_unless_named(shop: Shop):
    given = ["https://Shop.Example:443", "http://localhost:3000", "capacitor://localhost"]
    await allow(shop, *given, "https://shop.example", "https://shop.example:8443")
    kept = ["capacitor://localhost", "http://localhost:3000", "https://shop.example"]
    assert await origins_of(shop) == [*kept, "https://shop.example:8443"]
    await shop.set_checkout(holdSeconds=60)
    await shop.set_checkout(allowedOrigins=None)
    assert len(await origins_of(shop)) == 4


async def test_a_list_with_one_wrong_entry_changes_nothing(shop: Shop):
    given = {"enabled": False, "allowedOrigins": [STRANGE, f"{STRANGE}/shop"]}
    refused = await shop.admin.ask(d.CHECKOUT, input=given)
    (error,) = refused["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["allowedOrigins", "1"])
    assert f"{STRANGE}/shop" in error["message"]
    assert "path" in error["message"]
    assert await origins_of(shop) == [OURS]
    assert (await shop.page.ask("{ program { enabled } }"))["enabled"]
