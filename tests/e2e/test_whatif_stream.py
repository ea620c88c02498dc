"""Who may stream a what-if, from which page, and what becomes of one that nobody listens to."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.services import whatif
from gateway.services.staff import Role
from gateway.services.turns import Turns
from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json
from tests.e2e.shop import RULE, Shop
from tests.e2e.sockets import opened
from tests.e2e.sse import first_event, streaming
from tests.e2e.staff import person

pytestmark = pytest.mark.own_shop

ASKED: Json = {"variables": {"input": {"rule": RULE}}}


async def told(caller: Caller) -> str:
    """Allowed, or the code of the refusal."""
    answer = await first_event(caller, d.WHAT_IF, **ASKED)
    return answer.error["code"] if "errors" in answer.body else "allowed"


async def test_a_session_counts_for_the_consoles_own_page_alone(shop: Shop):
    manager = await person(shop, Role.MANAGER)
    assert await told(manager) == "allowed"
    without = {name: text for name, text in manager.headers.items() if name != "x-loyalty-console"}
    assert await told(Caller(manager.http, without)) == "UNAUTHENTICATED"
    for foreign in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
    ):
        assert await told(Caller(manager.http, manager.headers | foreign)) == "FORBIDDEN"


async def test_a_session_is_no_credential_on_a_web_socket(shop: Shop):
    """A browser sends cookies with a handshake that any page can ask for."""
    manager = await person(shop, Role.MANAGER)
    async with opened(shop.served) as socket:
        await socket.say("connection_init", payload=manager.headers)
        assert (await socket.closed())[0] == 4403
    async with opened(shop.served) as socket:
        await socket.init(shop.admin)
        await socket.subscribe(d.WHAT_IF, input={"rule": RULE})
        assert (await socket.next())["whatIf"]["done"] == 0


async def test_one_at_a_time_and_whoever_leaves_makes_room(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    begun, window = asyncio.Event(), whatif.window

    async def slow(*given: Any) -> Any:
        if not begun.is_set():
            begun.set()
            await asyncio.sleep(60)  # until nobody listens any more
        return await window(*given)

    monkeypatch.setattr(whatif, "window", slow)
    async with asyncio.timeout(20):
        async with streaming(shop.admin, d.WHAT_IF, **ASKED):
            await begun.wait()
            async with streaming(shop.admin, d.WHAT_IF, **ASKED) as second:
                assert (await second.next())["whatIf"]["waiting"] is True
                async with streaming(shop.admin, d.WHAT_IF, **ASKED) as third:
                    assert (await third.next())["whatIf"]["waiting"] is True
        assert await told(shop.admin) == "allowed"
    assert shop.served.gateway.runtime.what_ifs.taken is False


async def test_not_many_may_wait(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    turns = Turns(most_waiting=0)
    await turns.take()
    monkeypatch.setattr(
        "gateway.services.whatif_asking.WhatIf", lambda asked, _: whatif.WhatIf(asked, turns)
    )
    async with streaming(shop.admin, d.WHAT_IF, **ASKED) as stream:
        assert (await stream.next())["whatIf"]["waiting"] is True
        assert (await stream.event())[0] == "cut off"
