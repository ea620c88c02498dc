"""Customer tokens: what is accepted, and every hostile token that is not."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.services.claims import LEEWAY_SECONDS, Reason, TokenRejected
from gateway.services.secrets import base36, derive
from gateway.services.signing_keys import Algorithm, register_signing_key, revoke_signing_key
from gateway.services.tokens import MAX_TOKEN_LENGTH, TokenService
from models.credential import SigningKey
from tests.house.sources import ROOT
from tests.support.forging import Signer, es256, hs256, public_pem, segment, token, unsigned
from tests.support.tenants import NOW, OTHER_SHOP, SECOND, SECRET_KEY, SHOP, opened

AUDIENCE = "loyalty-gateway"
NOW_SECONDS = NOW // SECOND
KID = f"gw.{base36(SHOP)}"
OWN_KEY = derive(SECRET_KEY, f"customer token v1 {base36(SHOP)}")
SHARED = "a secret shared with the merchant's backend"
PAIR = ec.generate_private_key(ec.SECP256R1())
ISSUER = "https://shop.example"
DAY = 86_400


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    async with opened(database_url):
        yield


@pytest.fixture
def tokens() -> TokenService:
    return TokenService(SECRET_KEY, AUDIENCE)


def claims(**changes: Any) -> dict[str, Any]:
    """Good claims of the gateway's own; None leaves one out."""
    good = {
        "iss": "loyalty-gateway",
        "aud": AUDIENCE,
        "sub": "custom_website-10001",
        "iat": NOW_SECONDS,
        "exp": NOW_SECONDS + 900,
    }
    return {name: value for name, value in (good | changes).items() if value is not None}


def own(header: dict[str, Any] | None = None, payload: Any = None, **changes: Any) -> str:
    """A token under the gateway's own, right key."""
    head = {"alg": "HS256", "typ": "JWT", "kid": KID} | (header or {})
    return token(head, claims(**changes) if payload is None else payload, hs256(OWN_KEY))


async def refusal(tokens: TokenService, text: str, now: int = NOW) -> Reason:
    with pytest.raises(TokenRejected) as rejected:
        await tokens.verify(text, now)
    return rejected.value.reason


async def test_a_minted_token_proves_its_merchant_and_customer(tokens: TokenService):
    text, expires_at = tokens.mint(SHOP, "custom_website-10001", NOW, 900)
    proven = await tokens.verify(text, NOW)
    assert expires_at == NOW + 900 * SECOND
    assert (proven.merchant_id, proven.external_id) == (SHOP, "custom_website-10001")
    assert (proven.expires_at, proven.good_until) == (expires_at, expires_at)


def test_a_minted_token_holds_the_agreed_header_and_claims(tokens: TokenService):
    text, _ = tokens.mint(SHOP, "Zoë, 10001", NOW, 60)
    header, body = (json.loads(urlsafe_b64decode(part + "==")) for part in text.split(".")[:2])
    assert header == {"alg": "HS256", "typ": "JWT", "kid": KID}
    assert body.pop("jti")
    assert body == claims(sub="Zoë, 10001", exp=NOW_SECONDS + 60)


def test_two_tokens_of_one_customer_differ(tokens: TokenService):
    assert tokens.mint(SHOP, "a", NOW, 60) != tokens.mint(SHOP, "a", NOW, 60)


@pytest.mark.parametrize(
    ("external_id", "seconds"),
    [("", 60), ("x" * 256, 60), ("a\x00b", 60), ("a", 0), ("a", DAY + 1)],
)
def test_what_verify_would_refuse_is_not_minted(tokens: TokenService, external_id, seconds):
    with pytest.raises(ValueError, match="customer token"):
        tokens.mint(SHOP, external_id, NOW, seconds)


async def test_the_hand_made_token_is_good_before_it_is_spoiled(tokens: TokenService):
    """So that every refusal below has the one cause that its test names."""
    assert (await tokens.verify(own(), NOW)).external_id == "custom_website-10001"


GOOD = [
    {"aud": ["elsewhere", AUDIENCE]},
    {"iat": None},
    {"exp": NOW_SECONDS + 900.9},
    {"exp": NOW_SECONDS + DAY},
    {"sub": "x" * 255},
    {"sub": "顧客 10001"},
    {"nbf": NOW_SECONDS + LEEWAY_SECONDS, "iat": NOW_SECONDS + LEEWAY_SECONDS},
    {"jku": "https://evil.example"},
]


@pytest.mark.parametrize("changes", GOOD)
async def test_claims_at_their_bounds_are_accepted(tokens: TokenService, changes: dict[str, Any]):
    assert (await tokens.verify(own(**changes), NOW)).merchant_id == SHOP


