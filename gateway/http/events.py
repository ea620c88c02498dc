"""Server-sent events, as graphql-sse's "distinct connections mode" has them: one operation each.

A `next` event for each result, and `complete` at the end. A stream that ends without `complete` was
cut off, and its client connects anew. Between events a comment line says that the stream lives.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from gateway.errors import RequestError
from gateway.http.answering import head_of
from gateway.http.faults import of_request
from gateway.http.negotiation import MediaType
from gateway.http.results import Ended

if TYPE_CHECKING:
    from starlette.types import Receive, Send

    from gateway.http.answering import Answer
    from gateway.http.lasting import Lasting, Standing
    from gateway.http.results import Results

_COMPLETE = b"event: complete\ndata:\n\n"
_SIGN_OF_LIFE = b":\n\n"
_UNBUFFERED = (b"x-accel-buffering", b"no")  # nginx would hold events back
_TOLD_IN_THE_STREAM = (200, 400)


def _next(body: bytes) -> bytes:
    return b"event: next\ndata: " + body + b"\n\n"


def _last(errors: bytes) -> bytes:
    return _next(b'{"errors":' + errors + b"}") + _COMPLETE


def as_events(answer: Answer) -> Answer:
    """Return an operation's answer as a whole stream.

    Errors of the document and its variables too: a browser hides all of an answer but a stream.
    What never became an operation keeps its status.
    """
    if answer.status not in _TOLD_IN_THE_STREAM:
        return answer
    body = _next(answer.body) + _COMPLETE
    return replace(answer, status=200, body=body, media_type=MediaType.EVENTS)


class EventStream:
    """One subscription, sent until either side has enough."""

    def __init__(self, results: Results, standing: Standing, lasting: Lasting) -> None:
        self._results = results
        self._standing = standing
        self._lasting = lasting

    async def serve(self, receive: Receive, send: Send) -> None:
        """Send until the client goes, the credential ends or the gateway shuts down."""
        self._send = send
        gone = asyncio.ensure_future(_gone(receive))
        try:
            headers = [*head_of(MediaType.EVENTS), _UNBUFFERED]
            await self._sent({"type": "http.response.start", "status": 200, "headers": headers})
            await self._wrote(_SIGN_OF_LIFE)
            await self._wrote(await self._until(gone), more=False)
        except OSError:  # gone, or too slow
            return
        finally:
            gone.cancel()
            await self._results.aclose()

    async def _until(self, gone: asyncio.Future[None]) -> bytes:
        """Send results; return what is to be said last."""
        upcoming = asyncio.ensure_future(self._results.next())
        try:
            while True:
                await asyncio.wait(
                    (gone, upcoming),
                    timeout=self._standing.seconds(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if gone.done():
                    return b""
                looked = await self._standing.look()
                if upcoming.done():
                    body = upcoming.result()
                    if body is None:
                        return _COMPLETE
                    await self._wrote(_next(body))
                    upcoming = asyncio.ensure_future(self._results.next())
                elif looked:
                    await self._wrote(_SIGN_OF_LIFE)
        except RequestError as error:  # the credential
            return _last(orjson.dumps([of_request(error)]))
        except Ended as ended:
            return b"" if ended.again else _last(ended.errors)
        finally:
            if not upcoming.cancel():
                upcoming.exception()  # looked at, so that nobody complains that it was not

    async def _wrote(self, body: bytes, *, more: bool = True) -> None:
        await self._sent({"type": "http.response.body", "body": body, "more_body": more})

    async def _sent(self, message: dict[str, object]) -> None:
        async with asyncio.timeout(self._lasting.send_seconds):
            await self._send(message)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
