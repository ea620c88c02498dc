"""Writes answers: status, headers, the body in one piece, compressed where that pays."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from gateway.http.negotiation import MediaType

if TYPE_CHECKING:
    from starlette.types import Send

    Header = tuple[bytes, bytes]

_COMPRESS_FROM_BYTES = 1_024
_COMPRESS_LEVEL = 4  # a third of the time of the default 9 for nearly its size

_COMMON = (
    (b"cache-control", b"no-store"),
    (b"vary", b"Accept, Accept-Encoding, Origin"),
    (b"x-content-type-options", b"nosniff"),
)
PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline';"
    b" img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none';"
    b" base-uri 'none'; form-action 'none'"
)
"""Content security policy of the page: nothing comes from, or goes to, anywhere else. Its editor
writes style elements, hence `'unsafe-inline'` for styles alone."""
_HEADERS: dict[MediaType | None, tuple[Header, ...]] = {
    None: _COMMON,
    MediaType.HTML: (
        (b"content-type", MediaType.HTML.content_type),
        (b"content-security-policy", PAGE_POLICY),
        *_COMMON,
    ),
    **{
        kind: ((b"content-type", kind.content_type), *_COMMON)
        for kind in (MediaType.JSON, MediaType.GRAPHQL, MediaType.EVENTS)
    },
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, ready to be sent."""

    status: int
    body: bytes
    media_type: MediaType | None
    headers: tuple[Header, ...] = ()
    code: str = ""
    """That of the first error; for logs and counts."""


def head_of(media_type: MediaType) -> tuple[Header, ...]:
    """Return the headers that every answer of that type has."""
    return _HEADERS[media_type]


def error_answer(
    status: int,
    errors: list[dict[str, Any]],
    media_type: MediaType,
    *headers: Header,
) -> Answer:
    """Return an answer that holds errors alone: no operation was executed, so no `data`."""
    body = orjson.dumps({"errors": errors})
    return Answer(status, body, media_type, headers, errors[0]["extensions"]["code"])


async def deliver(send: Send, answer: Answer, *, compress: bool) -> None:
    """Send the answer; a client that went away meanwhile is no error."""
    body = answer.body
    headers = [*_HEADERS[answer.media_type], *answer.headers]
    if compress and len(body) > _COMPRESS_FROM_BYTES:
        body = gzip.compress(body, _COMPRESS_LEVEL, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    try:
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
    except OSError:
        return
