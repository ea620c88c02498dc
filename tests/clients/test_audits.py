"""The audits of the npm package `graphql-http`: the specification of GraphQL over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

from tests.clients.conftest import Door
from tests.support import node

HERE = Path(__file__).parent
AUDITS = 61


def test_the_gateway_passes_every_audit_of_graphql_over_http(door: Door):
    done = node.run(HERE, "audits.js", door.endpoint)
    assert (done.returncode, done.stderr) == (0, "")
    results = json.loads(done.stdout)
    passed = {each["id"]: each["name"] for each in results if each["status"] == "ok"}
    print(*(f"{short} {name}" for short, name in passed.items()), sep="\n")  # noqa: T201 - `-rP`
    print(f"{len(passed)}/{AUDITS}")  # noqa: T201 - shows with `pytest -rP`
    assert [each for each in results if each["status"] != "ok"] == []
    assert len(passed) == AUDITS
