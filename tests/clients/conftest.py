"""A gateway started as its operator starts it, on either engine, and the keys of a merchant."""

from __future__ import annotations

import json
import ssl
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import httpx
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.e2e import documents
from tests.support.postgres import PostgresServer

SERVE = {"sqlite": ("serve", "--port", "0"), "postgres": ("serve", "--port", "0", "--workers", "2")}
SETTINGS = {
    "LOYALTY_SECRET_KEY": SECRET_KEY,
    "LOYALTY_INTROSPECTION": "true",  # four of the audits, and `gql`, ask for types
}

WEB = httpx.Client(
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # the default loads every authority, 30 ms
    limits=httpx.Limits(max_keepalive_connections=0),  # servers come and go
)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the gateway answers, and whom it lets in."""

    endpoint: str
    secret_webhook_id: str
    _people: Iterator[int] = field(default_factory=lambda: count(10_001))

    def shopper(self) -> str:
        """The token of a customer who has 500 points and has done nothing yet."""
        by = {"externalId": f"custom_website-{next(self._people)}"}
        body = {"query": documents.TOKEN, "variables": {"input": {"customer": by}}}
        headers = {"authorization": f"Bearer {self.secret_webhook_id}"}
        answer = WEB.post(self.endpoint, json=body, headers=headers).json()
        return answer["data"]["createCustomerToken"]["token"]


@pytest.fixture(scope="package", params=SERVE)
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """A folder to serve from, with an empty database of that engine."""
    folder = tmp_path_factory.mktemp("clients")
    if request.param == "sqlite":
        yield Place(folder, {"DATABASE_URL": f"sqlite:///{folder}/loyalty.db", **SETTINGS})
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"clients_{uuid.uuid4().hex}"
    yield Place(folder, {"DATABASE_URL": server.create_database(name), **SETTINGS})
    server.drop_database(name)


@pytest.fixture(scope="package")
def door(place: Place) -> Iterator[Door]:
    """SQLite with one process; PostgreSQL with two, so that any worker may get any request."""
    done = place.run("seed", "--customers", "20", "--json")
    assert done.returncode == 0, done.stderr
    url = place.settings["DATABASE_URL"]
    with place.serving(*SERVE[url.partition("://")[0].removesuffix("ql")]) as running:
        secret = json.loads(done.stdout)["secretWebhookId"]
        yield Door(f"{running.address}/graphql", secret)
        running.end()  # by SIGTERM, which reaches the workers too