BAD_CLAIMS = [
    ({"aud": "elsewhere"}, Reason.AUDIENCE),
    ({"aud": None}, Reason.AUDIENCE),
    ({"aud": []}, Reason.AUDIENCE),
    ({"aud": {AUDIENCE: 1}}, Reason.AUDIENCE),
    ({"aud": AUDIENCE + "2"}, Reason.AUDIENCE),
    ({"iss": "https://evil.example"}, Reason.ISSUER),
    ({"iss": None}, Reason.ISSUER),
    ({"exp": None}, Reason.TIMES),
    ({"exp": str(NOW_SECONDS + 900)}, Reason.TIMES),
    ({"exp": True}, Reason.TIMES),
    ({"exp": float("inf")}, Reason.TIMES),
    ({"exp": float("nan")}, Reason.TIMES),
    ({"iat": [1]}, Reason.TIMES),
    ({"exp": NOW_SECONDS - LEEWAY_SECONDS}, Reason.EXPIRED),
    ({"exp": -1}, Reason.EXPIRED),
    ({"exp": NOW_SECONDS + DAY + 1, "iat": None}, Reason.LIFETIME),
    ({"exp": NOW_SECONDS + 10 * DAY, "iat": NOW_SECONDS + 9 * DAY}, Reason.NOT_YET_VALID),
    ({"exp": NOW_SECONDS + DAY + 1}, Reason.LIFETIME),
    ({"exp": NOW_SECONDS + 900, "iat": NOW_SECONDS - DAY}, Reason.LIFETIME),
    ({"exp": NOW_SECONDS + 900, "iat": 0}, Reason.LIFETIME),
    ({"exp": 10**1000, "iat": 10**1000}, Reason.NOT_YET_VALID),
    ({"iat": NOW_SECONDS + LEEWAY_SECONDS + 1}, Reason.NOT_YET_VALID),
    ({"nbf": NOW_SECONDS + LEEWAY_SECONDS + 1}, Reason.NOT_YET_VALID),
    ({"sub": None}, Reason.SUBJECT),
    ({"sub": ""}, Reason.SUBJECT),
    ({"sub": "x" * 256}, Reason.SUBJECT),
    ({"sub": 10001}, Reason.SUBJECT),
    ({"sub": "a\x00b"}, Reason.SUBJECT),
    ({"sub": "\ud800"}, Reason.SUBJECT),
]


@pytest.mark.parametrize(("changes", "reason"), BAD_CLAIMS)
async def test_a_signed_token_with_a_bad_claim_is_refused(
    tokens: TokenService, changes: dict[str, Any], reason: Reason
):
    assert await refusal(tokens, own(**changes)) is reason


async def test_a_token_ends_when_it_says_and_the_leeway_is_over(tokens: TokenService):
    text, expires_at = tokens.mint(SHOP, "a", NOW, 60)
    end = expires_at + LEEWAY_SECONDS * SECOND
    assert await tokens.verify(text, end - 1)
    assert await refusal(tokens, text, end) is Reason.EXPIRED


BAD_HEADERS = [
    ({"kid": None}, Reason.MALFORMED),
    ({"kid": 7}, Reason.MALFORMED),
    ({"kid": ["gw.1"]}, Reason.MALFORMED),
    ({"crit": ["exp"]}, Reason.MALFORMED),
    ({"crit": []}, Reason.MALFORMED),
    ({"b64": False, "crit": ["b64"]}, Reason.MALFORMED),
    ({"b64": True, "crit": ["b64"]}, Reason.MALFORMED),
    ({"kid": ""}, Reason.UNKNOWN_KEY),
    ({"kid": "gw."}, Reason.UNKNOWN_KEY),
    ({"kid": "gw.0" + base36(SHOP)}, Reason.UNKNOWN_KEY),
    ({"kid": KID.upper()}, Reason.UNKNOWN_KEY),
    ({"kid": KID + "\n"}, Reason.UNKNOWN_KEY),
    ({"kid": "gw.zzzzzzzzzzzzz"}, Reason.UNKNOWN_KEY),
    ({"kid": "../../dev/null"}, Reason.UNKNOWN_KEY),
    ({"kid": "' OR 1=1 --"}, Reason.UNKNOWN_KEY),
    ({"kid": f"gw.{base36(OTHER_SHOP)}"}, Reason.SIGNATURE),
    ({"alg": "none"}, Reason.ALGORITHM),
    ({"alg": "None"}, Reason.ALGORITHM),
    ({"alg": None}, Reason.ALGORITHM),
    ({"alg": "hs256"}, Reason.ALGORITHM),
    ({"alg": "HS512"}, Reason.ALGORITHM),
    ({"alg": "ES256"}, Reason.ALGORITHM),
    ({"alg": ["HS256"]}, Reason.ALGORITHM),
]


