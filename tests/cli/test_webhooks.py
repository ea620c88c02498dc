"""Outbound webhooks on the command line."""

from __future__ import annotations

import asyncio
import json
import sqlite3

import pytest

from gateway.cli.session import opened
from gateway.services.webhook_endpoints import EndpointChange, create_endpoint
from tests.cli.conftest import Loyalty
from tests.cli.running import Place


@pytest.fixture
def endpoint(place: Place, loyalty: Loyalty) -> int:
    """An endpoint of the only merchant, with one delivery that has failed."""
    json.loads(loyalty("seed", "--customers", "1", "--json").stdout)

    async def make() -> int:
        async with opened() as gateway:
            runtime = gateway.runtime
            from gateway.services.merchants import list_merchants  # noqa: PLC0415 - with its tables

            (merchant,) = await list_merchants()
            change = EndpointChange(url="https://shop.example/hooks", events=("tier.changed",))
            view, _ = await create_endpoint(
                merchant.id, change, runtime.vault, runtime.clock(), runtime.ids
            )
            return view.id

    number = asyncio.run(make())
    with sqlite3.connect(place.folder / "loyalty.db") as db:
        db.execute(
            "INSERT INTO webhook_delivery (merchant_id, id, endpoint_id, message_id, kind, body,"
            " state, attempts, log, created_at, finished_at)"
            " SELECT merchant_id, 1, id, 'm', 'tier.changed', '{}', 'FAILED', 10, '[]',"
            " 1790000000000000, 1790000000000000 FROM webhook_endpoint"
        )
    return number


def test_the_list_says_what_there_is(loyalty: Loyalty, endpoint: int):
    (line,) = loyalty("webhooks", "list").stdout.splitlines()
    assert line.split() == [str(endpoint), "on", "https://shop.example/hooks", "tier.changed"]


def test_a_replay_takes_what_failed_since_a_time(loyalty: Loyalty, endpoint: int):
    replay = ("webhooks", "replay", str(endpoint), "--since")
    assert loyalty(*replay, "2030-01-01").stdout == "0 deliveries are sent again\n"
    assert loyalty(*replay, "2026-01-01").stdout == "1 deliveries are sent again\n"
    assert loyalty(*replay, "2026-01-01").stdout == "0 deliveries are sent again\n"


def test_a_replay_of_what_is_not_there_is_refused(loyalty: Loyalty, endpoint: int):
    done = loyalty("webhooks", "replay", "7", "--since", "2026-01-01", fails=True)
    assert "WEBHOOK_NOT_FOUND" in done.stderr
