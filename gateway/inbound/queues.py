"""The envelopes of the queues that messages of commercetools come through."""

from __future__ import annotations

from base64 import b64decode

from gateway.inbound.facts import Unfit
from gateway.inbound.reading import Node, parsed


def message(body: str) -> Node:
    """The message itself, out of the envelope of the queue that it came through, if any."""
    outer = parsed(body)
    if "detail" in outer.fields and "detail-type" in outer.fields:  # Amazon EventBridge
        return outer.need("detail")
    if "specversion" in outer.fields:  # CloudEvents
        return outer.need("data")
    inner = outer.node("message") if "subscription" in outer.fields else None
    if inner is not None:  # a push of Google Cloud Pub/Sub
        try:
            return parsed(b64decode(inner.text("data") or "", validate=True).decode())
        except ValueError:
            raise Unfit("`message.data` is not JSON in Base64.") from None
    return outer


def message_id(body: bytes) -> str | None:
    """The message's own id, where nothing around it has one."""
    try:
        return message(body.decode()).id("id")
    except (Unfit, ValueError):
        return None
