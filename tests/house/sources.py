"""The files of the project that the house rules speak of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("gateway", "schema", "resolvers", "models")
TOOLING = ("tests", "benchmarks", "clients", "examples")


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the project; npm's are not its own."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "node_modules" not in path.parts)


def line_count(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function and method with its length in lines, docstring included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            yield f"{shown(path)}:{node.name}", node.end_lineno - node.lineno + 1


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
