"""The console's documents, and their types, are of the schema as it is."""

from __future__ import annotations

from tests.gates.console import KEPT, generated
from tests.gates.worker import Worker


def test_the_kept_types_are_of_these_documents_and_this_schema(worker: Worker):
    assert KEPT.read_text("utf-8") == generated(worker), "run: make console-types"
