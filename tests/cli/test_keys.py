"""Merchants and their keys from the command line, seen from the gateway's side."""

from __future__ import annotations

import asyncio
import re
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.cli.session import opened
from gateway.errors import RequestError
from tests.cli.conftest import Loyalty
from tests.support import forging

SHARED = "a shared secret of thirty-two bytes, and more"


@pytest.fixture
def keys(loyalty: Loyalty) -> dict[str, str]:
    """A merchant's three keys, as `merchant create` prints them."""
    printed = loyalty("merchant", "create", "Chai & Co.", "--currency", "INR").output
    return dict(re.split(r"  +", line, maxsplit=1) for line in printed.splitlines())


def test_merchants_are_listed_by_the_number_that_other_commands_take(loyalty: Loyalty):
    assert loyalty("merchant", "list").output == ""
    numbers = [
        loyalty("merchant", "create", name, "--currency", currency).output.split()[1]
        for name, currency in (("Chai & Co.", "INR"), ("Kyoto Tea", "JPY"))
    ]
    listed = [line.split(maxsplit=2) for line in loyalty("merchant", "list").output.splitlines()]
    assert listed == [[numbers[0], "INR", "Chai & Co."], [numbers[1], "JPY", "Kyoto Tea"]]


def kind_of(authorization: str | None, key: str | None = None) -> str:
    """Who the gateway takes the caller for; `nobody` where it lets no one in."""

    async def work() -> str:
        async with opened() as gateway:
            try:
                found = await gateway.auth.authenticate(authorization, key)
            except RequestError:
                return "nobody"
            return "nobody" if found is None else found.kind.value

    return asyncio.run(work())


def bearer(secret: str) -> str:
    return kind_of(f"Bearer {secret}")


def test_a_new_merchant_has_three_keys_that_work(keys: dict[str, str]):
    assert list(keys) == ["merchant", "publishable", "secret webhook", "admin"]
    assert kind_of(None, keys["publishable"]) == "PUBLISHABLE"
    assert bearer(keys["secret webhook"]) == "BACKEND"
    assert bearer(keys["admin"]) == "ADMIN"


@pytest.mark.parametrize(
    ("option", "value", "word"),
    [
        ("--currency", "RUP", "currency"),
        ("--locale", "no locale", "locale"),
        ("--time-zone", "Mars/Olympus", "time zone"),
    ],
)
def test_a_merchant_that_cannot_be_is_refused(loyalty: Loyalty, option: str, value: str, word: str):
    given = {"--currency": "INR", option: value}
    options = [text for pair in given.items() for text in pair]
    done = loyalty("merchant", "create", "Shop", *options, fails=True)
    assert word in done.output
    assert "no merchant yet" in loyalty("credentials", "list", fails=True).output


@pytest.mark.parametrize(
    ("kind", "caller"),
    [
        ("secret-webhook", "BACKEND"),
        ("admin", "ADMIN"),
        ("publishable", "PUBLISHABLE"),
    ],
)
def test_a_key_is_made_listed_without_its_secret_and_revoked(
    loyalty: Loyalty, keys: dict[str, str], kind: str, caller: str
):
    secret = loyalty("credentials", "create", kind, "--label", "for a test").output.strip()
    shown = (None, secret) if kind == "publishable" else (f"Bearer {secret}", None)
    assert kind_of(*shown) == caller
    listed = loyalty("credentials", "list").output
    assert secret not in listed
    assert not any(each in listed for each in keys.values() if "_" in each)
    (line,) = (each for each in listed.splitlines() if "for a test" in each)
    assert secret[-4:] in line
    assert "live" in line
    assert loyalty("credentials", "revoke", line.split()[0]).output == "revoked\n"
    assert kind_of(*shown) == "nobody"
    (line,) = (e for e in loyalty("credentials", "list").output.splitlines() if "a test" in e)
    assert "ended" in line


def test_rotating_makes_a_new_secret_webhook_id_beside_the_old_one(
    loyalty: Loyalty, keys: dict[str, str]
):
    fresh = loyalty("credentials", "rotate").output.strip()
    assert [bearer(each) for each in (fresh, keys["secret webhook"])] == ["BACKEND"] * 2
    newest = loyalty("credentials", "rotate", "--overlap-hours", "0").output.strip()
    assert [bearer(each) for each in (newest, fresh, keys["secret webhook"])] == [
        "BACKEND",
        "nobody",
        "nobody",
    ]


