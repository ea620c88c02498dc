"""The messages of graphql-transport-ws, read and written; and the codes that end a connection."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

import orjson

from gateway.http.reading import HttpRefused, asked_by_message

if TYPE_CHECKING:
    from gateway.http.reading import Asked

SUBPROTOCOL = "graphql-transport-ws"
_LONGEST_ID = 128
_LONGEST_REASON = 123  # bytes; what a close frame can carry


class Code(IntEnum):
    """Why the gateway ends a connection. Clients connect anew after those that may pass."""

    TOO_LARGE = 1009
    INTERNAL = 1011
    RESTART = 1012
    LATER = 1013
    BAD_MESSAGE = 4400
    UNAUTHORIZED = 4401
    """Something was asked for before `connection_init` was answered."""
    FORBIDDEN = 4403
    """The credential is not good, or not any more; a new one may be."""
    WRONG_SUBPROTOCOL = 4406
    INIT_TIMEOUT = 4408
    DUPLICATE = 4409
    TOO_MANY_INITS = 4429


class Close(Exception):  # noqa: N818 - it ends a connection; often that is no fault
    """End the connection with this code."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason.encode()[:_LONGEST_REASON].decode(errors="ignore")


@dataclass(frozen=True, slots=True)
class Init:
    """`connection_init`, with what the payload says of headers."""

    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ping:
    """To be answered with its own payload."""

    payload: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Pong:
    """Nothing has to be done about it."""


@dataclass(frozen=True, slots=True)
class Subscribe:
    """One operation of any kind."""

    id: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Complete:
    """The client wants no more of an operation."""

    id: str


def read(text: str) -> Init | Ping | Pong | Subscribe | Complete:
    """Read a message. Raises Close(BAD_MESSAGE)."""
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise _bad("A message must be a JSON object.") from None
    if not isinstance(message, dict):
        raise _bad("A message must be a JSON object.")
    given = cast("dict[str, Any]", message)
    match given.get("type"):
        case "connection_init":
            return Init(_headers(_object(given) or {}))
        case "ping":
            return Ping(_object(given))
        case "pong":
            _object(given)
            return Pong()
        case "subscribe":
            return Subscribe(_id(given), _asked(given.get("payload")))
        case "complete":
            return Complete(_id(given))
        case _:
            raise _bad("A message's `type` is not one that a client can send.")


def _bad(reason: str) -> Close:
    return Close(Code.BAD_MESSAGE, reason)


def _object(message: dict[str, Any]) -> dict[str, Any] | None:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise _bad("`payload` must be an object.")
    return cast("dict[str, Any] | None", payload)


def _headers(payload: dict[str, Any]) -> dict[str, str]:
    """What a browser cannot set as headers of a WebSocket. Names are read as headers' are."""
    found = {name.lower(): value for name, value in payload.items()}
    headers: dict[str, str] = {}
    for name in ("authorization", "x-loyalty-key", "accept-language"):
        value = found.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or not value.isascii():
            raise _bad(f"`{name}` in the payload must be an ASCII string.")
        headers[name] = value
    return headers


def _id(message: dict[str, Any]) -> str:
    given = message.get("id")
    if not isinstance(given, str) or not 1 <= len(given) <= _LONGEST_ID:
        raise _bad(f"`id` must be a string of 1 to {_LONGEST_ID} characters.")
    return given


def _asked(payload: object) -> Asked:
    try:
        return asked_by_message(payload)
    except HttpRefused as refused:
        raise _bad(refused.message) from None


def written(kind: str, name: str | None = None, payload: bytes | None = None) -> str:
    """Write a message; `payload` is JSON already."""
    parts = [f'{{"type":"{kind}"']
    if name is not None:
        parts.append(f',"id":{orjson.dumps(name).decode()}')
    if payload is not None:
        parts.append(f',"payload":{payload.decode()}')
    return "".join((*parts, "}"))
