"""Who may tell of orders, what is said to everyone else, and what is never written."""

from __future__ import annotations

import asyncio
import binascii
import hmac
import logging
from base64 import b64decode
from hashlib import sha256

import pytest
import pytest_asyncio

from tests.e2e import documents as d
from tests.e2e.caller import code
from tests.e2e.deliveries import Platform, add_source, base64_hmac, fixture, open_platform
from tests.e2e.serving import SECOND, Clock, Served

KINDS = ("SHOPIFY", "WOOCOMMERCE", "COMMERCETOOLS", "GENERIC")
BODY = b'{"id": 1}'
UNKNOWN = {
    "message": "The source is unknown, or the signature is wrong or too old.",
    "code": "UNAUTHENTICATED",
}
SIGNED_IN = {
    "SHOPIFY": "x-shopify-hmac-sha256",
    "WOOCOMMERCE": "x-wc-webhook-signature",
    "COMMERCETOOLS": "x-loyalty-secret",
    "GENERIC": "webhook-signature",
}


@pytest_asyncio.fixture(loop_scope="package", params=KINDS)
async def platform(request: pytest.FixtureRequest, served: Served) -> Platform:
    return await open_platform(served, request.param)


async def refused(platform: Platform, headers: dict[str, str], path: str = "") -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    answer = await platform.served.http.post(path or platform.path, content=BODY, headers=raw)
    assert (answer.status_code, answer.json()) == (401, UNKNOWN)


async def test_a_right_signature_is_answered_after_the_delivery_is_stored(platform: Platform):
    answer = await platform.send(BODY, "orders/paid", "d-1")
    assert (answer.status_code, answer.json()) == (202, {"status": "accepted"})
    assert answer.headers["cache-control"] == "no-store"
    (item,) = await platform.inbox()
    assert (item["state"], item["body"], item["attempts"]) == ("WAITING", BODY.decode(), 0)
    stored = {header["name"]: header["value"] for header in item["headers"]}
    assert not {*SIGNED_IN.values(), "authorization"} & set(stored)
    assert platform.secret not in str(item)


async def test_every_wrong_signature_has_the_same_answer_and_is_not_stored(platform: Platform):
    good = platform.headers(BODY, "orders/paid", "d-1")
    name = SIGNED_IN[platform.kind]
    other = await open_platform(platform.served, platform.kind)
    for shown in ("", "none", good[name][:-1], good[name].swapcase(), good[name] + "=", "é"):
        await refused(platform, good | {name: shown})
    await refused(platform, {})
    await refused(platform, other.headers(BODY, "orders/paid", "d-1"))
    await refused(platform, good, other.path)
    assert await platform.inbox() == await other.inbox() == []


async def test_a_signature_of_another_body_or_in_another_encoding_is_wrong(served: Served):
    for kind in ("SHOPIFY", "WOOCOMMERCE"):
        platform = await open_platform(served, kind)
        name = SIGNED_IN[kind]
        digest = hmac.digest(platform.secret.encode(), BODY, sha256)
        for shown in (
            binascii.hexlify(digest).decode(),
            f"sha256={digest.hex()}",
            base64_hmac(platform.secret.encode(), BODY + b" "),
            base64_hmac(b64decode(platform.secret.removeprefix("whsec_")), BODY),
        ):
            await refused(platform, platform.headers(BODY, "", "d") | {name: shown})


async def test_an_address_that_is_no_source_has_that_answer_too(platform: Platform):
    good = platform.headers(BODY, "orders/paid", "d-1")
    merchant = platform.shop.merchant_id
    for path in (
        f"/hooks/orders/{merchant}/nothing",
        f"/hooks/orders/{merchant + 1}/{platform.path.rsplit('/', 1)[1]}",
        "/hooks/orders/0/generic",
        "/hooks/orders/x/generic",
        f"/hooks/orders/{10**30}/generic",
        f"/hooks/orders/{merchant}/A%00B",
        "/hooks/orders/x",
    ):
        await refused(platform, good, path)


async def test_the_generic_source_needs_no_name_in_its_address(served: Served):
    platform = await open_platform(served, "GENERIC")
    headers = platform.headers(BODY, "", "d-1")
    path = f"/hooks/orders/{platform.shop.merchant_id}"
    assert (await platform.post(BODY, headers, path)).status_code == 202
    assert (await platform.post(BODY, headers)).status_code == 200


async def test_a_signed_time_must_be_near(served: Served, clock: Clock):
    platform = await open_platform(served, "GENERIC")
    now = clock() // SECOND
    for seconds, status in ((-301, 401), (301, 401), (-299, 202), (299, 202)):
        at = str(now + seconds)
        headers = {
            "webhook-id": f"at{seconds}",
            "webhook-timestamp": at,
            "webhook-signature": "v1a,x " + platform.standard(f"at{seconds}", at, BODY),
        }
        assert (await platform.post(BODY, headers)).status_code == status
    for at in ("", "soon", "-1", "1e9", "9" * 40, "٣"):
        signed = platform.standard("d", at, BODY)
        headers = {"webhook-id": "d", "webhook-timestamp": at, "webhook-signature": signed}
        await refused(platform, headers)