def test_a_signing_key_lets_the_merchants_backend_mint_tokens(
    loyalty: Loyalty, keys: dict[str, str], tmp_path: Path
):
    pair = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "public.pem").write_text(forging.public_pem(pair))
    (tmp_path / "shared").write_text(f"{SHARED}\n")
    for algorithm, file, signer in (
        ("ES256", "public.pem", forging.es256(pair)),
        ("HS256", "shared", forging.hs256(SHARED.encode())),
    ):
        made = loyalty(
            "credentials",
            "create",
            "signing-key",
            "--algorithm",
            algorithm,
            "--issuer",
            "https://shop.example",
            "--material",
            str(tmp_path / file),
        ).output
        label, kid = made.split()
        assert label == "kid"
        assert bearer(_token(kid, algorithm, signer)) == "CUSTOMER"
        assert bearer(_token(kid, algorithm, forging.hs256(b"another secret"))) == "nobody"


@pytest.fixture
def signing_key(loyalty: Loyalty, keys: dict[str, str], tmp_path: Path) -> str:
    """The `kid` of a shared secret that is registered."""
    (tmp_path / "shared").write_text(SHARED)
    start = ("credentials", "create", "signing-key", "--algorithm", "HS256", "--issuer")
    material = ("--material", str(tmp_path / "shared"))
    return loyalty(*start, "https://shop.example", *material).output.split()[1]


def test_a_signing_key_is_listed_and_revoked_by_its_kid(loyalty: Loyalty, signing_key: str):
    token = _token(signing_key, "HS256", forging.hs256(SHARED.encode()))
    assert bearer(token) == "CUSTOMER"
    listed = loyalty("credentials", "list").output
    assert SHARED not in listed
    *_, line = listed.splitlines()
    assert line.split() == [signing_key, "SIGNING_KEY", "HS256", "live", "https://shop.example"]
    assert loyalty("credentials", "revoke", signing_key).output == "revoked\n"
    assert bearer(token) == "nobody"
    assert "ended" in loyalty("credentials", "list").output.splitlines()[-1]


def test_a_signing_key_of_another_merchant_is_neither_listed_nor_revoked(
    loyalty: Loyalty, signing_key: str
):
    made = loyalty("merchant", "create", "Another", "--currency", "JPY").output.splitlines()
    other = ("--merchant", made[0].split()[1])
    assert signing_key not in loyalty("credentials", "list", *other).output
    for unknown in (signing_key, "mk.1.none", "9" * 19, "²"):
        refused = loyalty("credentials", "revoke", unknown, *other, fails=True)
        assert f"no key {unknown}" in refused.output
    assert bearer(_token(signing_key, "HS256", forging.hs256(SHARED.encode()))) == "CUSTOMER"


def _token(kid: str, algorithm: str, signer: forging.Signer) -> str:
    now = int(time.time())
    claims = {"iss": "https://shop.example", "aud": "loyalty-gateway", "sub": "asha"}
    times = {"iat": now, "exp": now + 600}
    return forging.token({"alg": algorithm, "kid": kid}, claims | times, signer)


def test_a_signing_key_that_is_none_is_refused(
    loyalty: Loyalty, keys: dict[str, str], tmp_path: Path
):
    pair = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "private.pem").write_text(forging.private_pem(pair))
    (tmp_path / "short").write_text("too short")
    start = ("credentials", "create", "signing-key", "--issuer", "i")
    refused = [
        (start, "--material"),
        ((*start, "--material", str(tmp_path / "private.pem")), "private key"),
        ((*start, "--algorithm", "HS256", "--material", str(tmp_path / "short")), "32 bytes"),
        ((*start, "--material", str(tmp_path / "missing")), "--material"),
        ((*start[:3], "--material", str(tmp_path / "short")), "--issuer"),
    ]
    for arguments, word in refused:
        assert word in loyalty(*arguments, fails=True).output


def test_with_two_merchants_one_has_to_be_named(loyalty: Loyalty, keys: dict[str, str]):
    loyalty("merchant", "create", "Another", "--currency", "JPY")
    done = loyalty("credentials", "list", fails=True)
    assert "--merchant" in done.output
    assert keys["merchant"] in done.output
    assert "live" in loyalty("credentials", "list", "--merchant", keys["merchant"]).output
    assert "--merchant" in loyalty("credentials", "list", "--merchant", "5", fails=True).output


def test_a_key_of_another_merchant_is_not_revoked(loyalty: Loyalty, keys: dict[str, str]):
    listed = loyalty("credentials", "list").output.splitlines()
    made = loyalty("merchant", "create", "Another", "--currency", "JPY").output.splitlines()
    other = made[0].split()[1]
    for line in listed:
        revoked = loyalty("credentials", "revoke", line.split()[0], "--merchant", other, fails=True)
        assert "no key" in revoked.output
    assert bearer(keys["admin"]) == "ADMIN"
