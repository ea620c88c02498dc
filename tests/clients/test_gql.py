"""`gql`, the GraphQL client for Python."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from gql import Client, GraphQLRequest
from gql.client import SyncClientSession
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXTransport
from graphql import GraphQLError

from tests.clients import documents as d
from tests.clients.conftest import Door


def client(door: Door, bearer: str) -> Client:
    """It asks for the schema first, and checks every document against it."""
    transport = HTTPXTransport(door.endpoint, headers={"authorization": f"Bearer {bearer}"})
    return Client(transport=transport, fetch_schema_from_transport=True)


def ask(session: SyncClientSession, query: str, **variables: object) -> Any:
    """The value of the only root field."""
    data: Any = session.execute(GraphQLRequest(query, variable_values=variables))
    (value,) = data.values()
    return value


def test_gql_fetches_the_schema_then_previews_applies_and_captures(door: Door):
    run = uuid4().hex
    cart, order = ({"id": f"{name}-{run}", "total": d.TOTAL} for name in ("cart", "order"))
    with client(door, door.shopper()) as shopper, client(door, door.secret_webhook_id) as backend:
        preview = ask(shopper, d.PREVIEW, cart=cart)
        applied = ask(shopper, d.APPLY, cart=cart, key=run)
        paid = {"id": applied["redemption"]["id"], "order": order, "key": run}
        with pytest.raises(TransportQueryError, match="FORBIDDEN"):
            ask(shopper, d.CAPTURE, **paid)
        captured = ask(backend, d.CAPTURE, **paid)
        with pytest.raises(GraphQLError, match="Cannot query field 'programme'"):
            ask(shopper, "{ programme { name } }")
    d.assert_told_well(preview, applied, captured)
