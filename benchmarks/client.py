"""A GraphQL client over one kept connection, which says plainly when it has no answer."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson

from benchmarks.documents import request
from benchmarks.load import LOOPBACK

PATIENCE_SECONDS = 30


class UnansweredError(Exception):
    """Nothing is known of what became of the request: no answer, or one that promises nothing."""


class Client:
    """One connection, one request at a time; connects again when it was lost."""

    def __init__(self, port: int, secret: str) -> None:
        """Nothing is connected before the first request."""
        self._port = port
        self._secret = secret
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, document: str, **variables: object) -> dict[str, Any]:
        """The `data` of the answer. Raises UnansweredError for anything else."""
        body = orjson.dumps({"query": document, "variables": variables}).decode()
        text = request(f"{LOOPBACK}:{self._port}", self._secret, body)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status, answer = await self._exchange(text.encode())
        except (OSError, EOFError, TimeoutError) as error:
            self.close()
            raise UnansweredError(type(error).__name__) from error
        if status != 200 or "errors" in answer:
            raise UnansweredError(_code(answer, status))
        return answer["data"]

    async def _exchange(self, text: bytes) -> tuple[int, dict[str, Any]]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(LOOPBACK, self._port)
        reader, writer = self._streams
        writer.write(text)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        return int(head.split(b" ", 2)[1]), orjson.loads(await reader.readexactly(length))

    def close(self) -> None:
        """Let the connection go."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


def _code(answer: dict[str, Any], status: int) -> str:
    errors: list[dict[str, Any]] = answer.get("errors", [])
    extensions: dict[str, str] = errors[0].get("extensions", {}) if errors else {}
    return extensions.get("code", f"HTTP {status}")
