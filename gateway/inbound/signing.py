"""Whether a delivery comes from whom it says: signatures over the raw body.

Shopify and WooCommerce sign the body alone, with the text of the secret as key. Our own form is
Standard Webhooks: id, time and body, with the bytes that the secret encodes. commercetools signs
nothing; whoever passes its messages on signs as we do, or shows the secret itself in a header.
Every comparison takes the same time, whatever is wrong.
"""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from gateway.inbound.facts import SourceKind

Headers = Mapping[str, str]
"""By name in lower case."""

TOLERANCE_SECONDS: Final = 300
"""How far the time of a signed delivery may be from ours, in either direction."""
PREFIX: Final = "whsec_"
SHARED_SECRET: Final = "x-loyalty-secret"  # noqa: S105 - the name of a header
_MOST_SIGNATURES: Final = 10
_LONGEST_TIMESTAMP: Final = 12


def verified(
    kind: SourceKind, secrets: Sequence[str], headers: Headers, body: bytes, now: int
) -> bool:
    """Whether one of the secrets made the signature. `now` is in microseconds.

    Every secret is tried whether or not one before it fits. Without any, a made-up one is tried,
    so that a source that is not there takes as long as one that is.
    """
    check = _CHECKS[kind]
    found = [check(secret, headers, body, now) for secret in secrets or ("none",)]
    return any(found) and bool(secrets)


def standard_key(secret: str) -> bytes:
    """The key that a secret of Standard Webhooks encodes; any other text is its own key."""
    if secret.startswith(PREFIX):
        try:
            return b64decode(secret.removeprefix(PREFIX), validate=True)
        except NotBase64:
            pass
    return secret.encode()


def standard_signature(key: bytes, delivery_id: str, seconds: str, body: bytes) -> str:
    """The signature of Standard Webhooks, with its version in front."""
    signed = f"{delivery_id}.{seconds}.".encode() + body
    return "v1," + b64encode(hmac.digest(key, signed, sha256)).decode()


def body_signature(secret: str, body: bytes) -> str:
    """The signature of Shopify and WooCommerce."""
    return b64encode(hmac.digest(secret.encode(), body, sha256)).decode()


def _standard(secret: str, headers: Headers, body: bytes, now: int) -> bool:
    delivery_id, seconds = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    expected = standard_signature(standard_key(secret), delivery_id, seconds, body)
    shown = headers.get("webhook-signature", "").split(" ")[:_MOST_SIGNATURES]
    same = [_same(each, expected) for each in shown]
    return any(same) and bool(delivery_id) and _timely(seconds, now)


def _timely(seconds: str, now: int) -> bool:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= _LONGEST_TIMESTAMP):
        return False
    return abs(int(seconds) - now // 1_000_000) <= TOLERANCE_SECONDS


def _of_body(header: str) -> Callable[[str, Headers, bytes, int], bool]:
    def check(secret: str, headers: Headers, body: bytes, _: int) -> bool:
        return _same(headers.get(header, ""), body_signature(secret, body))

    return check


def _relayed(secret: str, headers: Headers, body: bytes, now: int) -> bool:
    if "webhook-signature" in headers:
        return _standard(secret, headers, body, now)
    # Digests, so that the time tells nothing of the length either.
    shown = sha256(headers.get(SHARED_SECRET, "").encode()).digest()
    return hmac.compare_digest(shown, sha256(secret.encode()).digest())


def _same(shown: str, expected: str) -> bool:
    return hmac.compare_digest(shown.encode(), expected.encode())


_CHECKS: Final = {
    SourceKind.GENERIC: _standard,
    SourceKind.SHOPIFY: _of_body("x-shopify-hmac-sha256"),
    SourceKind.WOOCOMMERCE: _of_body("x-wc-webhook-signature"),
    SourceKind.COMMERCETOOLS: _relayed,
}
