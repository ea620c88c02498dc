"""The house stands where it says: packages, lock files, the README and the command of the CI."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import PACKAGES, ROOT, python_files, shown

LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_is_the_one_of_this_repository(package: str):
    """`schema` and `models` are names of other people's distributions as well."""
    file = importlib.import_module(package).__file__
    assert file is not None
    assert Path(file).resolve() == ROOT / package / "__init__.py"


@pytest.mark.parametrize("package", PACKAGES)
def test_from_elsewhere_the_installed_project_is_this_one_too(package: str, tmp_path: Path):
    """So `loyalty` may be started in any directory."""
    done = subprocess.run(
        [sys.executable, "-c", f"import {package}; print({package}.__file__)"],
        cwd=tmp_path,
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()) == ROOT / package / "__init__.py"


def test_every_folder_with_code_is_a_package():
    folders = {path.parent for path in python_files(*PACKAGES, "tests")}
    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address(lock: str):
    """Packages come from wherever the user's own client is set up to get them."""
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\S*://\S*|--(?:extra-)?index-url.*|--find-links.*", text) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_pins_every_package_with_its_hashes(lock: str):
    text = (ROOT / lock).read_text("utf-8").replace("\\\n", " ")
    pins = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert len(pins) > 10
    assert [line for line in pins if not re.search(r"^\S+==\S+ .*--hash=sha256:", line)] == []


def test_both_lock_files_pin_the_same_versions():
    runtime, development = (
        dict(re.findall(r"^(\S+)==(\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    )
    assert runtime.items() <= development.items()


def test_every_declared_dependency_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    declared = project["project"]["dependencies"] + groups["build"] + groups["dev"]
    names = {re.split(r"[\[<>=;]", item)[0] for item in declared if isinstance(item, str)}
    locked = re.findall(r"^(\S+)==", (ROOT / LOCKS[1]).read_text("utf-8"), re.MULTILINE)
    assert names <= set(locked)


def test_the_readme_shows_both_commands():
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make run" in text
    assert "make test" in text


def test_continuous_integration_runs_what_everyone_runs():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text("utf-8")
