"""graphql-transport-ws, rule by rule."""

from __future__ import annotations

import asyncio

import pytest

from gateway.http import protocol
from tests.e2e import documents as d
from tests.e2e.caller import Caller, cart
from tests.e2e.lasting import lasting
from tests.e2e.shop import Shop
from tests.e2e.sockets import Socket, greeted, opened


async def test_a_query_and_a_mutation_have_one_result_each(shop: Shop, asha: str, shopper: Caller):
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe("{ me { externalId } }")
        assert (await socket.next())["me"]["externalId"] == asha
        assert await socket.hear() == {"type": "complete", "id": "1"}
        given = {"cart": cart(), "idempotencyKey": "over-a-socket"}
        await socket.subscribe(d.APPLY, input=given)  # the id is free again
        assert (await socket.next())["applyRedemption"]["redemption"]["points"] == 100
        assert await socket.hear() == {"type": "complete", "id": "1"}
    assert (await shopper.ask(d.APPLY, input=given))["replayed"]


async def test_a_mutation_whose_client_left_is_carried_through(
    shop: Shop, asha: str, shopper: Caller
):
    given = {"cart": cart(cart_id="left"), "points": 9, "idempotencyKey": "left"}
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.APPLY, input=given)
        await socket.say("complete", id="1")
        await socket.say("ping")
        assert await socket.hear() == {"type": "pong"}
    assert (await shopper.ask(d.APPLY, input=given))["redemption"]["points"] == 9
    assert (await shop.backend.balance(asha))["held"] == 9


async def test_the_credential_may_stand_in_headers_where_a_client_can_set_them(
    shop: Shop, asha: str, shopper: Caller
):
    async with opened(shop.served, additional_headers=shopper.headers) as socket:
        await socket.say("connection_init")
        assert await socket.hear() == {"type": "connection_ack"}
        await socket.subscribe("{ me { externalId } }")
        assert (await socket.next())["me"]["externalId"] == asha


async def test_the_publishable_key_may_be_the_credential(shop: Shop):
    async with opened(shop.served) as socket:
        await socket.say("connection_init", payload={"X-Loyalty-Key": None, **shop.page.headers})
        assert await socket.hear() == {"type": "connection_ack"}
        await socket.subscribe("{ program { enabled } }")
        assert await socket.next() == {"program": {"enabled": True}}
        assert (await socket.hear())["type"] == "complete"
        await socket.subscribe(d.POINTS_CHANGED)
        (error,) = (await socket.hear())["payload"]["errors"]
        assert error["extensions"]["code"] == "FORBIDDEN"


async def test_the_language_of_messages_may_stand_in_the_payload(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper.speaking("hi")) as socket:
        await socket.subscribe(d.PREVIEW, input={"cart": cart()})
        said = (await socket.next())["redemptionPreview"]["message"]
    assert said == (await shopper.speaking("hi").preview())["message"]
    assert said != (await shopper.preview())["message"]


@pytest.mark.parametrize("payload", [{}, {"authorization": "Bearer whk_made_up"}])
async def test_without_a_good_credential_nothing_is_served(shop: Shop, payload: dict[str, str]):
    async with opened(shop.served) as socket:
        await socket.say("connection_init", payload=payload)
        assert (await socket.closed())[0] == 4403


async def test_whoever_says_nothing_is_not_waited_for(shop: Shop):
    with lasting(shop.served, init_seconds=0.05):
        async with opened(shop.served) as socket:
            assert await socket.closed() == (4408, "Connection initialisation timeout")


async def test_nothing_is_served_before_the_connection_is_acknowledged(shop: Shop):
    async with opened(shop.served) as socket:
        await socket.subscribe("{ __typename }")
        assert await socket.closed() == (4401, "Unauthorized")


async def test_a_connection_is_initialised_once(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper) as socket:
        await socket.say("connection_init")
        assert await socket.closed() == (4429, "Too many initialisation requests")


async def test_an_id_names_one_operation_at_a_time(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.POINTS_CHANGED, "twice")
        await socket.next("twice")
        await socket.subscribe(d.POINTS_CHANGED, "twice")
        assert await socket.closed() == (4409, "Subscriber for twice already exists")


