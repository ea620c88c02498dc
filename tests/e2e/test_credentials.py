"""Keys and tokens: made, replaced, run out, and every way in which they can be wrong."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.services.secrets import base36, derive
from tests.e2e import documents
from tests.e2e.caller import Caller, Json, code
from tests.e2e.conftest import Unchanged
from tests.e2e.documents import APPLY, ME, ROTATE, TOKEN
from tests.e2e.serving import SECOND, SECRET_KEY, Clock
from tests.e2e.shop import Shop
from tests.support import forging

PAIR = ec.generate_private_key(ec.SECP256R1())
LAST_USE = "{ merchant { customCheckout { secretWebhookIdLastUsedAt } } }"


@pytest.mark.own_shop
async def test_the_old_secret_webhook_id_works_for_the_overlap_and_then_no_longer(
    shop: Shop, clock: Clock
):
    rotated = await shop.admin.ask(ROTATE, input={"overlapSeconds": 600})
    fresh = shop.bearer(rotated["secretWebhookId"])
    assert await fresh.ask(ME) is None
    clock.advance(599)
    assert await shop.backend.ask(ME) is None
    clock.advance(1)
    answer = await shop.backend.send(ME)
    assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")
    assert await fresh.ask(ME) is None


@pytest.mark.own_shop
async def test_without_an_overlap_the_old_one_ends_at_once(shop: Shop):
    await shop.backend.ask(ME)  # remembered now
    rotated = await shop.admin.ask(ROTATE, input={"overlapSeconds": 0})
    assert (await shop.backend.send(ME)).status == 401
    assert await shop.bearer(rotated["secretWebhookId"]).ask(ME) is None


@pytest.mark.parametrize("seconds", [-1, 2_592_001])
async def test_an_impossible_overlap_is_refused(shop: Shop, seconds: int):
    refused = await shop.admin.ask(ROTATE, input={"overlapSeconds": seconds})
    (error,) = refused["userErrors"]
    assert (error["code"], error["field"]) == ("INVALID_INPUT", ["overlapSeconds"])
    assert refused["secretWebhookId"] is None
    assert await shop.backend.ask(ME) is None


@pytest.mark.own_shop
async def test_staff_see_when_the_secret_webhook_id_was_last_used(shop: Shop):
    seen = await shop.admin.ask(LAST_USE)
    assert seen["customCheckout"]["secretWebhookIdLastUsedAt"] is None
    await shop.backend.ask(ME)
    await shop.served.gateway.auth.last_use.flush()
    seen = await shop.admin.ask(LAST_USE)
    assert seen["customCheckout"]["secretWebhookIdLastUsedAt"] is not None


async def test_a_minted_token_speaks_for_its_customer_until_it_ends(
    shop: Shop, asha: str, clock: Clock
):
    shopper = shop.bearer(await shop.token(asha, seconds=60))
    assert (await shopper.ask(ME))["externalId"] == asha
    clock.advance(80)
    answer = await shopper.send(ME)
    assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")


async def test_no_token_is_made_for_a_customer_that_is_not_there(shop: Shop):
    refused = await shop.backend.ask(TOKEN, input={"customer": {"externalId": "nobody"}})
    assert (code(refused), refused["token"]) == ("CUSTOMER_NOT_FOUND", None)


@pytest.mark.parametrize("seconds", [0, 59, 86_401, -5])
async def test_a_tokens_lifetime_has_bounds(shop: Shop, asha: str, seconds: int):
    given = {"customer": {"externalId": asha}, "expiresInSeconds": seconds}
    answer = await shop.backend.send(TOKEN, input=given)
    assert answer.error == {"code": "BAD_USER_INPUT", "field": ["expiresInSeconds"]}


def claims(clock: Clock, subject: str, **changes: Any) -> Json:
    now = clock.now // SECOND
    made = {
        "iss": "loyalty-gateway",
        "aud": "loyalty-gateway",
        "sub": subject,
        "iat": now,
        "exp": now + 600,
    }
    return {**made, **changes}


def own_key(shop: Shop, merchant_id: int | None = None) -> tuple[Json, bytes]:
    """The header and the key of the gateway's own tokens for a merchant."""
    merchant = base36(merchant_id or shop.merchant_id)
    header = {"alg": "HS256", "typ": "JWT", "kid": f"gw.{merchant}"}
    return header, derive(SECRET_KEY, f"customer token v1 {merchant}")


async def test_the_tokens_forged_below_are_good_but_for_their_flaw(
    shop: Shop, asha: str, clock: Clock
):
    header, key = own_key(shop)
    token = forging.token(header, claims(clock, asha), forging.hs256(key))
    assert (await shop.bearer(token).ask(ME))["externalId"] == asha


FLAWS: dict[str, Json] = {
    "expired": {"exp": -11},
    "of another audience": {"aud": "another-service"},
    "without an audience": {"aud": None},
    "of another issuer": {"iss": "someone"},
    "not valid yet": {"nbf": 3_600},
    "for longer than a day": {"exp": 90_000},
    "without an end": {"exp": None},
    "for nobody": {"sub": ""},
}


@pytest.mark.parametrize("flaw", FLAWS)
async def test_a_token_with_a_flaw_is_refused_and_changes_nothing(
    shop: Shop, asha: str, clock: Clock, flaw: str, unchanged: Unchanged
):
    now = clock.now // SECOND
    changes = {k: now + v if isinstance(v, int) else v for k, v in FLAWS[flaw].items()}
    header, key = own_key(shop)
    token = forging.token(header, claims(clock, asha, **changes), forging.hs256(key))
    await assert_refused(shop, token, unchanged)


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "None"},
        {"alg": "HS512"},
        {"alg": "ES256"},
        {"kid": "gw.0"},
        {"kid": "mk.1.aaaaaaaaaaaaaaaaaaaaaa"},
        {"kid": None},
        {"crit": ["exp"]},
    ],
)
async def test_a_token_with_another_header_is_refused(
    shop: Shop, asha: str, clock: Clock, header: Json, unchanged: Unchanged
):
    good, key = own_key(shop)
    signer = forging.unsigned if "alg" in header else forging.hs256(key)
    token = forging.token({**good, **header}, claims(clock, asha), signer)
    await assert_refused(shop, token, unchanged)