@pytest.mark.parametrize(("header", "reason"), BAD_HEADERS)
async def test_a_header_that_is_not_the_keys_own_is_refused(
    tokens: TokenService, header: dict[str, Any], reason: Reason
):
    assert await refusal(tokens, own(header)) is reason


async def test_alg_none_without_a_signature_is_refused(tokens: TokenService):
    for name in ("none", "NONE", "nOnE"):
        text = token({"alg": name, "kid": KID}, claims(), unsigned)
        assert await refusal(tokens, text) is Reason.ALGORITHM
    assert await refusal(tokens, token({"alg": "HS256", "kid": KID}, claims(), unsigned)) is (
        Reason.SIGNATURE
    )


async def test_a_key_inside_the_token_is_never_used(tokens: TokenService):
    """The attacker signs with a key of his own and sends it along."""
    evil = b"a key of the attacker, long enough to be one"
    for hint in (
        {"jwk": {"kty": "oct", "k": segment(evil)}},
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/cert", "x5c": ["AAAA"]},
    ):
        forged = token({"alg": "HS256", "kid": KID} | hint, claims(), hs256(evil))
        assert await refusal(tokens, forged) is Reason.SIGNATURE


async def test_a_tampered_payload_is_refused(tokens: TokenService):
    head, _, signature = own().split(".")
    body = segment(json.dumps(claims(sub="somebody-else")).encode())
    assert await refusal(tokens, f"{head}.{body}.{signature}") is Reason.SIGNATURE


async def test_every_single_changed_character_is_noticed(tokens: TokenService):
    text, _ = tokens.mint(SHOP, "a", NOW, 60)
    for place, old in enumerate(text):
        changed = text[:place] + ("A" if old != "A" else "B") + text[place + 1 :]
        with pytest.raises(TokenRejected):
            await tokens.verify(changed, NOW)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "=",
        lambda text: text + ".",
        lambda text: text + "." + text,
        lambda text: text.replace(".", "..", 1),
        lambda text: text.replace(".", ".\n", 1),
        lambda text: text + "é",
        lambda text: text.rpartition(".")[0],
        lambda text: "." + text,
        lambda text: "",
        lambda text: "..",
        lambda text: "\x00",
        lambda text: segment(b"[" * 2000) + "." + text,
        lambda text: segment(b'"text"') + text[text.index(".") :],
        lambda text: segment(b"\xff\xfe") + text[text.index(".") :],
    ],
)
async def test_a_broken_form_is_refused(tokens: TokenService, spoil):
    with pytest.raises(TokenRejected):
        await tokens.verify(spoil(own()), NOW)


@pytest.mark.parametrize("payload", [b"[]", b"null", b"", b"{", b"[" * 2500, b"\xff" * 9])
async def test_a_signed_payload_that_is_no_object_is_refused(tokens: TokenService, payload: bytes):
    assert await refusal(tokens, own(payload=payload)) is Reason.MALFORMED


