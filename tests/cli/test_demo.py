"""`loyalty demo`: made once, with a past only where that was asked for at the first start."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner

from gateway.cli import main


def test_a_demo_that_is_there_gets_no_past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    # The command writes settings into its environment: here into one of its own.
    ours = ("LOYALTY_", "DATABASE_URL")
    plain = {name: text for name, text in os.environ.items() if not name.startswith(ours)}
    monkeypatch.setattr(os, "environ", plain)
    monkeypatch.setattr(uvicorn, "run", lambda *_, **__: None)

    def start(*more: str) -> str:
        given = ["demo", "--port", "0", "--data-dir", "here", "--credentials", "keys.json", *more]
        done = CliRunner().invoke(main, given)
        assert done.exit_code == 0, (done.output, done.exception)
        return json.loads(Path("keys.json").read_text("utf-8"))["adminKey"]

    assert start() == start("--history")
    with sqlite3.connect("here/loyalty.db") as db:
        assert db.execute("SELECT count(*) FROM customer_order").fetchone() == (0,)
    db.close()
