"""What comes from npm is pinned, hashed, and taken from wherever the user's own client gets it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.house.sources import ROOT, shown

LOCKS = sorted(
    path for path in ROOT.glob("**/package-lock.json") if "node_modules" not in path.parts
)


def test_there_are_npm_locks():
    assert {"graphiql", "tests/gates"} <= {shown(path.parent) for path in LOCKS}


@pytest.mark.parametrize("lock", LOCKS, ids=shown)
def test_every_package_has_its_hash_and_no_address(lock: Path):
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    brought = {name: facts for name, facts in packages.items() if name}
    assert [name for name, facts in brought.items() if "resolved" in facts] == []
    bundled = [name for name, facts in brought.items() if facts.get("inBundle")]
    unhashed = [name for name, facts in brought.items() if "integrity" not in facts]
    assert set(unhashed) <= set(bundled)


def test_the_judges_are_named_in_exact_versions():
    """A newer judge may judge otherwise: it comes in by a change of its own."""
    named = json.loads((ROOT / "tests" / "gates" / "package.json").read_text("utf-8"))
    versions = named["dependencies"].values()
    assert [each for each in versions if not re.fullmatch(r"\d+\.\d+\.\d+", each)] == []
