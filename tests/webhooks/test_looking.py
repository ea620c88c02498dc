"""What staff see of an endpoint: itself by its id, and what its receiver said."""

from __future__ import annotations

import pytest

from gateway.services.database import statement
from gateway.webhooks.sending import MOST_ANSWER_CHARACTERS, beginning
from tests.e2e import documents as d
from tests.e2e import webhook_documents as documents
from tests.e2e.shop import Shop, open_shop
from tests.webhooks.hooks import Hooks
from tests.webhooks.receiver import Receiver, answer

ONE = "query($id: ID!) { merchant { webhookEndpoint(id: $id) { id url } } }"


async def test_an_endpoint_is_found_by_its_id_by_its_merchant_alone(hooks: Hooks, shop: Shop):
    url = "https://shop.example/hooks"
    endpoint, _ = await hooks.endpoint(url)

    async def seen(by: Shop, number: str = endpoint) -> object:
        return (await by.admin.ask(ONE, id=number))["webhookEndpoint"]

    assert await seen(shop) == {"id": endpoint, "url": url}
    assert await seen(shop, "nothing") is None
    assert await seen(await open_shop(shop.served)) is None
    await hooks.ask(documents.DELETE, id=endpoint)
    assert await seen(shop) is None


async def test_an_attempt_keeps_the_beginning_of_the_answer(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    receiver.answers = lambda _: answer(500, body='{"error": "no such table: points\\u0000"}\x00')
    await shop.customer(points=1)
    await hooks.work()
    (delivery,) = await hooks.deliveries()
    (attempt,) = delivery["attempts"]
    assert attempt["answer"] == '{"error": "no such table: points\\u0000"}'
    # As an earlier release has written it.
    text = "UPDATE webhook_delivery SET log = '[[1790000000000000, 500, null, 12]]'"
    await statement(f"{text} WHERE merchant_id = ?", shop.merchant_id)
    (delivery,) = await hooks.deliveries()
    assert [(a["milliseconds"], a["answer"]) for a in delivery["attempts"]] == [(12, "")]


async def test_erasing_a_customer_forgets_what_was_answered_about_it(
    hooks: Hooks, shop: Shop, receiver: Receiver
):
    await hooks.endpoint(receiver.url)
    asha, bina = await shop.customer(points=1), await shop.customer(points=1)
    receiver.answers = lambda got: answer(200, body=f"noted: {got.body}")
    await hooks.work()
    erased = await shop.admin.ask(d.ERASE, input={"customer": {"externalId": asha}})
    assert erased["erased"]
    told = [(each["body"], each["attempts"]) for each in await hooks.deliveries()]
    assert asha not in str(told)
    (kept,) = [attempts for body, attempts in told if bina in body]
    assert bina in kept[0]["answer"]
    assert {attempts[0]["status"] for _, attempts in told if attempts} == {200}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (b"", ""),
        (b"  <h1>Bad\x1b[31m gateway</h1>\r\n", "<h1>Bad [31m gateway</h1>"),
        ("नहीं ✗".encode(), "नहीं ✗"),
        ("✗".encode()[:2], "\N{REPLACEMENT CHARACTER}"),
        (b"x" * 4_096, "x" * MOST_ANSWER_CHARACTERS),
    ],
)
def test_of_an_answer_its_first_characters_are_kept(said: bytes, kept: str):
    assert beginning(said) == kept
