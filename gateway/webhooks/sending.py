"""One attempt: a POST over HTTPS to a checked address, within its time, and what came of it.

httpcore, the engine of httpx, is used as it is: it follows no redirect and knows nothing of
proxies or cookies, all of which would have to be switched off in httpx. It is loaded with the
first attempt.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from gateway.webhooks.addresses import AddressRefusedError, Resolver, checked, resolve

if TYPE_CHECKING:
    import httpcore

MOST_ANSWER_BYTES: Final = 4_096
"""Of an answer no more is read."""
MOST_ANSWER_CHARACTERS: Final = 500
"""Of it are kept: a receiver's own words say best why it refused."""
CONNECT_SECONDS: Final = 5.0
"""For one address of several."""
KEPT_SECONDS: Final = 5.0
"""How long a connection is kept for the next message, at the address that was checked."""
MOST_ADDRESSES: Final = 4
GONE: Final = 410


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: a status, or in words why there was none."""

    status: int | None
    error: str | None
    milliseconds: int
    answer: str = ""
    """The beginning of what was answered."""

    @property
    def delivered(self) -> bool:
        """Whether the receiver has taken it: 2xx and nothing else."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - 2xx

    @property
    def gone(self) -> bool:
        """Whether the receiver wants no more."""
        return self.status == GONE


class Sender:
    """Sends to anywhere in public; with `private`, to private addresses too."""

    def __init__(
        self,
        *,
        timeout_seconds: float,
        most: int,
        private: bool = False,
        resolver: Resolver = resolve,
        tls: Callable[[], ssl.SSLContext] | None = None,
    ) -> None:
        """At most `most` connections at once. `tls` makes the context, by default the usual one."""
        self._timeout = timeout_seconds
        self._most = most
        self._private = private
        self._resolver = resolver
        self._tls = tls
        self._pool: httpcore.AsyncConnectionPool | None = None

    async def send(self, url: str, headers: Mapping[str, str], body: str) -> Result:
        """Try once. Never raises but for a cancellation."""
        began = monotonic()
        status: int | None = None
        error: str | None = None
        answer = b""
        try:
            async with asyncio.timeout(self._timeout):
                status, answer = await self._post(url, headers, body.encode())
        except AddressRefusedError:
            error = "the host has an address to which nothing is sent"
        except TimeoutError:
            error = f"no answer within {self._timeout:g} seconds"
        except Exception as reason:  # noqa: BLE001 - whatever a receiver does is an attempt that failed
            error = _said(reason)
        took = round((monotonic() - began) * 1_000)
        return Result(status, error, took, beginning(answer))

    async def stop(self) -> None:
        """Close the connections that are kept."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.aclose()

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        pool = self._pool or self._open()
        async with pool.stream("POST", url, headers=list(headers.items()), content=body) as answer:
            read = b""
            async for chunk in answer.aiter_stream():
                read += chunk
                if len(read) > MOST_ANSWER_BYTES:
                    break
            return answer.status, read

    def _open(self) -> httpcore.AsyncConnectionPool:
        import httpcore  # noqa: PLC0415 - loaded where something is sent

        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=self._tls() if self._tls else None,
            max_connections=self._most,
            max_keepalive_connections=self._most // 2,
            keepalive_expiry=KEPT_SECONDS,
            network_backend=_pinned(self._resolver, private=self._private),
        )
        return self._pool


def _pinned(resolver: Resolver, *, private: bool) -> httpcore.AsyncNetworkBackend:
    """A network whose names lead to checked addresses alone. TLS still asks for the name."""
    import httpcore  # noqa: PLC0415 - loaded where something is sent

    inner: Any = httpcore.AnyIOBackend()

    class Pinned(httpcore.AsyncNetworkBackend):
        async def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
            local_address: str | None = None,
            socket_options: Iterable[Any] | None = None,
        ) -> httpcore.AsyncNetworkStream:
            addresses = await checked(host, port, resolver, private=private)
            failed: Exception = OSError("no address")
            for address in addresses[:MOST_ADDRESSES]:
                try:
                    return await inner.connect_tcp(
                        address, port, CONNECT_SECONDS, local_address, socket_options
                    )
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    failed = error
            raise failed

        async def sleep(self, seconds: float) -> None:
            await asyncio.sleep(seconds)

    return Pinned()


def beginning(answer: bytes) -> str:
    """The first characters of an answer, without those that no page can show."""
    text = answer[: 4 * MOST_ANSWER_CHARACTERS].decode("utf-8", "replace")
    shown = "".join(each if each.isprintable() or each in "\n\t" else " " for each in text)
    return shown.strip()[:MOST_ANSWER_CHARACTERS]


def _said(reason: Exception) -> str:
    """A failure in words for the merchant: of our own network it tells nothing."""
    cause: BaseException | None = reason
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"TLS: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return f"TLS: {cause.reason or 'the handshake failed'}"
        cause = cause.__cause__ or cause.__context__
    name = type(reason).__name__
    return _WORDS.get(name, name)


_WORDS: Final = {
    "gaierror": "the host has no address",
    "ConnectError": "the connection was refused or broke",
    "ConnectTimeout": "no connection in time",
    "ReadError": "the connection broke",
    "WriteError": "the connection broke",
    "RemoteProtocolError": "the answer is no HTTP",
    "OSError": "the host cannot be reached",
}
