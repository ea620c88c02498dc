"""The types of the console's documents, as they are kept in the repo.

`python -m tests.gates.console` writes them anew after a change of the schema or of a document.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gates.worker import Worker, working
from tests.house.sources import ROOT

DOCUMENTS = ROOT / "console" / "src" / "documents"
KEPT = ROOT / "console" / "src" / "gql" / "graphql.ts"


def generated(worker: Worker) -> str:
    """What the generator makes of the documents and the published schema."""
    schema = str(ROOT / "schema.graphql")
    return worker.ask("console", schema=schema, documents=[str(DOCUMENTS / "*.graphql")])


def record() -> None:
    """Write them as they are now."""
    with TemporaryDirectory() as name, working(Path(name) / "worker.log") as worker:
        KEPT.write_text(generated(worker), "utf-8")


if __name__ == "__main__":
    record()
