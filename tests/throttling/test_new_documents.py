"""To look at a document for the first time is work, which its sender pays for, good or bad."""

from __future__ import annotations

import pytest

from tests.e2e.caller import Answer, Caller
from tests.e2e.documents import ME
from tests.e2e.shop import Shop

GOOD = "{ program { currencyCode } }"
BAD = "{ program { currencyCode nonsense } }"
MANY = 100


async def flood(caller: Caller, document: str) -> Answer:
    """Send it until it is refused for its number, with a comment that makes each a new one."""
    for number in range(MANY):
        answer = await caller.send(f"{document} # {number} {id(caller)}")
        if answer.status == 429:
            return answer
    raise AssertionError("never throttled")


@pytest.mark.parametrize("document", [GOOD, BAD, "{ nonsense", "{ a " * 50])
async def test_a_flood_of_new_documents_is_throttled(shop: Shop, document: str):
    hostile, other = [await shop.shopper(await shop.customer()) for _ in range(2)]
    refused = await flood(hostile, document)
    assert refused.error["code"] == "THROTTLED"
    assert (await other.send(ME)).status == 200


async def test_a_document_that_is_known_costs_what_its_operation_costs(shop: Shop):
    one, other = [await shop.shopper(await shop.customer()) for _ in range(2)]
    await one.send(GOOD)
    told = await other.post({"query": GOOD, "extensions": {"cost": True}})
    assert told.body["extensions"]["cost"]["remaining"] == 149
