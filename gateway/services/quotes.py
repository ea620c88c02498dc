"""Quotes: signed, stateless promises of a preview's numbers.

A quote binds merchant, customer, cart, wallets, rule version and numbers until it expires. Nothing
is stored: the signature (HMAC-SHA256, cut to 128 bits) is the memory.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b, sha256
from typing import Any

import orjson

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ledger.commands import Quoted, WalletUse
from gateway.rules.facts import Cart
from gateway.rules.plan import Plan

PREFIX = "q1."
SIGNATURE_BYTES = 16
MAX_LENGTH = 400


def cart_digest(cart: Cart) -> str:
    """A short digest of everything in the cart; two carts that differ anywhere differ here."""
    lines = [
        (line.product_id, line.total_minor, line.quantity, line.collection_ids)
        for line in cart.lines
    ]
    return blake2b(orjson.dumps([cart.id, cart.total_minor, lines]), digest_size=12).hexdigest()


class Quotes:
    """Signs and reads quotes with one key."""

    def __init__(self, secret_key: str) -> None:
        """Derive the signing key, so that no other use of the secret can forge a quote."""
        self._key = hmac.digest(secret_key.encode(), b"loyalty-gateway quote v1", sha256)

    def sign(
        self,
        merchant_id: int,
        customer_id: int,
        cart: Cart,
        wallets: WalletUse,
        plan: Plan,
        expires_at: int,
    ) -> str:
        """The quote for a plan that can be applied."""
        rule = plan.offer.rule if plan.offer else None
        body = [
            merchant_id,
            customer_id,
            cart_digest(cart),
            wallets.value,
            expires_at,
            rule and rule.id,
            rule and rule.version,
            plan.points,
            plan.credits_minor,
            plan.discount_minor,
        ]
        payload = orjson.dumps(body)
        return PREFIX + urlsafe_b64encode(payload + self._signature(payload)).decode().rstrip("=")

    def read(
        self, quote: str, merchant_id: int, customer_id: int, cart: Cart, wallets: WalletUse
    ) -> Quoted:
        """What the quote promised. Raises LoyaltyError(QUOTE_MISMATCH) for any other's quote.

        Whether it has expired is decided in the ledger, so that a repeated key gets its outcome.
        """
        body = self._opened(quote)
        if body is None or body[:4] != [merchant_id, customer_id, cart_digest(cart), wallets.value]:
            raise LoyaltyError(Refusal(Code.QUOTE_MISMATCH, field=("quote",)))
        return Quoted(*body[4:])

    def _opened(self, quote: str) -> list[Any] | None:
        if not quote.startswith(PREFIX) or len(quote) > MAX_LENGTH or not quote.isascii():
            return None
        text = quote.removeprefix(PREFIX)
        try:
            raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            return None
        payload, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, self._signature(payload)):
            return None
        return orjson.loads(payload)

    def _signature(self, payload: bytes) -> bytes:
        return hmac.digest(self._key, payload, sha256)[:SIGNATURE_BYTES]
