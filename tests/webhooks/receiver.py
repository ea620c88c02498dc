"""A receiver on a real socket, which answers as a test tells it to; with TLS where asked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came."""

    head: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]


Answer = Callable[[Received], bytes]


def answer(status: int, head: str = "", body: str = "") -> bytes:
    lines = f"HTTP/1.1 {status} x\r\ncontent-length: {len(body)}\r\n{head}\r\n{body}"
    return lines.encode()


@dataclass(slots=True, eq=False)
class Receiver:
    """What came, and what is answered; `held` keeps every answer back until it is set."""

    port: int = 0
    scheme: str = "http"
    received: list[Received] = field(default_factory=list[Received])
    answers: Answer = lambda _: answer(204)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    held: asyncio.Event | None = None
    delay: Callable[[], float] | None = None
    """How many seconds an answer takes."""
    endless: bool = False
    sent: int = 0
    """Bytes of an endless answer that went out."""
    names: list[str | None] = field(default_factory=list[str | None])
    """The names that TLS was asked for."""

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hooks"

    @property
    def ids(self) -> list[str]:
        return [each.id for each in self.received]

    async def has(self, count: int, seconds: float = 10) -> None:
        """Wait until so many requests came."""
        async with asyncio.timeout(seconds), self.came:
            await self.came.wait_for(lambda: len(self.received) >= count)

    def says(self, status: int, head: str = "") -> None:
        self.answers = lambda _: answer(status, head)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._one(reader, writer)
        except (OSError, EOFError):
            pass  # the sender has gone
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {
            name.lower(): text.strip() for name, _, text in (x.partition(":") for x in lines)
        }
        body = await reader.readexactly(int(headers["content-length"]))
        got = Received(first, headers, body.decode())
        self.received.append(got)
        async with self.came:
            self.came.notify_all()
        if self.held is not None:
            await self.held.wait()
        if self.delay is not None:
            await asyncio.sleep(self.delay())
        if self.endless:
            writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            while True:
                writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
                await writer.drain()
                self.sent += 4096
        writer.write(self.answers(got))
        await writer.drain()


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None) -> AsyncGenerator[Receiver]:
    """A receiver on a free port of 127.0.0.1."""
    receiver = Receiver(scheme="https" if tls else "http")
    if tls is not None:
        tls.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
    connected: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connected.add(writer)
        await receiver.serve(reader, writer)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.held is not None:
            receiver.held.set()
        server.close()
        for writer in connected:
            writer.transport.abort()
        await server.wait_closed()


@dataclass(frozen=True, slots=True)
class Certificates:
    """A server for one name, and a client that believes its authority."""

    server: ssl.SSLContext
    client: ssl.SSLContext


def certificates(folder: Path, name: str) -> Certificates:
    """An authority made now, and a certificate of it for `name`."""
    now, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "tls.pem").write_bytes(
        pem
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "tls.pem")
    client = ssl.create_default_context(cadata=pem.decode())
    return Certificates(server, client)
