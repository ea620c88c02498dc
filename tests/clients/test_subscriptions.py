"""Subscriptions by the two clients that their protocols come from: graphql-ws and graphql-sse."""

from __future__ import annotations

import json
from pathlib import Path

from tests.clients.conftest import Door
from tests.support import node

HERE = Path(__file__).parent


def test_balances_are_followed_over_websocket_and_events(door: Door):
    """Where two processes serve, the apply may be the other one's."""
    given = {"endpoint": door.endpoint, "tokens": {"ws": door.shopper(), "sse": door.shopper()}}
    done = node.run(HERE, "subscriptions.js", json.dumps(given))
    assert (done.returncode, done.stderr) == (0, "")
    states = [{"available": 500, "held": 0}, {"available": 400, "held": 100}]
    assert json.loads(done.stdout) == {"ws": states, "sse": states}
