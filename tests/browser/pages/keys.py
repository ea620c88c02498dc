"""Signing keys, and the changes that the audit log tells of."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show
from tests.browser.shop_calls import ask
from tests.support.forging import public_pem

ISSUER = "https://shop.example"
KEYS = "{ merchant { signingKeys { issuer revokedAt } } }"
REGISTER = """mutation($pem: String!, $issuer: String!) {
  registerSigningKey(input: {algorithm: ES256, issuer: $issuer, publicKey: $pem}) {
    userErrors { message } } }"""
EARNING = """mutation {
  updateEarning(input: {returnWindowSeconds: 1209600}) { userErrors { message } } }"""
WEBHOOK = """mutation {
  createWebhookEndpoint(input: {url: "https://mail.example/loyalty"}) {
    userErrors { message } } }"""


def furnish(demo: dict[str, Any]) -> None:
    """A key, and a few changes; once."""
    live = {"issuer": ISSUER, "revokedAt": None}
    if live not in ask(demo, KEYS)["signingKeys"]:
        pem = public_pem(ec.generate_private_key(ec.SECP256R1()))
        registered = ask(demo, REGISTER, pem=pem, issuer=ISSUER)
        for made in (registered, ask(demo, EARNING), ask(demo, WEBHOOK)):
            assert not made["userErrors"], made


def _register(hands: Hands) -> None:
    hands.go("/credentials")
    hands.press("Register key")
    hands.sees("Never paste the private key")


def _revoke(hands: Hands) -> None:
    hands.go("/credentials")
    hands.press(f"Revoke the signing key of {ISSUER}")
    hands.sees("This cannot be undone")


PAGES: dict[str, Show] = {"signing-key-register": _register, "signing-key-revoke": _revoke}
