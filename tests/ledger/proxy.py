"""A wire between a client and PostgreSQL that can be cut at the moment that matters most."""

from __future__ import annotations

import asyncio
from typing import Literal
from urllib.parse import urlsplit

COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"
"""The statement as it goes over the wire: a simple query of that text."""
COMMITTED = b"COMMIT\x00"
"""The server's word that it is done."""
Cut = Literal["before", "after"]


class Proxy:
    """Forwards to the server; armed, it loses one COMMIT, or the answer to one.

    `before`: the COMMIT never reaches the server. `after`: the server has committed, and the
    client never hears of it.
    """

    def __init__(self, url: str) -> None:
        self._target = urlsplit(url)
        self._armed: Cut | None = None
        self.cuts = 0

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        port = self._server.sockets[0].getsockname()[1]
        return self._target._replace(netloc=f"postgres@127.0.0.1:{port}").geturl()

    def arm(self, cut: Cut) -> None:
        self._armed = cut

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server = await asyncio.open_connection(self._target.hostname, self._target.port)
        there = asyncio.create_task(self._forward(reader, server[1]))
        back = asyncio.create_task(self._return(server[0], writer))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        for task in (there, back):
            task.cancel()
        await asyncio.gather(there, back, return_exceptions=True)
        for end in (writer, server[1]):
            end.transport.abort()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From the client to the server; ends to cut the wire."""
        while data := await reader.read(65_536):
            if data == COMMIT and self._armed == "before":
                return self._note()
            writer.write(data)
            await writer.drain()
        return None

    async def _return(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From the server to the client; ends to cut the wire."""
        while data := await reader.read(65_536):
            if COMMITTED in data and self._armed == "after":
                return self._note()
            writer.write(data)
            await writer.drain()
        return None

    def _note(self) -> None:
        self._armed = None
        self.cuts += 1
