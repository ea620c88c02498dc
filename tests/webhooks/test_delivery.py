"""A merchant's endpoint is told of what happens: signed, at least once, until it has taken it."""

from __future__ import annotations

import asyncio

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from gateway.services.database import statement
from gateway.services.webhook_claims import Claims
from gateway.webhooks.schedule import WAITS_SECONDS
from gateway.webhooks.sending import Sender
from tests.e2e import webhook_documents as documents
from tests.e2e.caller import cart, code
from tests.e2e.shop import Shop
from tests.webhooks.hooks import Hooks, verified
from tests.webhooks.receiver import Received, Receiver, answer, receiving

DAY = 86_400


async def test_an_event_is_told_signed_and_in_the_outer_form(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    _, secret = await hooks.endpoint(receiver.url, events=["redemption.held"])
    asha = await shop.customer(points=500, credit_minor=2_050)
    held = (await shop.backend.apply(customer={"externalId": asha}))["redemption"]["id"]
    await hooks.work()
    (request,) = receiver.received
    message = Webhook(secret).verify(request.body, request.headers)
    assert request.head == "POST /hooks HTTP/1.1"
    assert request.headers["content-type"] == "application/json"
    assert message["type"] == "redemption.held"
    assert message["version"] == 1
    assert message["id"] == request.id
    data = message["data"]
    assert data["customer"]["externalId"] == asha
    assert data["account"]["customerId"] == data["customer"]["id"]
    assert data["account"]["sequence"] > 0
    assert data["redemption"]["id"] == held
    assert data["redemption"]["discount"] == {"amount": "100.00", "currencyCode": "INR"}
    assert data["balances"]["coins"]["held"] == 100
    assert data["balances"]["credits"]["available"] == {"amount": "20.50", "currencyCode": "INR"}
    (delivery,) = await hooks.deliveries()
    assert delivery["state"] == "DELIVERED"
    assert delivery["body"] == request.body
    assert [(a["status"], a["error"]) for a in delivery["attempts"]] == [(204, None)]


async def test_a_forged_body_and_a_foreign_secret_do_not_verify(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    _, secret = await hooks.endpoint(receiver.url)
    _, other = await hooks.endpoint(receiver.url, events=["tier.changed"])
    await shop.customer(points=1)
    await hooks.work()
    (request,) = receiver.received
    assert verified(request, secret)
    for body, key in ((request.body + " ", secret), (request.body, other)):
        with pytest.raises(WebhookVerificationError):
            verified(Received(request.head, request.headers, body), key)


async def test_a_customers_events_carry_their_order(hooks: Hooks, shop: Shop, receiver: Receiver):
    await hooks.endpoint(receiver.url)
    asha = await shop.customer(points=500)
    for number in range(5):
        await shop.backend.apply(cart(cart_id=f"cart-{number}"), customer={"externalId": asha})
    await hooks.work()
    told = sorted(receiver.received, key=lambda each: each.json["data"]["account"]["sequence"])
    carts = [each.json["data"].get("redemption", {}).get("cartId") for each in told]
    assert carts == [None, *(f"cart-{number}" for number in range(5))]


async def test_an_endpoint_is_told_of_what_it_asked_for_and_happened_since(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    asha = await shop.customer(points=500)
    shop.served.clock.advance(1)
    await hooks.endpoint(receiver.url, events=["redemption.released", "redemption.held"])
    held = (await shop.backend.apply(customer={"externalId": asha}))["redemption"]["id"]
    await shop.backend.release(held)
    await shop.admin.adjust(asha, 5)
    await hooks.work()
    kinds = sorted(each.json["type"] for each in receiver.received)
    assert kinds == ["redemption.held", "redemption.released"]


async def test_ten_attempts_over_three_days_with_one_id_and_then_no_more(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    _, secret = await hooks.endpoint(receiver.url)
    receiver.says(500)
    clock, began = shop.served.clock, shop.served.clock()
    await shop.customer(points=1)
    worker = hooks.worker()
    await hooks.work(worker)
    for wait in WAITS_SECONDS[:-1]:
        clock.advance(wait - 1)
        made = len(receiver.received)
        await hooks.send(worker)
        assert len(receiver.received) == made, "tried before its time"
        clock.advance(wait * 0.2 + 1)
        await hooks.send(worker)
        assert len(receiver.received) == made + 1
        assert verified(receiver.received[-1], secret)
    clock.advance(WAITS_SECONDS[-1] * 1.2)
    await hooks.send(worker)
    (delivery,) = await hooks.deliveries()
    assert (delivery["state"], delivery["attemptCount"]) == ("FAILED", 10)
    assert delivery["nextAttemptAt"] is None
    assert len(receiver.received) == 10
    assert len(set(receiver.ids)) == 1
    assert 3 * DAY < (clock() - began) / 1_000_000 < 4.5 * DAY
    clock.advance(30 * DAY)
    await hooks.send(worker)
    assert len(receiver.received) == 10


async def test_an_endpoint_that_takes_nothing_for_three_days_is_switched_off(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    receiver.says(503)
    for _ in range(4):
        await shop.customer(points=1)
        await hooks.work()
        shop.served.clock.advance(DAY)
    await shop.customer(points=1)
    await hooks.work()
    (endpoint,) = await hooks.endpoints()
    assert (endpoint["enabled"], endpoint["disabledReason"]) == (False, "FAILING")
    states = {delivery["state"] for delivery in await hooks.deliveries()}
    assert states <= {"CANCELLED", "FAILED"}


async def test_one_success_ends_the_time_of_failing(hooks: Hooks, shop: Shop, receiver: Receiver):
    await hooks.endpoint(receiver.url)
    for day in range(8):
        receiver.says(204 if day % 2 else 503)
        await shop.customer(points=1)
        await hooks.work()
        assert ((await hooks.endpoints())[0]["failingSince"] is None) == (day % 2 == 1)
        shop.served.clock.advance(DAY)
    assert (await hooks.endpoints())[0]["enabled"]


async def test_gone_switches_the_endpoint_off_and_cancels_what_waits(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    endpoint, _ = await hooks.endpoint(receiver.url)
    receiver.says(500)
    await shop.customer(points=1)
    await hooks.work()
    receiver.says(410)
    await shop.customer(points=1)
    await hooks.work()
    (shown,) = await hooks.endpoints()
    assert (shown["enabled"], shown["disabledReason"]) == (False, "GONE")
    assert [d["state"] for d in await hooks.deliveries()] == ["FAILED", "CANCELLED"]
    await shop.customer(points=1)
    await hooks.work()
    assert len(await hooks.deliveries()) == 2
    refused = await hooks.ask(documents.TEST, endpointId=endpoint)
    assert code(refused) == "INVALID_INPUT"


async def test_a_redirect_is_a_failure_and_never_followed(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    async with receiving() as elsewhere:
        receiver.says(307, f"location: {elsewhere.url}\r\n")
        await hooks.endpoint(receiver.url)
        await shop.customer(points=1)
        await hooks.work()
        (delivery,) = await hooks.deliveries()
        assert delivery["state"] == "PENDING"
        assert delivery["attempts"][0]["status"] == 307
        assert elsewhere.received == []


async def test_a_slow_receiver_stops_no_other(hooks: Hooks, shop: Shop, receiver: Receiver):
    receiver.held = asyncio.Event()
    async with receiving() as quick:
        await hooks.endpoint(receiver.url)
        await hooks.endpoint(quick.url)
        for _ in range(20):
            await shop.customer(points=1)
        worker = hooks.worker(Sender(timeout_seconds=30, most=32, private=True))
        while await worker.hand_over():
            pass
        async with asyncio.timeout(20):
            while len(quick.received) < 20:
                await worker.deliveries.run()
                await asyncio.sleep(0.001)
        assert len(receiver.received) == 8, "one endpoint has a quarter of the places"
        assert len(worker.deliveries.underway) >= 8, "and they are all taken"
        receiver.held.set()
        await hooks.send(worker)
        assert len(set(receiver.ids)) == 20


async def test_a_receiver_that_does_not_answer_is_given_up(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    receiver.held = asyncio.Event()
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    assert delivery["attempts"][0]["error"] == "no answer within 1 seconds"
    assert delivery["state"] == "PENDING"


async def test_of_an_endless_answer_only_the_beginning_is_read(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    receiver.endless = True
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    assert delivery["state"] == "DELIVERED"
    assert receiver.sent < 20_000_000  # what fits into the buffers of the sockets between


async def test_what_is_no_http_and_a_closed_port_are_failures(hooks: Hooks, shop: Shop):
    async with receiving() as receiver:
        receiver.answers = lambda _: b"220 mail.example ESMTP\r\n\r\n"
        await hooks.endpoint(receiver.url)
        await shop.customer(points=1)
        await hooks.work()
    shop.served.clock.advance(10)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    errors = [each["error"] for each in delivery["attempts"]]
    assert errors == ["the answer is no HTTP", "the connection was refused or broke"]


async def test_during_the_overlap_both_secrets_verify_and_then_the_new_one_alone(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    endpoint, old = await hooks.endpoint(receiver.url)
    done = await hooks.ask(documents.ROTATE, id=endpoint, overlapSeconds=3_600)
    new = done["secret"]
    assert new != old
    await shop.customer(points=1)
    await hooks.work()
    assert len(receiver.received[0].headers["webhook-signature"].split(" ")) == 2
    assert verified(receiver.received[0], old) == verified(receiver.received[0], new)
    shop.served.clock.advance(3_601)
    await shop.customer(points=1)
    await hooks.work()
    assert verified(receiver.received[1], new)
    with pytest.raises(WebhookVerificationError):
        verified(receiver.received[1], old)


async def test_secrets_are_stored_encrypted(hooks: Hooks, receiver: Receiver):
    _, secret = await hooks.endpoint(receiver.url)
    rows = await statement("SELECT * FROM webhook_endpoint")
    assert secret.removeprefix("whsec_") not in str(rows)


async def test_workers_side_by_side_send_each_delivery_once(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    for _ in range(60):
        await shop.customer(points=1)
    workers = [hooks.worker() for _ in range(4)]
    await asyncio.gather(*(hooks.work(worker) for worker in workers))
    await asyncio.gather(*(hooks.work(worker) for worker in workers))
    assert len(receiver.received) == 60
    assert len(set(receiver.ids)) == 60


async def test_a_crash_after_the_sending_sends_it_again_with_the_same_id(
    hooks: Hooks, shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    dying = hooks.worker()

    async def die(*_: object) -> None:
        raise OSError("the process has died")

    with monkeypatch.context() as patch:
        patch.setattr(Claims, "record", die)
        await hooks.work(dying)
    assert len(receiver.received) == 1
    other = hooks.worker()
    await hooks.send(other)
    assert len(receiver.received) == 1, "the lease still stands"
    shop.served.clock.advance(1 + 15 + 1)
    await hooks.send(other)
    assert len(receiver.received) == 2
    assert len(set(receiver.ids)) == 1
    assert receiver.received[0].body == receiver.received[1].body
    assert (await hooks.deliveries())[0]["state"] == "DELIVERED"


async def test_a_worker_that_was_too_slow_overwrites_nothing(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    slow, quick = hooks.worker(), hooks.worker()
    receiver.held = asyncio.Event()
    receiver.answers = lambda _: answer(500 if len(receiver.received) < 3 else 204)
    while await slow.hand_over():
        pass
    await slow.deliveries.run()
    await receiver.has(1)
    shop.served.clock.advance(1 + 15 + 1)
    await quick.deliveries.run()
    await receiver.has(2)
    receiver.answers = lambda _: answer(204)
    receiver.held.set()
    await asyncio.gather(*quick.deliveries.underway)
    await asyncio.gather(*slow.deliveries.underway)
    (delivery,) = await hooks.deliveries()
    assert (delivery["state"], delivery["attemptCount"]) == ("DELIVERED", 1)