async def test_a_token_that_was_changed_or_signed_by_another_is_refused(
    shop: Shop, other_shop: Shop, asha: str, clock: Clock, unchanged: Unchanged
):
    good = await shop.token(asha)
    head, body, signature = good.split(".")
    header, _ = own_key(shop)
    _, others_key = own_key(other_shop)
    for token in (
        f"{head}.{forging.segment(b'{}')}.{signature}",
        f"{head}.{body}.{signature[:-2]}AA",
        f"{head}.{body}.",
        f"{head}.{body}",
        forging.token(header, claims(clock, asha), forging.hs256(others_key)),
        "a" * 5_000,
        "..",
    ):
        await assert_refused(shop, token, unchanged)


async def assert_refused(shop: Shop, token: str, unchanged: Unchanged) -> None:
    """Not let in, with the status that proxies act on, and nothing is applied."""
    async with unchanged():
        given = {"cart": {"id": "c", "total": {"amount": "500", "currencyCode": "INR"}}}
        answer = await shop.bearer(token).send(APPLY, input={**given, "idempotencyKey": "k"})
        assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "data" not in answer.body


async def test_a_token_of_the_merchants_own_backend_is_let_in(shop: Shop, asha: str, clock: Clock):
    key = ec.generate_private_key(ec.SECP256R1())
    pem = forging.public_pem(key)
    given = {"algorithm": "ES256", "issuer": "https://shop.example", "publicKey": pem}
    made = await shop.admin.ask(documents.REGISTER_SIGNING_KEY, input=given)
    assert code(made) is None
    kid = made["signingKey"]["kid"]
    header = {"alg": "ES256", "kid": kid}
    good = claims(clock, asha, iss="https://shop.example")
    shopper = shop.bearer(forging.token(header, good, forging.es256(key)))
    assert (await shopper.ask(ME))["externalId"] == asha
    assert (await shopper.apply())["redemption"]["points"] == 100
    unknown = shop.bearer(forging.token(header, {**good, "sub": "new"}, forging.es256(key)))
    assert await unknown.ask(ME) is None
    assert code(await unknown.apply()) == "CUSTOMER_NOT_FOUND"
    # The public half is no secret: it must not serve as one.
    confused = forging.token({**header, "alg": "HS256"}, good, forging.hs256(pem.encode()))
    assert (await shop.bearer(confused).send(ME)).status == 401
    await shop.admin.ask(documents.REVOKE_SIGNING_KEY, input={"kid": kid})
    assert (await shopper.send(ME)).status == 401


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"secret": "short"}, "secret", "at least 32 bytes"),
        ({}, "secret", "at least 32 bytes"),
        ({"secret": "s" * 32, "publicKey": "p"}, "publicKey", "HS256 takes a shared secret"),
        ({"secret": "s" * 32, "issuer": ""}, "issuer", "1 to 255"),
        ({"algorithm": "ES256"}, "publicKey", "P-256, in PEM"),
        ({"algorithm": "ES256", "publicKey": "s" * 32}, "publicKey", "P-256, in PEM"),
        ({"algorithm": "ES256", "secret": "s" * 32}, "secret", "P-256, in PEM"),
        (
            {"algorithm": "ES256", "publicKey": forging.private_pem(PAIR)},
            "publicKey",
            "This is a private key",
        ),
    ],
)
async def test_a_key_that_cannot_sign_is_refused_by_its_field(
    shop: Shop, given: Json, field: str, said: str
):
    whole = {"algorithm": "HS256", "issuer": "shop", **given}
    made = await shop.admin.ask(documents.REGISTER_SIGNING_KEY, input=whole)
    (error,) = made["userErrors"]
    assert (made["signingKey"], error["code"], error["field"]) == (None, "INVALID_INPUT", [field])
    assert said in error["message"]
    gone = await shop.admin.ask(documents.REVOKE_SIGNING_KEY, input={"kid": "mk.1.none"})
    assert gone["userErrors"][0]["field"] == ["kid"]


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer whk_1_" + "a" * 43},
        {"authorization": "Bearer"},
        {"authorization": "Basic YTpi"},
        {"authorization": "Bearer " + "x" * 7_000},
        {"x-loyalty-key": "pk_unknown"},
        {"x-loyalty-key": ""},
    ],
)
async def test_a_wrong_key_is_told_as_such_and_learns_nothing(shop: Shop, headers: dict[str, str]):
    answer = await Caller(shop.served.http, headers).send(ME)
    assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")


async def test_a_secret_in_the_header_of_the_publishable_key_is_refused(shop: Shop):
    answer = await Caller(shop.served.http, {"x-loyalty-key": shop.secret_webhook_id}).send(ME)
    assert (answer.status, answer.error["code"]) == (401, "UNAUTHENTICATED")


async def test_two_credentials_must_be_of_one_merchant(shop: Shop, other_shop: Shop):
    both = Caller(shop.served.http, {**shop.backend.headers, **other_shop.page.headers})
    assert (await both.send(ME)).status == 401
    same = Caller(shop.served.http, {**shop.backend.headers, **shop.page.headers})
    assert (await same.send(ME)).status == 200
