"""A system of the merchant's that takes webhooks: a small server on this machine."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

from standardwebhooks import Webhook

SECONDS = 20


@dataclass(slots=True, eq=False)
class System:
    """What has come, and what is answered."""

    url: str = ""
    status: int = 204
    says: str = ""
    came: Queue[tuple[dict[str, str], str]] = field(
        default_factory=Queue[tuple[dict[str, str], str]]
    )

    def verified(self, secret: str) -> Any:
        """The next message, verified by the specification's library; waits for it."""
        headers, body = self.came.get(timeout=SECONDS)
        return Webhook(secret).verify(body, headers)


@contextmanager
def system() -> Generator[System]:
    """On a free port as long as the block."""
    told = System()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            headers = {name.lower(): text for name, text in self.headers.items()}
            self.send_response(told.status)
            said = told.says.encode()
            if told.status != 204:  # which has no body
                self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            told.came.put((headers, body))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Nothing: a test says what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_address[1]}/hooks/loyalty"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
