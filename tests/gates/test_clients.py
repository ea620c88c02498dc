"""The documents for users compile with the tools that users have."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.gates.manifests import CODEGEN, DOCUMENTS, RELAY, by_codegen, by_relay
from tests.gates.worker import HERE, Worker
from tests.support.node import run

OPERATION = re.compile(r"^(?:query|mutation) (\w+)", re.MULTILINE)


@pytest.fixture(scope="module")
def generated(worker: Worker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated code and what is written on top of it."""
    folder = tmp_path_factory.mktemp("codegen")
    by_codegen(worker, folder)
    for name in ("usage.ts", "tsconfig.json"):
        shutil.copy(HERE / name, folder)
    (folder / "node_modules").symlink_to(HERE / "node_modules")
    return folder


def tsc(folder: Path) -> tuple[int, str]:
    done = run(folder, str(HERE / "node_modules" / "typescript" / "bin" / "tsc"))
    return done.returncode, done.stdout + done.stderr


def test_generated_code_and_its_use_are_strictly_typed(generated: Path):
    assert tsc(generated) == (0, "")


def test_a_wrong_use_of_the_generated_code_is_found(generated: Path):
    wrong = generated / "wrong.ts"
    wrong.write_text(
        'import type { MyPointsQuery } from "./gql/graphql";\n'
        "export const points = (seen: MyPointsQuery): string => seen.me.points.available;\n"
    )
    status, said = tsc(generated)
    wrong.unlink()
    assert status != 0
    assert "'seen.me' is possibly 'null'" in said
    assert "usage.ts" not in said


def test_the_kept_manifest_of_codegen_is_of_these_documents(generated: Path):
    written = (generated / "gql" / "persisted-documents.json").read_text("utf-8")
    assert CODEGEN.read_text("utf-8") == written, "run: python -m tests.gates.manifests"
    operations = [
        name
        for path in DOCUMENTS.glob("*.graphql")
        for name in OPERATION.findall(path.read_text("utf-8"))
    ]
    texts = json.loads(written).values()
    found = [name for text in texts for name in re.findall(r"(?:query|mutation) (\w+)", text)]
    assert sorted(found) == sorted(operations)


def test_the_kept_manifest_of_relay_is_of_these_modules(tmp_path: Path):
    written = by_relay(tmp_path).read_text("utf-8")
    assert RELAY.read_text("utf-8") == written, "run: python -m tests.gates.manifests"
    names = {OPERATION.findall(text)[0] for text in json.loads(written).values()}
    # The refetch queries are made by Relay itself: that takes `node` and the connections.
    assert {"WalletQuery", "WalletHistoryQuery", "CheckoutApplyMutation"} <= names
