"""Signatures, against examples that others have published."""

from __future__ import annotations

import pytest

from gateway.inbound.facts import SourceKind
from gateway.inbound.signing import body_signature, standard_key, verified

VECTORS = {
    # The one in the tests of the Standard Webhooks libraries.
    "standard": (
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1_614_265_330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
    # The one of Svix's guide to verifying by hand.
    "svix": (
        "whsec_plJ3nmyCDGBKInavdOK15jsl",
        "msg_loFOjxBNrRLzqYUf",
        1_731_705_121,
        b'{"event_type":"ping","data":{"success":true}}',
        "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
    ),
}


@pytest.mark.parametrize(
    ("secret", "number", "at", "body", "signature"), VECTORS.values(), ids=VECTORS
)
def test_published_signatures_are_right_and_a_changed_byte_is_wrong(
    secret: str, number: str, at: int, body: bytes, signature: str
):
    headers = {"webhook-id": number, "webhook-timestamp": f"{at}", "webhook-signature": signature}
    now = at * 1_000_000

    def good(**changes: str) -> bool:
        shown = headers | {name.replace("_", "-"): value for name, value in changes.items()}
        return verified(SourceKind.GENERIC, [secret], shown, body, now)

    assert good()
    assert good(webhook_signature=f"v1a,other v1,none {signature}")
    assert not good(webhook_signature=signature.removeprefix("v1,"))
    assert not good(webhook_signature=signature.replace("v1,", "v2,"))
    assert not good(webhook_id=number + "x")
    assert not good(webhook_timestamp=f"{at + 1}")
    assert not verified(SourceKind.GENERIC, [secret], headers, body + b" ", now)
    assert not verified(SourceKind.GENERIC, [], headers, body, now)
    assert not verified(SourceKind.GENERIC, [], {}, body, now)
    assert verified(SourceKind.GENERIC, ["whsec_b3RoZXI=", secret], headers, body, now)


def test_no_secret_is_no_secret_that_anyone_could_know():
    """What stands in for a source that is not there opens nothing."""
    for kind, name in (
        (SourceKind.SHOPIFY, "x-shopify-hmac-sha256"),
        (SourceKind.WOOCOMMERCE, "x-wc-webhook-signature"),
    ):
        headers = {name: body_signature("none", b"{}")}
        assert not verified(kind, [], headers, b"{}", 0)
    assert not verified(SourceKind.COMMERCETOOLS, [], {"x-loyalty-secret": "none"}, b"{}", 0)


def test_a_secret_that_encodes_nothing_is_its_own_key():
    assert standard_key("plain") == b"plain"
    assert standard_key("whsec_not base64") == b"whsec_not base64"
    assert standard_key("whsec_YQ==") == b"a"
