"""Apollo Client (texts, then hashes), urql, Relay, graphql-request, graphql-ws and plain fetch.

All in one process of Node.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import Door
from tests.support import node

HERE = Path(__file__).parent
CLIENTS = ("apollo", "persisted", "urql", "relay", "request", "websocket", "plain")


@pytest.fixture(scope="module")
def told(door: Door) -> dict[str, Any]:
    """What each client was told on its way from preview to capture."""
    given = {
        "endpoint": door.endpoint,
        "webhookId": door.secret_webhook_id,
        "tokens": {client: door.shopper() for client in CLIENTS},
    }
    done = node.run(HERE, "run.js", json.dumps(given))
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_previews_applies_and_captures(told: dict[str, Any], client: str):
    said = told[client]
    assert "failure" not in said, said["failure"]
    assert said["redemptionPreview"] == {
        "points": 100,
        "discount": {"amount": "100.00", "currencyCode": "INR"},
        "payable": {"amount": "400.00"},
    }
    applied, captured = said["applyRedemption"], said["captureRedemption"]
    assert (applied["redemption"]["status"], applied["redemption"]["points"]) == ("HELD", 100)
    assert applied["customer"]["points"] == {"available": 400, "held": 100}
    assert captured["redemption"] == {
        "id": applied["redemption"]["id"],
        "status": "CAPTURED",
        "capturedPoints": 100,
    }
    assert captured["customer"]["points"] == {"available": 400, "held": 0}
    assert applied["userErrors"] == captured["userErrors"] == []


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_sees_the_code_of_what_is_refused(told: dict[str, Any], client: str):
    """Once during execution, with status 200; once before it, with the status of its media type."""
    assert (told[client]["forbidden"], told[client]["malformed"]) == ("FORBIDDEN", "BAD_USER_INPUT")


@pytest.mark.parametrize("client", ["apollo", "persisted", "relay"])
def test_an_apply_brings_the_cache_of_its_client_up_to_date(told: dict[str, Any], client: str):
    """The wallet that the page shows changes without a second question, since ids are global."""
    assert told[client]["cached"] == {"available": 400, "held": 100}
