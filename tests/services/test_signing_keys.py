"""Merchants' signing keys: what is taken, how it is stored, and who finds it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from gateway.errors import Code, LoyaltyError
from gateway.services.signing_keys import (
    Algorithm,
    find_signing_key,
    list_signing_keys,
    register_signing_key,
    revoke_signing_key,
)
from models.credential import SigningKey
from tests.support.forging import private_pem, public_pem
from tests.support.tenants import NOW, OTHER_SHOP, SECRET_KEY, SHOP, opened

SHARED = "a secret shared with the merchant's backend"
PAIR = ec.generate_private_key(ec.SECP256R1())
ISSUER = "https://shop.example"
ENCRYPTED_KEY = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    async with opened(database_url):
        yield


async def register(algorithm: Algorithm, material: str, issuer: str = ISSUER) -> str:
    return await register_signing_key(SHOP, algorithm, issuer, material, NOW, SECRET_KEY)


@pytest.mark.usefixtures("database")
async def test_a_shared_secret_is_stored_encrypted_and_found_again():
    kid = await register("HS256", SHARED)
    row = await SigningKey.get(kid=kid)
    assert SHARED not in row.material
    found = await find_signing_key(kid, SECRET_KEY)
    assert found is not None
    assert (found.merchant_id, found.algorithm, found.issuer) == (SHOP, "HS256", ISSUER)
    assert found.key == SHARED.encode()
    assert SHARED not in repr(found)


@pytest.mark.usefixtures("database")
async def test_a_public_key_is_found_again():
    kid = await register("ES256", f"\n  {public_pem(PAIR)}\n")
    found = await find_signing_key(kid, SECRET_KEY)
    assert found is not None
    assert found.key == PAIR.public_key()


@pytest.mark.parametrize("algorithm", ["HS256", "ES256"])
@pytest.mark.parametrize(
    "material",
    [private_pem(PAIR), ENCRYPTED_KEY, ENCRYPTED_KEY.lower()],
    ids=["plain", "encrypted", "lower case"],  # the keys differ from run to run
)
async def test_a_private_key_pasted_by_mistake_is_refused_by_name(
    algorithm: Algorithm, material: str
):
    """There is no database here: nothing of it may be stored."""
    with pytest.raises(LoyaltyError, match="private key") as refused:
        await register(algorithm, material)
    assert refused.value.refusal.code is Code.INVALID_INPUT
    assert refused.value.refusal.field == ("material",)
    assert "AAAA" not in refused.value.detail


@pytest.mark.parametrize(
    "material",
    [
        "",
        "x" * 31,
        "é" * 15,
        " " + "x" * 40,
        "x" * 40 + "\n",
        "x" * 2001,
        public_pem(PAIR),
        '{"kty": "oct", "k": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}',
    ],
)
async def test_a_shared_secret_that_is_short_or_no_secret_is_refused(material: str):
    with pytest.raises(LoyaltyError) as refused:
        await register("HS256", material)
    assert refused.value.refusal.field == ("material",)


@pytest.mark.parametrize(
    "material",
    [
        "",
        SHARED,
        public_pem(ec.generate_private_key(ec.SECP384R1())),
        public_pem(ec.generate_private_key(ec.SECP256K1())),
        public_pem(ed25519.Ed25519PrivateKey.generate()),
        public_pem(rsa.generate_private_key(65537, 2048)),
        public_pem(PAIR)[:80],
    ],
    ids=["empty", "shared", "P-384", "secp256k1", "Ed25519", "RSA", "cut off"],
)
async def test_what_is_no_public_key_on_p256_is_refused(material: str):
    with pytest.raises(LoyaltyError, match="P-256"):
        await register("ES256", material)


@pytest.mark.parametrize("issuer", ["", "x" * 256, "two\nlines"])
async def test_an_unusable_issuer_is_refused(issuer: str):
    with pytest.raises(LoyaltyError) as refused:
        await register("HS256", SHARED, issuer)
    assert refused.value.refusal.field == ("issuer",)


@pytest.mark.usefixtures("database")
async def test_a_revoked_key_is_not_found_and_revoking_again_succeeds():
    kid = await register("HS256", SHARED)
    assert await revoke_signing_key(SHOP, kid, NOW + 1)
    assert await revoke_signing_key(SHOP, kid, NOW + 2)
    assert await find_signing_key(kid, SECRET_KEY) is None
    (seen,) = await list_signing_keys(SHOP)
    assert (seen.kid, seen.revoked_at) == (kid, NOW + 1)


@pytest.mark.usefixtures("database")
async def test_a_merchant_cannot_revoke_or_see_the_key_of_another():
    kid = await register("HS256", SHARED)
    assert not await revoke_signing_key(OTHER_SHOP, kid, NOW)
    assert await list_signing_keys(OTHER_SHOP) == []
    assert await find_signing_key(kid, SECRET_KEY) is not None


@pytest.mark.usefixtures("database")
async def test_a_secret_opens_under_its_own_name_and_secret_key_only(
    caplog: pytest.LogCaptureFixture,
):
    """Whoever can write to the table cannot move a secret to another key."""
    kid, other = await register("HS256", SHARED), await register("HS256", SHARED[::-1])
    row = await SigningKey.get(kid=kid)
    await SigningKey.filter(kid=other).update(material=row.material)
    with caplog.at_level(logging.WARNING):
        assert await find_signing_key(other, SECRET_KEY) is None
        assert await find_signing_key(kid, "another secret key of the installation") is None
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    assert SHARED not in caplog.text


@pytest.mark.parametrize("kid", ["", "mk.", "mk.1.short", "mk.01." + "A" * 22, "gw.1", "x" * 9999])
async def test_a_malformed_name_is_unknown_without_asking_the_database(kid: str):
    assert await find_signing_key(kid, SECRET_KEY) is None
