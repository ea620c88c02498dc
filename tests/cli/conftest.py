"""An empty place to run commands in, in processes of their own or in this one."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner, Result

from gateway.cli import main
from tests.cli.running import SECRET_KEY, Place

Loyalty = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with a database address of its own; the database is not made yet."""
    url = f"sqlite:///{tmp_path}/loyalty.db"
    return Place(tmp_path, {"DATABASE_URL": url, "LOYALTY_SECRET_KEY": SECRET_KEY})


@pytest.fixture
def loyalty(place: Place, monkeypatch: pytest.MonkeyPatch) -> Loyalty:
    """Run a command in this process, where it starts ten times faster than in its own.

    It ends well, unless `fails` says that it is to be refused: with exit code 2, and a last line
    that says why.
    """
    monkeypatch.chdir(place.folder)
    for name, value in place.settings.items():
        monkeypatch.setenv(name, value)

    def served(*_: object, **__: object) -> None:
        raise AssertionError("nothing is to be served in this process")

    monkeypatch.setattr(uvicorn, "run", served)

    def run(*arguments: str, fails: bool = False) -> Result:
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == (2 if fails else 0), (done.output, done.exception)
        assert "Traceback" not in done.output
        assert not fails or done.stderr.strip().splitlines()[-1].startswith("Error: ")
        return done

    return run


@pytest.fixture
def port() -> int:
    """A port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
