"""Reads a GraphQL-over-HTTP request: the headers that matter, the body, the parameters."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

import orjson

from gateway.http.naming import named
from gateway.http.negotiation import is_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive

    from gateway.http.naming import DocumentName

_MAX_PARAMETERS = 20  # in a URL; there are seven
_NONE_ALLOWED = ("operationName", "variables", "extensions")


class HttpRefused(Exception):  # noqa: N818 - an answer to the caller, not a fault of ours
    """The HTTP request is not one that the endpoint serves; holds the answer's status."""

    def __init__(self, status: int, message: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = headers


class ClientGone(Exception):  # noqa: N818 - nobody is left to answer; not a fault
    """The client went away before its request was complete."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a well-formed request asks for."""

    query: str | None
    """The document's text; None only where `name` says which one is meant."""
    operation_name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None = None
    name: DocumentName | None = None
    """How the request names its document, if it does."""


def headers_of(raw: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return headers by name; the values of one that is repeated are joined by commas."""
    headers: dict[bytes, bytes] = {}
    for name, value in raw:
        headers[name] = headers[name] + b", " + value if name in headers else value
    return headers


def require_json(headers: dict[bytes, bytes]) -> None:
    """Refuse every body but JSON in UTF-8.

    Forms and plain text are refused above all: a page of any origin can post those without a
    preflight.
    """
    if not is_json(headers.get(b"content-type", b"")):
        text = "Send the request as application/json, in UTF-8."
        raise HttpRefused(415, text, (b"accept", b"application/json"))
    if headers.get(b"content-encoding", b"identity").lower() != b"identity":
        raise HttpRefused(415, "Send the request uncompressed.", (b"accept-encoding", b"identity"))


async def read_body(
    receive: Receive, content_length: bytes, max_bytes: int, seconds: float
) -> bytes:
    """Return the body; refuse it, unread, as soon as it is known to be over `max_bytes`.

    It must have come after so many seconds, however little of it comes at a time.
    """
    if content_length.isdigit() and int(content_length) > max_bytes:
        raise _too_large(max_bytes)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise ClientGone
                body += message.get("body", b"")
                if len(body) > max_bytes:
                    raise _too_large(max_bytes)
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError:
        text = f"The request did not arrive within {seconds:g} seconds."
        raise HttpRefused(408, text, (b"connection", b"close")) from None


def _too_large(max_bytes: int) -> HttpRefused:
    # What is still to come is not read, so the connection cannot be used again.
    text = f"The request is larger than {max_bytes} bytes."
    return HttpRefused(413, text, (b"connection", b"close"))


def asked_by_post(body: bytes) -> Asked:
    """Return what a JSON body asks for."""
    try:
        parameters = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise HttpRefused(400, f"The body is not valid JSON in UTF-8: {error}.") from None
    return _checked(parameters)


def asked_by_get(query_string: bytes, max_bytes: int) -> Asked:
    """Return what the parameters of a URL ask for; empty ones count as absent."""
    if len(query_string) > max_bytes:
        raise HttpRefused(414, f"The URL's query is longer than {max_bytes} bytes.")
    try:
        pairs = parse_qsl(
            query_string.decode("ascii"), errors="strict", max_num_fields=_MAX_PARAMETERS
        )
    except ValueError:  # UnicodeDecodeError is one
        raise HttpRefused(400, "The URL's query is not form-encoded UTF-8.") from None
    parameters: dict[str, object] = dict(pairs)
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json_parameter(name, cast("str", parameters[name]))
    return _checked(parameters)


def _json_parameter(name: str, text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise HttpRefused(400, f"`{name}` is not valid JSON: {error}.") from None


def asked_by_message(payload: object) -> Asked:
    """Return what a message's payload asks for."""
    return _checked(payload)


def _checked(parameters: object) -> Asked:
    """Check the types of the parameters; unknown ones are ignored, as the specification asks."""
    if not isinstance(parameters, dict):
        text = "The request must be a JSON object; lists of operations are not served."
        raise HttpRefused(400, text)
    given = cast("dict[str, Any]", parameters)
    operation_name, variables, extensions = (given.get(name) for name in _NONE_ALLOWED)
    if operation_name is not None and not isinstance(operation_name, str):
        raise HttpRefused(400, "`operationName` must be a string or null.")
    if variables is not None and not isinstance(variables, dict):
        raise HttpRefused(400, "`variables` must be an object or null.")
    if extensions is not None and not isinstance(extensions, dict):
        raise HttpRefused(400, "`extensions` must be an object or null.")
    try:
        name = named(given)
    except ValueError as error:
        raise HttpRefused(400, str(error)) from None
    query = given.get("query")
    if name is not None and not query:
        query = None  # Relay's network layers send null or an empty text beside an id
    elif not isinstance(query, str):
        raise HttpRefused(400, "`query` must be a string that holds a GraphQL document.")
    return Asked(
        query,
        operation_name or None,
        cast("dict[str, Any] | None", variables),
        cast("dict[str, Any] | None", extensions),
        name,
    )
