"""A gateway in a process of its own, with a merchant and customers, on SQLite or PostgreSQL."""

from __future__ import annotations

import json
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.cli.running import SECRET_KEY, Place
from tests.e2e import documents as d
from tests.e2e.caller import cart

CUSTOMERS = 200
WEB = httpx.Client(
    timeout=30,
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # the default loads every authority, 30 ms
    limits=httpx.Limits(max_keepalive_connections=0),  # servers come and go at one address
)


@dataclass(frozen=True, slots=True)
class Till:
    """The checkout backend of the seeded merchant."""

    address: str
    secret: str

    def ask(self, query: str, **parameters: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.secret}", **parameters.pop("headers", {})}
        body = {"query": query, **parameters}
        return WEB.post(f"{self.address}/graphql", json=body, headers=headers)

    def apply(self, number: int, **more: Any) -> httpx.Response:
        given = {
            "customer": {"externalId": f"custom_website-{10_001 + number % CUSTOMERS}"},
            # One cart a customer: the next redemption replaces the last, and no limit is met.
            "cart": cart(cart_id=f"cart-{number % CUSTOMERS}"),
            "points": 1,
            "idempotencyKey": f"key-{number}",
        }
        return self.ask(d.APPLY, variables={"input": given}, **more)


def seeded(place: Place) -> str:
    """Make the merchant; answers its Secret Webhook ID."""
    made = place.run("seed", "--customers", str(CUSTOMERS), "--json")
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)["secretWebhookId"]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """On SQLite."""
    url = f"sqlite:///{tmp_path}/loyalty.db"
    return Place(tmp_path, {"DATABASE_URL": url, "LOYALTY_SECRET_KEY": SECRET_KEY})


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
