"""A gateway as in production, in a process of its own, with an eye on what it spends."""

from __future__ import annotations

import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import orjson
import pytest

from benchmarks.place import free_port, place
from benchmarks.process import Server
from tests.e2e import documents

BODY_SECONDS = 1
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Besieged:
    """The server, a client of it, and the keys of a merchant and of a customer."""

    server: Server
    http: httpx.Client
    admin_key: str
    token: str

    def send(self, bearer: str | None, query: str, **variables: object) -> httpx.Response:
        """One request, also without credentials."""
        headers = {} if bearer is None else {"authorization": f"Bearer {bearer}"}
        return self.http.post(
            "/graphql", json={"query": query, "variables": variables}, headers=headers
        )

    @contextmanager
    def spending_at_most(self, cpu_seconds: float, mib: float = 32) -> Generator[None]:
        """Processor time and memory that the server may take for what happens in the block."""
        cpu, resident = self.server.cpu_seconds(), self.server.resident_mib()
        yield
        assert self.server.cpu_seconds() - cpu <= cpu_seconds
        assert self.server.resident_mib() - resident <= mib


@pytest.fixture(scope="package")
def besieged() -> Iterator[Besieged]:
    """Production's settings, but for the patience with a slow body and for the rate limits.

    Those would refuse the flood of new documents before it is seen what each of them costs.
    """
    with place("sqlite") as here:
        keys: Json = orjson.loads(here.loyalty("seed", "--customers", "20", "--json").stdout)
        port = free_port()
        rates = dict.fromkeys(("LOYALTY_RATE_ADDRESS", "LOYALTY_RATE_CUSTOMER"), "off")
        env = {**here.env, **rates, "LOYALTY_BODY_SECONDS": str(BODY_SECONDS)}
        command = ["-m", "gateway", "serve", "--port", str(port)]
        no_tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default loads every authority
        http = httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=no_tls, timeout=30)
        with Server(command, port, env, here.directory / "log") as server, http:
            backend = {"authorization": f"Bearer {keys['secretWebhookId']}"}
            given = {"customer": {"externalId": "custom_website-10001"}}
            body = {"query": documents.TOKEN, "variables": {"input": given}}
            made: Json = http.post("/graphql", json=body, headers=backend).json()["data"]
            yield Besieged(server, http, keys["adminKey"], made["createCustomerToken"]["token"])
