"""The GraphQL documents of the load, and requests built from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

FOLDER = Path(__file__).parent / "documents"
FIRST_CUSTOMER = 10_001
"""The seed numbers its customers from here on; all these numbers have five digits."""
MOST_CUSTOMERS = 89_999
_WHO, _FRESH = "<who>", "<fresh>"


@dataclass(frozen=True, slots=True)
class Template:
    """The bytes of a request in which only digits change, so that its length never does.

    `text % (customer, number, …)` is a request: the customer's number, then the number of the
    request `fresh_count` times, so that carts and keys are new each time.
    """

    text: str
    fresh_count: int
    must: tuple[str, ...]
    """What the body of every good answer contains, written without spaces."""


def document(name: str) -> str:
    """The document of that name, as it stands in its file."""
    return (FOLDER / f"{name}.graphql").read_text("utf-8")


def preview(host: str, secret: str, mark: str) -> Template:
    """Previews of a cart of 499.00 for every customer in turn; `mark` makes the carts new."""
    return _preview(host, secret, mark, "preview")


def offers(host: str, secret: str, mark: str) -> Template:
    """The same with all that a shopper could be shown of it."""
    return _preview(host, secret, mark, "offers")


def apply(host: str, secret: str, mark: str) -> Template:
    """Applies of one point to a new cart under a new key each."""
    asked = {
        "customer": {"externalId": f"custom_website-{_WHO}"},
        "cart": _cart(mark),
        "points": 1,
        "idempotencyKey": f"{mark}-{_FRESH}",
    }
    must = ('"userErrors":[]', '"replayed":false', '"status":"HELD"')
    return _template(host, secret, "apply", asked, 2, must)


def complete(host: str, secret: str, mark: str) -> Template:
    """Completions of orders of 499.00 that redeem nothing, under a new key each."""
    return _complete(host, secret, mark, {}, ('"captureRefusal":null', '"redemption":null'))


def redeeming(host: str, secret: str, mark: str) -> Template:
    """The same of the carts that `apply` held points for under that mark."""
    cart = {"cartId": f"{mark}-{_FRESH}"}
    return _complete(host, secret, f"of-{mark}", cart, ('"status":"CAPTURED"',))


def request(host: str, secret: str, body: str) -> str:
    """One HTTP request for the GraphQL endpoint."""
    return (
        f"POST /graphql HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {secret}\r\n"
        f"accept: application/json\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body.encode())}\r\n\r\n{body}"
    )


def _preview(host: str, secret: str, mark: str, name: str) -> Template:
    asked = {"customer": {"externalId": f"custom_website-{_WHO}"}, "cart": _cart(mark)}
    return _template(host, secret, name, asked, 1, ('"eligible":true', '"amount":'))


def _complete(
    host: str, secret: str, mark: str, redeems: dict[str, str], must: tuple[str, ...]
) -> Template:
    total = {"amount": "499.00", "currencyCode": "INR"}
    asked = {
        "customer": {"externalId": f"custom_website-{_WHO}"},
        "order": {"id": f"{mark}-{_FRESH}", "total": total},
        "idempotencyKey": f"complete-{mark}-{_FRESH}",
        **redeems,
    }
    must = ('"userErrors":[]', '"replayed":false', '"status":"COMPLETED"', *must)
    return _template(host, secret, "complete", asked, 2 + len(redeems), must)


def _cart(mark: str) -> dict[str, Any]:
    total = {"amount": "499.00", "currencyCode": "INR"}
    return {"id": f"{mark}-{_FRESH}", "total": total}


def _template(
    host: str, secret: str, name: str, asked: dict[str, Any], fresh: int, must: tuple[str, ...]
) -> Template:
    body = orjson.dumps({"query": document(name), "variables": {"input": asked}}).decode()
    longest = body.replace(_WHO, "0" * 5).replace(_FRESH, "0" * 8)
    head, _, _ = request(host, secret, longest).partition("\r\n\r\n")
    text = f"{head}\r\n\r\n{body}".replace("%", "%%")
    return Template(text.replace(_WHO, "%05d").replace(_FRESH, "%08d"), fresh, must)
