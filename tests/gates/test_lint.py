"""The schema and the documents by the recommendations of graphql-eslint."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tests.gates.worker import Worker
from tests.house.sources import ROOT

DOCUMENTS: Final = "clients/documents/*.graphql"
RELAXED: Final[dict[str, Any]] = {
    # An id is for what can be asked for again: customers, redemptions, rules. An amount, a balance,
    # a payload or a page is part of its parent.
    "strict-id-in-types": "off",
    # The one directive that is declared, @oneOf, is GraphQL's own: it stands there for tools that
    # do not know it yet, and is printed without a description.
    "require-description": ["error", {"types": True, "rootField": True}],
    # Lists are not all pages: the offers of a preview come whole. And an entry of the history has
    # no id: nobody asks for it by itself.
    "relay-edge-types": [
        "error",
        {"listTypeCanWrapOnlyEdgeType": False, "shouldImplementNode": False},
    ],
    # `last` and `before` are not offered: the newest come first, and no screen pages backwards.
    "relay-arguments": ["error", {"includeBoth": False}],
}
"""Rules that are not as recommended, and why."""


def lint(worker: Worker, root: Path, relaxed: dict[str, Any]) -> dict[str, list[str]]:
    return worker.ask(
        "lint",
        root=str(root),
        schema="schema.graphql",
        documents=[DOCUMENTS],
        relaxed=relaxed,
    )


def test_schema_and_documents_are_as_recommended(worker: Worker):
    found = lint(worker, ROOT, RELAXED)
    assert len(found["files"]) == 1 + len(list(ROOT.glob(DOCUMENTS)))
    assert found["faults"] == []


def test_every_relaxed_rule_is_needed(worker: Worker):
    """A rule that nothing breaks any more is a rule again."""
    faults = lint(worker, ROOT, {})["faults"]
    assert {fault.split()[1].rstrip(":") for fault in faults} == set(RELAXED)