async def test_a_relay_of_commercetools_may_sign_as_well(served: Served):
    platform = await open_platform(served, "COMMERCETOOLS")
    now = str(platform.served.clock() // SECOND)
    headers = {"webhook-id": "d-1", "webhook-timestamp": now}
    signed = headers | {"webhook-signature": platform.standard("d-1", now, BODY)}
    assert (await platform.post(BODY, signed)).status_code == 202
    # A wrong signature is not made good by the secret beside it.
    both = headers | {"webhook-signature": "v1,none", "x-loyalty-secret": platform.secret}
    assert (await platform.post(BODY, both)).status_code == 401


async def test_a_delivery_that_comes_again_does_nothing(platform: Platform):
    body = {**fixture("shopify-orders-paid"), "id": "m-1"}
    for status, text in ((202, "accepted"), (200, "known already"), (200, "known already")):
        answer = await platform.send(body, "orders/paid", "d-1")
        assert (answer.status_code, answer.json()["status"]) == (status, text)
    assert len(await platform.inbox()) == 1
    await platform.run()
    assert (await platform.send(body, "orders/paid", "d-1")).status_code == 200
    assert await platform.run() == 0


async def test_many_at_once_with_one_id_are_one(platform: Platform):
    answers = await asyncio.gather(
        *(platform.send({"id": "m-1"}, "orders/paid", "d-1") for _ in range(12))
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 11 + [202]


async def test_two_sources_may_use_the_same_delivery_id(served: Served):
    first = await open_platform(served, "SHOPIFY")
    second = await add_source(first.shop, "SHOPIFY", name="second")
    for each in (first, second):
        assert (await each.send(BODY, "orders/paid", "d-1")).status_code == 202


async def test_a_delivery_without_an_id_is_known_by_its_body(served: Served):
    platform = await open_platform(served, "SHOPIFY")
    for delivery_id in ("", "x" * 256, "\u00ff\u0085"):
        headers = platform.headers(BODY, "orders/paid", "") | {"x-shopify-webhook-id": "x" * 256}
        if not delivery_id:
            del headers["x-shopify-webhook-id"]
        answer = await platform.post(BODY, headers)
        assert answer.status_code == (200 if delivery_id else 202)
    assert (await platform.inbox())[0]["deliveryId"].startswith("sha256:")


async def test_a_huge_body_is_refused_before_it_is_read_whole(platform: Platform):
    """By its announced length before it comes, else as soon as it has come so far."""
    chunk = b"10000\r\n" + b"x" * 65_536 + b"\r\n"
    for head, sent in (
        (b"content-length: 1048577", b""),
        (b"transfer-encoding: chunked", chunk * 17),
    ):
        reader, writer = await asyncio.open_connection("127.0.0.1", platform.served.port)
        line = f"POST {platform.path} HTTP/1.1\r\nhost: localhost\r\n".encode()
        writer.write(line + head + b"\r\n\r\n" + sent)
        assert (await reader.readline()).split(b" ", 2)[1] == b"413"
        writer.close()
    whole = b'{"a": "' + b"x" * (1_048_576 - 9) + b'"}'
    assert (await platform.send(whole, "orders/paid")).status_code == 202


async def test_only_plain_posts_are_served(platform: Platform):
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        answer = await platform.served.http.request(method, platform.path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    packed = platform.headers(BODY, "orders/paid", "d") | {"content-encoding": "gzip"}
    assert (await platform.post(BODY, packed)).status_code == 415


async def test_what_is_no_text_is_refused(platform: Platform):
    for body in (b"\xff\xfe{}", b'{"a": "\x00"}'):
        answer = await platform.send(body, "orders/paid")
        assert (answer.status_code, answer.json()["code"]) == (400, "BAD_USER_INPUT")
    assert await platform.inbox() == []


async def test_the_ping_of_woocommerce_is_answered_and_not_kept(served: Served):
    platform = await open_platform(served, "WOOCOMMERCE")
    form = {"content-type": "application/x-www-form-urlencoded"}
    for path in (platform.path, "/hooks/orders/1/nothing"):
        answer = await platform.post(b"webhook_id=13", form, path)
        assert (answer.status_code, answer.json()) == (200, {"status": "pong"})
    assert (await platform.post(b"webhook_id=13&x=1", form)).status_code == 401
    assert await platform.inbox() == []


async def test_a_shop_brings_its_own_secret_and_a_new_one_overlaps(served: Served, clock: Clock):
    platform = await open_platform(served, "SHOPIFY", secret="shpss_0123456789abcdef")
    old = platform.headers(BODY, "orders/paid", "d-1")
    new = "shpss_fedcba9876543210"
    asked = {"id": platform.id, "secret": new, "overlapSeconds": 3_600}
    changed = await platform.shop.admin.ask(d.ROTATE_SOURCE, input=asked)
    assert (code(changed), changed["secret"]) == (None, None)
    fresh = platform.headers(BODY, "orders/paid", "d-2", new)
    for headers in (old, fresh):
        assert (await platform.post(BODY, headers)).status_code == 202
    clock.advance(3_601)
    await refused(platform, old)
    assert (await platform.post(BODY, fresh)).status_code == 200


async def test_a_rotation_makes_a_secret_and_ends_the_old_one_at_once_if_asked(platform: Platform):
    asked = {"id": platform.id, "overlapSeconds": 0}
    fresh = (await platform.shop.admin.ask(d.ROTATE_SOURCE, input=asked))["secret"]
    await refused(platform, platform.headers(BODY, "orders/paid", "d-1"))
    headers = platform.headers(BODY, "orders/paid", "d-1", fresh)
    assert (await platform.post(BODY, headers)).status_code == 202


async def test_nothing_of_a_body_or_a_secret_is_logged(
    platform: Platform, caplog: pytest.LogCaptureFixture
):
    for other in ("httpx", "httpcore", "tortoise", "aiosqlite"):  # callers, and what is off always
        caplog.set_level(logging.WARNING, other)
    for ours in ("", "loyalty", "uvicorn.access"):
        caplog.set_level(logging.DEBUG, ours)
    await platform.send(b'{"email": "asha@example.com"', "orders/paid")
    await platform.post(b'{"email": "asha@example.com"}', {})
    await platform.run()
    assert "asha" not in caplog.text
    assert platform.secret not in caplog.text
