"""Signing in to the console: who gets in, who does not, and what either is told."""

from __future__ import annotations

import asyncio
import time

import pytest

from gateway.services.sign_in import LOCKED_SECONDS, MOST_TRIES
from tests.e2e.caller import Caller
from tests.e2e.serving import Served
from tests.e2e.shop import Shop, open_shop
from tests.e2e.staff import (
    PASSWORD,
    account,
    console_headers,
    cookie_of,
    door,
    invited,
    person,
    sign_in,
)

pytestmark = pytest.mark.own_shop
VIEWER = "{ viewer { staff { email role } permissions } }"


@pytest.fixture(autouse=True)
def patient(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal need not wait, and the test's own address may try as often as it likes."""
    served.gateway.sign_in._refused_after = 0
    served.clock.advance(3_600)


async def test_a_session_is_the_person_with_the_role(shop: Shop, served: Served):
    await account(shop, "asha@shop.example")
    answer = await sign_in(served, " Asha@Shop.example ")
    assert answer.status_code == 200
    assert answer.json()["staff"]["role"] == "OWNER"
    headers = {"cookie": cookie_of(answer), **console_headers(served)}
    me = await Caller(served.http, headers).ask(VIEWER)
    assert me["staff"] == {"email": "asha@shop.example", "role": "OWNER"}
    assert "MANAGE_STAFF" in me["permissions"]
    assert "APPLY" not in me["permissions"]


async def test_the_cookie_is_for_this_site_alone_and_no_script_sees_it(shop: Shop, served: Served):
    await account(shop, "cookie@shop.example")
    plain = (await sign_in(served, "cookie@shop.example")).headers["set-cookie"]
    assert plain.startswith("loyalty_session=cs_")
    body = {"email": "cookie@shop.example", "password": PASSWORD}
    there = {"host": "loyalty.shop.example", "origin": "https://loyalty.shop.example"}
    answer = await door(served, "/console/door/session", body, **there)
    secure = answer.headers["set-cookie"]
    assert secure.startswith("__Host-loyalty_session=cs_")
    for text in (plain, secure):
        assert "; HttpOnly; SameSite=Strict" in text
        assert "; Path=/;" in text
        assert "domain" not in text.lower()
    assert secure.endswith("; Secure")


async def test_whoever_is_refused_is_told_the_same(shop: Shop, served: Served):
    """A wrong password, an address that nobody has, a shut account."""
    await account(shop, "known@shop.example")
    known = await sign_in(served, "known@shop.example", "a wrong password")
    unknown = await sign_in(served, "nobody@shop.example", "a wrong password")
    pending = await invited(shop, email="pending@shop.example")
    waiting = await sign_in(served, pending.staff.email, "a wrong password")
    assert known.status_code == unknown.status_code == waiting.status_code == 401
    assert known.json() == unknown.json() == waiting.json()
    assert "set-cookie" not in known.headers


async def test_a_refusal_takes_as_long_whatever_was_wrong(shop: Shop, served: Served):
    await account(shop, "timed@shop.example")
    served.gateway.sign_in._refused_after = 0.4
    for email in ("timed@shop.example", "nobody@shop.example"):
        began = time.perf_counter()
        assert (await sign_in(served, email, "a wrong password")).status_code == 401
        assert time.perf_counter() - began >= 0.39


async def test_after_five_wrong_tries_the_right_password_opens_nothing_for_a_while(
    shop: Shop, served: Served
):
    await account(shop, "locked@shop.example")
    for _ in range(MOST_TRIES - 1):
        await sign_in(served, "locked@shop.example", "a wrong password")
    wrong = await sign_in(served, "locked@shop.example", "a wrong password")
    right = await sign_in(served, "locked@shop.example")
    assert (right.status_code, right.json()) == (401, wrong.json())
    served.clock.advance(LOCKED_SECONDS + 1)
    assert (await sign_in(served, "locked@shop.example")).status_code == 200


async def test_a_right_password_forgives_the_wrong_ones(shop: Shop, served: Served):
    await account(shop, "forgiven@shop.example")
    for _ in range(2):
        for _ in range(MOST_TRIES - 1):
            await sign_in(served, "forgiven@shop.example", "a wrong password")
        assert (await sign_in(served, "forgiven@shop.example")).status_code == 200


async def test_an_address_that_guesses_is_slowed_down(served: Served):
    answers = [await sign_in(served, f"g{n}@shop.example", "a guess of mine") for n in range(22)]
    assert {a.status_code for a in answers[:20]} == {401}
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    served.clock.advance(3_600)


async def test_a_flood_of_passwords_is_turned_away_and_queries_go_on(shop: Shop, served: Served):
    await account(shop, "flood@shop.example")
    tries = [asyncio.create_task(sign_in(served, "flood@shop.example")) for _ in range(60)]
    began = time.perf_counter()
    assert (await shop.page.ask("{ program { enabled } }"))["enabled"] is True
    assert time.perf_counter() - began < 2
    statuses = {answer.status_code for answer in await asyncio.gather(*tries)}
    assert 503 in statuses or 429 in statuses
    assert statuses <= {200, 429, 503}


async def test_who_works_for_two_merchants_says_for_which(shop: Shop, served: Served):
    other = await open_shop(served)
    for each in (shop, other):
        await account(each, "both@agency.example")
    offered = (await sign_in(served, "both@agency.example")).json()["merchants"]
    assert {each["id"] for each in offered} == {str(shop.merchant_id), str(other.merchant_id)}
    chosen = await sign_in(served, "both@agency.example", merchantId=str(other.merchant_id))
    assert chosen.status_code == 200
    assert "set-cookie" in chosen.headers


async def test_signing_out_ends_the_session_everywhere(shop: Shop, served: Served):
    owner = await person(shop)
    cookie = {"cookie": owner.headers["cookie"]}
    assert (await owner.ask(VIEWER))["staff"]["role"] == "OWNER"
    out = await door(served, "/console/door/session", method="DELETE", **cookie)
    assert out.status_code == 204
    assert "Max-Age=0" in out.headers["set-cookie"]
    again = await owner.send(VIEWER)
    assert (again.status, again.error) == (401, {"code": "UNAUTHENTICATED"})


async def test_a_session_ends_by_itself(shop: Shop, served: Served):
    """When it is left alone, and after half a day however much it is used."""
    idle = await person(shop)
    served.clock.advance(3_599)
    await idle.ask(VIEWER)
    served.clock.advance(3_600)
    assert (await idle.send(VIEWER)).status == 401
    busy = await person(shop)
    for _ in range(12):
        await busy.ask(VIEWER)
        served.clock.advance(3_599)
    served.clock.advance(12)
    assert (await busy.send(VIEWER)).status == 401


@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
    ],
)
async def test_a_cookie_counts_for_nothing_that_a_stranger_page_sends(
    shop: Shop, served: Served, change: dict[str, str]
):
    owner = await person(shop)
    for path, body in (
        ("/graphql", {"query": VIEWER}),
        ("/console/door/session", {"email": "a@b.example", "password": PASSWORD}),
    ):
        answer = await served.http.post(path, json=body, headers={**owner.headers, **change})
        assert answer.status_code == 403, path
        assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_without_the_header_of_the_console_a_cookie_is_not_looked_at(
    shop: Shop, served: Served
):
    """A form or an image can send the cookie, but not the header."""
    owner = await person(shop)
    bare = {name: text for name, text in owner.headers.items() if name != "x-loyalty-console"}
    answer = await Caller(served.http, bare).send(VIEWER)
    assert answer.error == {"code": "UNAUTHENTICATED"}
    got = await served.http.get("/graphql", params={"query": VIEWER}, headers=owner.headers)
    assert got.status_code == 403
    form = {**owner.headers, "content-type": "text/plain"}
    sent = await served.http.post("/graphql", content=b'{"query": "{ me }"}', headers=form)
    assert sent.status_code == 415


async def test_a_key_goes_before_the_cookie(shop: Shop, served: Served):
    owner = await person(shop)
    both = {**owner.headers, **shop.backend.headers}
    assert (await Caller(served.http, both).send(VIEWER)).error == {"code": "FORBIDDEN"}
