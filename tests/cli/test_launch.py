"""`loyalty launch-check`: the go-live test for scripts, with an exit code."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from gateway.services.database import close_database, open_database, statement
from gateway.settings import Settings
from tests.cli.conftest import Loyalty
from tests.cli.running import SECRET_KEY, Place
from tests.conftest import Engine


@pytest.fixture
def place(engine: Engine, database_url: str, tmp_path: Path) -> Place:
    return Place(tmp_path, {"DATABASE_URL": database_url, "LOYALTY_SECRET_KEY": SECRET_KEY})


def launch(*arguments: str) -> Result:
    done = CliRunner().invoke(main, ["launch-check", *arguments])
    assert "Traceback" not in done.output, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def used(url: str) -> None:
    """The shop's backend has called."""

    async def work() -> None:
        await open_database(Settings(database_url=url))
        await statement("UPDATE credential SET last_used_at = created_at RETURNING id")
        await close_database()

    asyncio.run(work())


def statuses(done: Result) -> dict[str, Any]:
    return {item["id"]: item["status"] for item in json.loads(done.stdout)["items"]}


def test_a_failure_is_shown_with_advice_and_exit_code_1(loyalty: Loyalty):
    loyalty("seed", "--customers", "1")
    done = launch()
    assert done.exit_code == 1
    assert "FAILED          The Secret Webhook ID works" in done.stdout
    assert "Your backend has never called with it." in done.stdout
    assert done.stdout.splitlines()[-1].startswith("NOT ready: ")


def test_all_green_is_exit_code_0_and_json_for_scripts(loyalty: Loyalty, database_url: str):
    loyalty("seed", "--customers", "1")
    used(database_url)
    done = launch("--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["ok"] is True
    assert set(statuses(done).values()) == {"PASSED", "NOT_CONFIGURED"}
    assert statuses(done)["nothing-left"] == "PASSED"
    shown = launch()
    assert (shown.exit_code, shown.stdout.splitlines()[-1][:6]) == (0, "ready:")
    loyalty("verify")


def test_one_of_several_merchants_has_to_be_named(loyalty: Loyalty):
    loyalty("seed", "--customers", "1")
    loyalty("merchant", "create", "Other", "--currency", "JPY")
    assert launch().exit_code == 2
    named = loyalty("merchant", "list").stdout.splitlines()[1].split()[0]
    done = launch("--merchant", named, "--json")
    assert done.exit_code == 1
    assert statuses(done)["integration-on"] == "FAILED"
