"""What a caller meets who asks for too much, over HTTP, and who is not held up by it."""

from __future__ import annotations

import base64
import json

from gateway.errors import RequestCode, RequestError
from tests.e2e.caller import Answer, Caller, Json
from tests.e2e.documents import ME
from tests.e2e.serving import Served
from tests.e2e.shop import Shop

PROGRAM = "{ program { currencyCode } }"


async def until_throttled(caller: Caller, document: str = ME) -> tuple[int, Answer]:
    """How many requests were answered before the first that was refused, and its answer."""
    for answered in range(1_000):
        answer = await caller.send(document)
        if answer.status != 200:
            assert (answer.status, answer.error["code"]) == (429, "THROTTLED")
            assert answer.headers["retry-after"] == str(answer.error["retryAfterSeconds"])
            return answered, answer
    raise AssertionError("never throttled")


def at(caller: Caller, address: str) -> Caller:
    """The same caller somewhere else, behind the proxy that the server trusts."""
    return Caller(caller.http, {**caller.headers, "x-forwarded-for": address})


async def test_a_customer_is_throttled_and_admitted_after_exactly_the_time_that_it_was_told(
    served: Served, shop: Shop
):
    asha = await shop.customer()
    first = await shop.shopper(asha)
    answered, refused = await until_throttled(first)
    assert answered > 3
    seconds = refused.error["retryAfterSeconds"]
    served.clock.now += (seconds - 1) * 1_000_000
    # Another token of hers is no way round.
    again = await (await shop.shopper(asha)).send(ME)
    assert (again.status, again.error["retryAfterSeconds"]) == (429, 1)
    served.clock.advance(1)
    assert (await first.send(ME)).status == 200


async def test_aliases_are_no_way_round(shop: Shop):
    one, other = [await shop.shopper(await shop.customer()) for _ in range(2)]
    singly, _ = await until_throttled(one, "{ me { externalId } }")
    fields = " ".join(f"a{n}: me {{ externalId }}" for n in range(10))
    together, _ = await until_throttled(other, f"{{ {fields} }}")
    assert 0 < together * 10 <= singly + 10


async def test_what_one_customer_uses_up_is_no_other_ones(shop: Shop, other_shop: Shop):
    asha = await shop.customer()
    await until_throttled(await shop.shopper(asha))
    assert await (await shop.shopper(await shop.customer())).ask(ME)
    await other_shop.customer(external_id=asha)
    assert (await (await other_shop.shopper(asha)).ask(ME))["externalId"] == asha
    assert (await shop.backend.send(ME)).status == 200


async def test_one_hostile_page_does_not_use_up_the_key_of_the_shop(shop: Shop, other_shop: Shop):
    hostile = at(shop.page, "203.0.113.1")
    alone, _ = await until_throttled(hostile, PROGRAM)
    for _ in range(2 * alone):  # refused by its address, so they take nothing from the key
        assert (await hostile.send(PROGRAM)).status == 429
    assert (await at(shop.page, "203.0.113.2").send(PROGRAM)).status == 200
    assert (await at(other_shop.page, "203.0.113.1").send(PROGRAM)).status == 200
    many = [await at(shop.page, f"198.51.100.{n}").send(PROGRAM) for n in range(2 * alone)]
    assert {answer.status for answer in many} == {200, 429}


async def test_the_addresses_of_one_network_are_one_caller(shop: Shop):
    await until_throttled(at(shop.page, "2001:db8:0:1::1"), PROGRAM)
    assert (await at(shop.page, "2001:db8:0:1:9:9:9:9").send(PROGRAM)).status == 429
    assert (await at(shop.page, "2001:db8:0:2::1").send(PROGRAM)).status == 200


async def test_without_a_credential_an_address_is_limited_too(shop: Shop):
    nobody = Caller(shop.page.http, {"x-forwarded-for": "203.0.113.77"})
    await until_throttled(nobody, "{ __typename }")


async def test_whoever_guesses_keys_is_sent_away_before_they_are_looked_up(
    served: Served, shop: Shop
):
    asha = await shop.shopper(await shop.customer())
    assert await shop.backend.ask(ME) is None  # a key that is known by now

    async def guess(number: int) -> Answer:
        wrong = shop.bearer(f"whk_abc_{number:040}")
        return await at(wrong, "203.0.113.50").send(ME)

    statuses = [(await guess(number)).status for number in range(6)]
    assert statuses == [401, 401, 401, 429, 429, 429]
    for known in (shop.backend, asha):  # at the same address
        assert (await at(known, "203.0.113.50").send(ME)).status == 200
    assert (await at(shop.bearer(f"whk_abc_{9:040}"), "203.0.113.51").send(ME)).status == 401
    served.clock.advance(1)
    assert [(await guess(number)).status for number in (7, 8)] == [401, 429]


async def test_a_key_that_was_good_goes_on_at_the_address_of_one_who_guesses(
    served: Served, shop: Shop
):
    """Also when it has to be looked up again: behind a proxy that is not named, all are one."""
    address, known = "203.0.113.80", (shop.backend, shop.page)
    for caller in known:
        assert (await at(caller, address).send(PROGRAM)).status == 200
    made_up = [at(shop.bearer(f"whk_abc_{number:040}"), address) for number in range(20, 26)]
    assert [(await guess.send(ME)).status for guess in made_up][-1] == 429
    served.gateway.auth.forget()
    for caller in known:
        assert (await at(caller, address).send(PROGRAM)).status == 200


async def test_tokens_that_name_keys_at_random_are_guesses_too(shop: Shop):
    def named(kid: str) -> Caller:
        header = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": kid}).encode())
        return at(shop.bearer(f"{header.decode().rstrip('=')}.e30.AAAA"), "203.0.113.70")

    statuses = [(await named(f"key-{number}").send(ME)).status for number in range(5)]
    assert statuses == [401, 401, 401, 429, 429]


async def test_looking_up_a_good_key_costs_nothing(served: Served, shop: Shop):
    here = at(shop.admin, "203.0.113.60")
    for _ in range(10):
        served.gateway.auth.forget()
        assert (await here.send("{ merchant { name } }")).status == 200


async def test_a_door_without_graphql_makes_the_customer_pay_as_well(served: Served, shop: Shop):
    asha = await shop.customer()
    token = (await shop.token(asha)).strip()
    authenticate, admit = served.gateway.auth.authenticate, served.gateway.reception.admit_principal
    backend = await authenticate(f"Bearer {shop.secret_webhook_id}", None)
    assert backend is not None
    await admit(backend, 150, asha)
    # Dearer than what each process has for itself.
    refused = await shop.bearer(token).send("{ me { history(first: 50) { edges { cursor } } } }")
    assert (refused.status, refused.error["code"]) == (429, "THROTTLED")
    await admit(backend, 1_000_000)
    try:
        await admit(backend, 50, asha)
    except RequestError as error:
        told: Json = {"code": error.code, "seconds": error.retry_after_seconds}
        assert told == {"code": RequestCode.THROTTLED, "seconds": 5}
    else:
        raise AssertionError("the customer had nothing left")
