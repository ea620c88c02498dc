"""curl, as a developer has it at hand: no library at all."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import Any
from uuid import uuid4

from tests.clients import documents as d
from tests.clients.conftest import Door


def post(door: Door, bearer: str, query: str, **variables: object) -> Any:
    """The value of the only root field."""
    program = shutil.which("curl")
    assert program is not None, "curl is not on the PATH; Debian: apt install curl"
    done = subprocess.run(
        [
            *(program, "--silent", "--show-error", "--fail-with-body", "--compressed"),
            *("--header", "content-type: application/json"),
            *("--header", f"authorization: Bearer {bearer}"),
            *("--data", "@-", door.endpoint),
        ],
        input=json.dumps({"query": query, "variables": variables}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    answer = json.loads(done.stdout)
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


def test_curl_previews_applies_and_captures(door: Door):
    run, token = uuid4().hex, door.shopper()
    cart, order = ({"id": f"{name}-{run}", "total": d.TOTAL} for name in ("cart", "order"))
    preview = post(door, token, d.PREVIEW, cart=cart)
    applied = post(door, token, d.APPLY, cart=cart, key=run)
    paid = {"id": applied["redemption"]["id"], "order": order, "key": run}
    captured = post(door, door.secret_webhook_id, d.CAPTURE, **paid)
    d.assert_told_well(preview, applied, captured)