async def test_a_completed_subscription_says_no_more_and_its_id_is_free(
    shop: Shop, asha: str, shopper: Caller
):
    async with greeted(shop.served, shopper) as socket:
        await socket.subscribe(d.POINTS_CHANGED)
        await socket.next()
        await socket.say("complete", id="1")
        await socket.say("complete", id="never there")
        await socket.subscribe("{ me { externalId } }")
        assert (await socket.next()) == {"me": {"externalId": asha}}
        assert (await socket.hear())["type"] == "complete"
        await shop.admin.adjust(asha, 1)
        await socket.subscribe("{ me { externalId } }")
        assert (await socket.next()) == {"me": {"externalId": asha}}


async def test_pings_are_answered_with_what_they_carry(shop: Shop, shopper: Caller):
    async with opened(shop.served) as socket:
        await socket.say("ping")  # before the initialisation too
        assert await socket.hear() == {"type": "pong"}
        await socket.init(shopper)
        await socket.say("ping", payload={"n": 1})
        assert await socket.hear() == {"type": "pong", "payload": {"n": 1}}
        await socket.say("pong", payload={"n": 1})
        await socket.say("ping")
        assert await socket.hear() == {"type": "pong"}


async def test_an_operation_that_cannot_run_is_answered_with_an_error(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper) as socket:
        for document, code in (
            ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
            ("{", "GRAPHQL_PARSE_FAILED"),
            (
                "query($a: Int!) { me { history(first: $a) { edges { cursor } } } }",
                "BAD_USER_INPUT",
            ),
            ("subscription($a: Nonsense) { pointsChanged { sequence } }", None),
        ):
            await socket.subscribe(document)
            message = await socket.hear()
            assert (message["type"], message["id"]) == ("error", "1")
            assert code in {None, message["payload"][0]["extensions"]["code"]}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[]",
        "{}",
        '{"type": "start"}',
        '{"type": "connection_init", "payload": 1}',
        '{"type": "connection_init", "payload": {"authorization": 1}}',
        '{"type": "connection_init", "payload": {"authorization": "Bearer ü"}}',
        '{"type": "subscribe", "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "", "variables": []}}',
        '{"type": "complete"}',
        '{"type": "ping", "payload": "x"}',
        '{"type": "ping", "payload": ' + '{"a":' * 500 + "1" + "}" * 501,
        "[" * 5_000,
    ],
)
async def test_what_is_no_message_ends_the_connection(shop: Shop, said: str):
    async with opened(shop.served) as socket:
        await socket.wire.send(said)
        code, reason = await socket.closed()
        assert code == 4400
        assert reason.endswith(".")


async def test_binary_messages_end_the_connection(shop: Shop):
    async with opened(shop.served) as socket:
        await socket.wire.send(b"{}")
        assert (await socket.closed())[0] == 4400


async def test_a_message_that_is_too_large_ends_the_connection(shop: Shop, shopper: Caller):
    async with greeted(shop.served, shopper) as socket:
        await socket.say("ping", payload={"x": "x" * 100_001})
        assert (await socket.closed())[0] == 1009


@pytest.mark.parametrize("protocol", ["graphql-ws", "soap"])
async def test_another_subprotocol_is_not_spoken(shop: Shop, protocol: str):
    async with opened(shop.served, protocol=protocol) as socket:
        assert (await socket.closed())[0] == 4406


async def test_a_connection_runs_so_many_operations_at_once(shop: Shop, shopper: Caller):
    with lasting(shop.served, most_operations=2):
        async with greeted(shop.served, shopper) as socket:
            for name in ("a", "b"):
                await socket.subscribe(d.POINTS_CHANGED, name)
                await socket.next(name)
            await socket.subscribe(d.POINTS_CHANGED, "c")
            assert (await socket.error("c"))["extensions"]["code"] == "THROTTLED"
            await assert_free_again(socket)


async def assert_free_again(socket: Socket) -> None:
    await socket.say("complete", id="a")
    await socket.subscribe("{ __typename }", "d")
    assert await socket.next("d") == {"__typename": "Query"}


async def test_a_connection_outlasts_the_time_that_a_request_may_take(
    shop: Shop, shopper: Caller, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.05)
    async with greeted(shop.served, shopper) as socket:
        await asyncio.sleep(0.2)
        await socket.say("ping")
        assert await socket.hear() == {"type": "pong"}
