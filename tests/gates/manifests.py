"""The manifests of persisted operations that the two tools write, as they are kept in the repo.

`python -m tests.gates.manifests` writes them anew after a change of the documents.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.gates.worker import HERE, Worker, working
from tests.house.sources import ROOT
from tests.support.node import run

DOCUMENTS = ROOT / "clients" / "documents"
KEPT = ROOT / "tests" / "fixtures" / "manifests"
CODEGEN = KEPT / "codegen-persisted-documents.json"
RELAY = KEPT / "relay-persisted-queries.json"


def by_codegen(worker: Worker, folder: Path) -> Path:
    """Generate code into a folder; answers the manifest."""
    schema, documents = str(ROOT / "schema.graphql"), [str(DOCUMENTS / "*.graphql")]
    written = worker.ask("codegen", schema=schema, documents=documents, output=str(folder))
    return next(Path(name) for name in written if name.endswith("persisted-documents.json"))


def by_relay(folder: Path) -> Path:
    """Compile a copy of the Relay modules in an empty folder; answers the manifest."""
    shutil.copytree(DOCUMENTS / "relay", folder, dirs_exist_ok=True)
    shutil.copy(ROOT / "schema.graphql", folder)
    manifest = folder / "persisted_queries.json"
    manifest.write_text("{}")  # it has to be there
    (folder / "__generated__").mkdir()
    cli = str(HERE / "node_modules" / "relay-compiler" / "cli.js")
    done = run(folder, cli, "relay.config.json", "--noWatchman")
    assert done.returncode == 0, done.stdout + done.stderr
    return manifest


def record() -> None:
    """Write both manifests as they are now."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with working(folder / "worker.log") as worker:
            shutil.copy(by_codegen(worker, folder), CODEGEN)
        shutil.copy(by_relay(folder / "relay"), RELAY)


if __name__ == "__main__":
    record()
