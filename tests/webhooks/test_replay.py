"""What was given up is sent again by hand; and whose it is."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.e2e import webhook_documents as documents
from tests.e2e.caller import code
from tests.e2e.shop import Shop
from tests.webhooks.hooks import Hooks
from tests.webhooks.receiver import Receiver, receiving


def moment(microseconds: int) -> str:
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC).isoformat()


async def switched_off_with_waiting(hooks: Hooks, shop: Shop, receiver: Receiver) -> str:
    """An endpoint for which three events were cancelled."""
    endpoint, _ = await hooks.endpoint(receiver.url)
    receiver.says(500)
    for _ in range(3):
        await shop.customer(points=1)
        shop.served.clock.advance(1)
        await hooks.work()
    off = await hooks.ask(documents.UPDATE, id=endpoint, enabled=False)
    assert off["endpoint"]["disabledReason"] == "BY_HAND"
    assert {d["state"] for d in await hooks.deliveries()} == {"CANCELLED"}
    return endpoint


async def test_what_was_cancelled_is_sent_again_since_a_time(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    endpoint = await switched_off_with_waiting(hooks, shop, receiver)
    since = [d["createdAt"] for d in await hooks.deliveries()][1]
    refused = await hooks.ask(documents.REPLAY_ALL, endpointId=endpoint, since=since)
    assert (refused["count"], code(refused)) == (None, "INVALID_INPUT")
    await hooks.ask(documents.UPDATE, id=endpoint, enabled=True)
    before, receiver.received[:] = list(receiver.ids), []
    receiver.says(204)
    await hooks.work()
    assert receiver.received == [], "switched on again, nothing old is sent by itself"
    assert (await hooks.ask(documents.REPLAY_ALL, endpointId=endpoint, since=since))["count"] == 2
    await hooks.work()
    assert len(receiver.received) == 2
    assert set(receiver.ids) <= set(before), "under the ids that it had"
    states = [d["state"] for d in await hooks.deliveries()]
    assert states == ["DELIVERED", "DELIVERED", "CANCELLED"]
    assert (await hooks.ask(documents.REPLAY_ALL, endpointId=endpoint, since=since))["count"] == 0


async def test_one_delivery_is_sent_again_also_when_it_was_taken(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    for _ in range(2):
        again = await hooks.ask(documents.REPLAY, id=delivery["id"])
        assert again["delivery"]["state"] == "PENDING"
    await hooks.work()
    assert receiver.ids == [delivery["messageId"]] * 2
    (delivery,) = await hooks.deliveries()
    assert (delivery["state"], len(delivery["attempts"])) == ("DELIVERED", 2)


async def test_a_test_event_goes_to_the_endpoint_whatever_its_filter(
    hooks: Hooks, receiver: Receiver
):
    endpoint, _ = await hooks.endpoint(receiver.url, events=["tier.changed"])
    sent = await hooks.ask(documents.TEST, endpointId=endpoint)
    assert sent["delivery"]["event"] == "webhook.test"
    await hooks.work()
    (request,) = receiver.received
    assert request.json["type"] == "webhook.test"
    assert request.json["data"] == {"endpoint": {"id": endpoint}}


async def test_what_waits_for_a_deleted_endpoint_is_not_sent(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    endpoint, _ = await hooks.endpoint(receiver.url)
    receiver.says(500)
    await shop.customer(points=1)
    await hooks.work()
    assert (await hooks.ask(documents.DELETE, id=endpoint))["deletedId"] == endpoint
    assert code(await hooks.ask(documents.DELETE, id=endpoint)) == "WEBHOOK_NOT_FOUND"
    shop.served.clock.advance(86_400)
    await shop.customer(points=1)
    await hooks.work()
    assert len(receiver.received) == 1
    assert await hooks.endpoints() == []


async def test_pages_of_deliveries_are_cut_by_key_and_state(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    for number in range(5):
        receiver.says(410 if number == 4 else 204)
        await shop.customer(points=1)
        await hooks.work()
    whole = [d["id"] for d in await hooks.deliveries()]
    found: list[str] = []
    after = None
    while True:
        (endpoint,) = await hooks.endpoints(first=2, after=after)
        page = endpoint["deliveries"]
        found += [edge["node"]["id"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert found == whole
    assert [d["id"] for d in await hooks.deliveries(state="FAILED")] == whole[:1]


async def test_a_merchant_sees_and_sends_nothing_of_another(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    from tests.e2e.shop import open_shop  # noqa: PLC0415 - another merchant, here only

    endpoint, _ = await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    stranger = Hooks(await open_shop(shop.served))
    assert await stranger.endpoints() == []
    since = moment(0)
    for document, given in (
        (documents.UPDATE, {"id": endpoint, "enabled": False}),
        (documents.ROTATE, {"id": endpoint}),
        (documents.DELETE, {"id": endpoint}),
        (documents.TEST, {"endpointId": endpoint}),
        (documents.REPLAY, {"id": delivery["id"]}),
        (documents.REPLAY_ALL, {"endpointId": endpoint, "since": since}),
    ):
        assert code(await stranger.ask(document, **given)) == "WEBHOOK_NOT_FOUND"
    await stranger.shop.customer(points=1)
    await hooks.work()
    assert len(receiver.received) == 1


async def test_a_change_touches_nothing_that_it_does_not_name(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    endpoint, _ = await hooks.endpoint(receiver.url, events=["tier.changed"], description="CRM")
    receiver.says(410)
    await hooks.ask(documents.TEST, endpointId=endpoint)
    await hooks.work()
    await hooks.ask(documents.UPDATE, id=endpoint, description="Mails")
    (shown,) = await hooks.endpoints()
    assert (shown["enabled"], shown["disabledReason"]) == (False, "GONE")
    assert (shown["description"], shown["events"]) == ("Mails", ["tier.changed"])
    await hooks.ask(documents.UPDATE, id=endpoint, enabled=False)
    assert (await hooks.endpoints())[0]["disabledReason"] == "GONE"
    async with receiving() as other:
        done = await hooks.ask(
            documents.UPDATE, id=endpoint, url=other.url, enabled=True, events=[], description=""
        )
        now = done["endpoint"]
        assert (now["url"], now["enabled"], now["disabledReason"]) == (other.url, True, None)
        assert (now["events"], now["description"]) == ([], "")
    assert (await hooks.ask(documents.UPDATE, id=endpoint))["endpoint"]["enabled"]


async def test_another_address_has_not_failed_yet(hooks: Hooks, shop: Shop, receiver: Receiver):
    endpoint, _ = await hooks.endpoint(receiver.url)
    receiver.says(500)
    await shop.customer(points=1)
    await hooks.work()
    assert (await hooks.endpoints())[0]["failingSince"]
    same = await hooks.ask(documents.UPDATE, id=endpoint, url=receiver.url, enabled=True)
    assert same["endpoint"]["failingSince"]
    moved = await hooks.ask(documents.UPDATE, id=endpoint, url=f"{receiver.url}/v2")
    assert moved["endpoint"]["failingSince"] is None


async def test_a_filter_and_an_address_are_checked(hooks: Hooks, receiver: Receiver):
    for given, field in (
        ({"url": receiver.url, "events": ["points.earned", "points.lost"]}, ["events", "1"]),
        ({"url": "http://shop.example/"}, ["url"]),
        ({"url": "https://user:secret@shop.example/"}, ["url"]),
        ({"url": receiver.url, "description": "x" * 201}, ["description"]),
    ):
        refused = await hooks.ask(documents.CREATE, **given)
        assert (refused["secret"], code(refused)) == (None, "INVALID_INPUT")
        assert refused["userErrors"][0]["field"] == field
    assert await hooks.endpoints() == []


async def test_deliveries_are_forgotten_after_the_retention(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    await shop.customer(points=1)
    worker = hooks.worker()
    await hooks.work(worker)
    shop.served.clock.advance(44 * 86_400)
    await worker.forget()
    assert len(await hooks.deliveries()) == 1
    shop.served.clock.advance(2 * 86_400)
    while await worker.forget():
        pass
    assert await hooks.deliveries() == []