async def test_a_token_over_the_length_is_refused_however_good(tokens: TokenService):
    room = MAX_TOKEN_LENGTH - len(own(pad=""))
    assert await tokens.verify(own(pad="x" * (room * 3 // 4 - 2)), NOW)
    assert await refusal(tokens, own(pad="x" * (room * 3 // 4 + 4))) is Reason.MALFORMED
    assert await refusal(tokens, "A" * 10_000_000) is Reason.MALFORMED


async def test_another_secret_key_or_audience_makes_other_tokens(tokens: TokenService):
    elsewhere = TokenService("another secret key of another installation", AUDIENCE)
    text, _ = elsewhere.mint(SHOP, "a", NOW, 60)
    assert await refusal(tokens, text) is Reason.SIGNATURE
    text, _ = TokenService(SECRET_KEY, "another audience").mint(SHOP, "a", NOW, 60)
    assert await refusal(tokens, text) is Reason.AUDIENCE


async def registered(algorithm: Algorithm = "HS256", merchant_id: int = SHOP) -> str:
    material = SHARED if algorithm == "HS256" else public_pem(PAIR)
    return await register_signing_key(merchant_id, algorithm, ISSUER, material, NOW, SECRET_KEY)


@pytest.mark.usefixtures("database")
async def test_a_merchants_own_tokens_are_good_under_their_key(tokens: TokenService):
    signers: dict[Algorithm, Signer] = {"HS256": hs256(SHARED.encode()), "ES256": es256(PAIR)}
    for algorithm, signer in signers.items():
        kid = await registered(algorithm)
        text = token({"alg": algorithm, "kid": kid}, claims(iss=ISSUER), signer)
        proven = await tokens.verify(text, NOW)
        assert (proven.merchant_id, proven.good_until) == (SHOP, NOW + 2 * SECOND)


@pytest.mark.usefixtures("database")
async def test_a_public_key_is_no_shared_secret(tokens: TokenService):
    """Key confusion: HS256 with the text of the ES256 public key, which everyone may know."""
    kid = await registered("ES256")
    for text in (public_pem(PAIR), public_pem(PAIR).strip()):
        forged = token({"alg": "HS256", "kid": kid}, claims(iss=ISSUER), hs256(text.encode()))
        assert await refusal(tokens, forged) is Reason.ALGORITHM


@pytest.mark.usefixtures("database")
async def test_the_key_decides_the_algorithm_the_issuer_and_the_signature(tokens: TokenService):
    kid = await registered("ES256")
    other = ec.generate_private_key(ec.SECP256R1())
    cases = [
        ({"alg": "none", "kid": kid}, claims(iss=ISSUER), unsigned, Reason.ALGORITHM),
        ({"alg": "ES256", "kid": kid}, claims(iss=ISSUER), es256(other), Reason.SIGNATURE),
        ({"alg": "ES256", "kid": kid}, claims(iss=ISSUER), lambda _: b"\0" * 64, Reason.SIGNATURE),
        ({"alg": "ES256", "kid": kid}, claims(), es256(PAIR), Reason.ISSUER),
        ({"alg": "ES256", "kid": KID}, claims(), es256(PAIR), Reason.ALGORITHM),
    ]
    for header, body, signer, reason in cases:
        assert await refusal(tokens, token(header, body, signer)) is reason


@pytest.mark.usefixtures("database")
async def test_the_kid_of_another_merchant_does_not_lend_its_name(tokens: TokenService):
    """A merchant's key speaks for that merchant alone, whatever the token claims."""
    mine, theirs = await registered(), await registered("ES256", OTHER_SHOP)
    signer = hs256(SHARED.encode())
    forged = token({"alg": "HS256", "kid": theirs}, claims(iss=ISSUER), signer)
    assert await refusal(tokens, forged) is Reason.ALGORITHM
    moved = mine.replace(base36(SHOP), base36(OTHER_SHOP))
    forged = token({"alg": "HS256", "kid": moved}, claims(iss=ISSUER), signer)
    assert await refusal(tokens, forged) is Reason.UNKNOWN_KEY


@pytest.mark.usefixtures("database")
async def test_a_revoked_key_ends_within_the_cache_time_or_when_forgotten(tokens: TokenService):
    kid = await registered()
    text = token({"alg": "HS256", "kid": kid}, claims(iss=ISSUER), hs256(SHARED.encode()))
    await tokens.verify(text, NOW)
    await revoke_signing_key(SHOP, kid, NOW)
    assert await tokens.verify(text, NOW + 2 * SECOND - 1)
    assert await refusal(tokens, text, NOW + 2 * SECOND) is Reason.UNKNOWN_KEY
    tokens.forget_keys()
    assert await refusal(tokens, text, NOW) is Reason.UNKNOWN_KEY


@pytest.mark.usefixtures("database")
async def test_an_unknown_kid_is_remembered_for_the_cache_time(tokens: TokenService):
    """So that a flood of one bad token does not reach the database; and no longer than that."""
    kid = await registered()
    text = token({"alg": "HS256", "kid": kid}, claims(iss=ISSUER), hs256(SHARED.encode()))
    await SigningKey.filter(kid=kid).update(revoked_at=NOW)
    assert await refusal(tokens, text) is Reason.UNKNOWN_KEY
    await SigningKey.filter(kid=kid).update(revoked_at=None)
    assert await refusal(tokens, text, NOW + 2 * SECOND - 1) is Reason.UNKNOWN_KEY
    assert await tokens.verify(text, NOW + 2 * SECOND)


def test_importing_the_service_is_cheap_and_warming_loads_the_rest():
    """`import jwt` alone costs a quarter of a second, which a start need not wait for."""
    code = (
        "import sys; from gateway.services.tokens import TokenService;"
        "early = {'jwt', 'cryptography'} & sys.modules.keys();"
        "TokenService('x' * 32, 'a').warm(); print(sorted(early), 'jwt' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[] True"
