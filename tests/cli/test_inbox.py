"""Deliveries of order webhooks from the command line."""

from __future__ import annotations

import asyncio

import pytest

from gateway.cli.session import opened
from gateway.inbound.facts import SourceKind
from gateway.services.inbox import put
from gateway.services.inbox_care import list_inbox
from gateway.services.inbox_items import Arrival, InboxState
from gateway.services.order_source_values import SourceDraft
from gateway.services.order_sources import create_source
from tests.cli.conftest import Loyalty

BODY = '{"type": "order.paid", "email": "asha@example.com"}'


@pytest.fixture
def merchant(loyalty: Loyalty) -> int:
    """A merchant with two deliveries that were given up and one that was ignored."""
    printed = loyalty("merchant", "create", "Chai & Co.", "--currency", "INR").output
    merchant_id = int(printed.split()[1])
    asyncio.run(fill(merchant_id))
    return merchant_id


async def fill(merchant_id: int) -> None:
    async with opened() as gateway:
        runtime = gateway.runtime
        draft = SourceDraft(kind=SourceKind.GENERIC)
        made = await create_source(
            merchant_id, draft, runtime.clock(), runtime.ids, runtime.source_secrets
        )
        for number, body in enumerate((BODY, BODY, '{"type": "order.shipped"}')):
            arrival = Arrival(
                merchant_id=merchant_id,
                source_id=made.source.id,
                delivery_id=f"d-{number}",
                topic="",
                headers={},
                body=body,
                keep_days=45,
            )
            assert await put(arrival, runtime.ids.next(), runtime.clock())
        assert await gateway.inbound.run() == 3


def states(merchant_id: int) -> list[str]:
    async def work() -> list[str]:
        async with opened():
            page = await list_inbox(merchant_id, None, 10)
            return [item.state.value for item in page.items]

    return asyncio.run(work())


def test_deliveries_are_listed_without_their_bodies(loyalty: Loyalty, merchant: int):
    listed = loyalty("inbox", "list").output
    assert [line.split()[2] for line in listed.splitlines()] == ["IGNORED", "DEAD", "DEAD"]
    assert "`data` is missing." in listed
    assert "asha" not in listed
    dead = loyalty("inbox", "list", "--state", "dead", "--limit", "1").output
    assert len(dead.splitlines()) == 1


def test_deliveries_are_replayed_by_number(loyalty: Loyalty, merchant: int):
    number = loyalty("inbox", "list", "--state", "dead").output.split()[0]
    assert loyalty("inbox", "replay", number).output == "1 to be carried out again\n"
    assert states(merchant) == [state.value for state in (InboxState.IGNORED, *_one_waits())]
    assert loyalty("inbox", "replay", "5").output == "0 to be carried out again\n"


def _one_waits() -> tuple[InboxState, InboxState]:
    return InboxState.WAITING, InboxState.DEAD


def test_all_that_a_source_lost_are_replayed(loyalty: Loyalty, merchant: int):
    done = loyalty("inbox", "replay", "--source", "generic", "--merchant", str(merchant)).output
    assert done == "2 to be carried out again\n"
    assert states(merchant) == ["IGNORED", "WAITING", "WAITING"]


def test_what_is_meant_has_to_be_said(loyalty: Loyalty, merchant: int):
    assert "numbers" in loyalty("inbox", "replay", fails=True).output
    assert "numbers" in loyalty("inbox", "replay", "5", "--source", "generic", fails=True).output
    assert "there are: generic" in loyalty("inbox", "replay", "--source", "x", fails=True).output
