"""What stands around a body: its topic, the id of the delivery, and the headers to keep."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from gateway.inbound.facts import SourceKind

KEPT: Final = (
    "content-type",
    "user-agent",
    "webhook-id",
    "webhook-timestamp",
    "x-shopify-api-version",
    "x-shopify-event-id",
    "x-shopify-shop-domain",
    "x-shopify-topic",
    "x-shopify-triggered-at",
    "x-shopify-webhook-id",
    "x-wc-webhook-delivery-id",
    "x-wc-webhook-event",
    "x-wc-webhook-id",
    "x-wc-webhook-resource",
    "x-wc-webhook-source",
    "x-wc-webhook-topic",
)
"""Headers that are stored with a delivery. No signature and no secret is one of them."""

LONGEST_TOPIC: Final = 100
LONGEST_ID: Final = 255
_LONGEST_VALUE: Final = 500
_TOPICS: Final = {
    SourceKind.SHOPIFY: "x-shopify-topic",
    SourceKind.WOOCOMMERCE: "x-wc-webhook-topic",
}
_IDS: Final = {
    SourceKind.GENERIC: "webhook-id",
    SourceKind.SHOPIFY: "x-shopify-webhook-id",
    SourceKind.WOOCOMMERCE: "x-wc-webhook-delivery-id",
    SourceKind.COMMERCETOOLS: "webhook-id",
}


def topic(kind: SourceKind, headers: Mapping[str, str]) -> str:
    """What the delivery is about, where a header says so; else the body does."""
    found = headers.get(_TOPICS.get(kind, ""), "")
    return found if found.isprintable() and len(found) <= LONGEST_TOPIC else ""


def delivery_id(kind: SourceKind, headers: Mapping[str, str], body: bytes) -> str:
    """The sender's id of the delivery; a digest of the body where there is none to be kept."""
    found = headers.get(_IDS[kind], "")
    if 0 < len(found) <= LONGEST_ID and found.isprintable():
        return found
    return f"sha256:{sha256(body).hexdigest()}"


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers to store."""
    return {
        name: headers[name][:_LONGEST_VALUE]
        for name in KEPT
        if name in headers and headers[name].isprintable()
    }
