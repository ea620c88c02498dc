"""Whatever is wrong outside the program: exit code 2, one line, and the setting's name."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import Loyalty
from tests.cli.running import Place

AWAY = "postgresql://someone:a-password@127.0.0.1:1/loyalty"


def last_line(done: Result) -> str:
    return done.stderr.strip().splitlines()[-1]


def test_a_process_of_its_own_ends_with_the_line_and_the_code(place: Place):
    """What the tests below do within this process, once for real."""
    place.settings["DATABASE_URL"] = AWAY
    done = place.run("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().splitlines()[-1].startswith("Error: DATABASE_URL: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["migrate"],
        ["verify"],
        ["serve", "--port", "0"],
        ["serve", "--migrate", "--port", "0"],
        ["seed", "--customers", "1"],
    ],
)
def test_a_database_that_is_away_is_named_without_its_password(
    loyalty: Loyalty, monkeypatch: pytest.MonkeyPatch, command: list[str]
):
    monkeypatch.setenv("DATABASE_URL", AWAY)
    done = loyalty(*command, fails=True)
    assert "DATABASE_URL" in last_line(done)
    assert "a-password" not in done.output


@pytest.mark.parametrize("command", [["migrate"], ["serve", "--port", "0"], ["verify"]])
def test_a_file_that_is_no_database_is_named(loyalty: Loyalty, tmp_path: Path, command: list[str]):
    (tmp_path / "loyalty.db").write_bytes(b"no database at all" * 100)
    said = last_line(loyalty(*command, fails=True))
    assert "DATABASE_URL" in said
    assert "not a database" in said


@pytest.mark.parametrize("command", [["verify"], ["serve", "--port", "0"]])
def test_a_database_that_was_never_made_is_not_made_by_looking(
    loyalty: Loyalty, tmp_path: Path, command: list[str]
):
    assert "DATABASE_URL" in last_line(loyalty(*command, fails=True))
    assert not (tmp_path / "loyalty.db").exists()


def test_serving_says_how_to_bring_the_database_up_to_date(loyalty: Loyalty):
    said = last_line(loyalty("serve", "--port", "0", fails=True))
    assert "loyalty migrate" in said
    assert "0001_initial" in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://somewhere"),
        ("LOYALTY_PORT", "eighty"),
        ("LOYALTY_SECRET_KEY", "hunter2"),
        ("LOYALTY_ENVIRONMENT", "staging"),
        ("LOYALTY_SWEEP_SECOND", "5"),
        ("LOYALTY_CONFIG", "/nowhere/loyalty.toml"),
    ],
)
def test_a_wrong_setting_is_named(
    loyalty: Loyalty, monkeypatch: pytest.MonkeyPatch, name: str, value: str
):
    monkeypatch.setenv(name, value)
    done = loyalty("migrate", fails=True)
    assert name in last_line(done)
    assert "hunter2" not in done.output


@pytest.mark.parametrize("command", [["serve", "--migrate"], ["demo", "--data-dir", "demo"]])
def test_a_port_that_is_taken_is_named_before_anything_is_served(
    loyalty: Loyalty, command: list[str]
):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = loyalty(*command, "--port", port, fails=True)
    assert "LOYALTY_PORT" in last_line(done)
    assert port in last_line(done)
    assert done.stdout == ""


def test_an_address_that_is_not_this_machines_is_named(loyalty: Loyalty):
    said = last_line(loyalty("serve", "--host", "192.0.2.1", "--port", "0", fails=True))
    assert "LOYALTY_HOST" in said
    assert "192.0.2.1" in said


def test_several_processes_need_postgres(loyalty: Loyalty):
    said = last_line(loyalty("serve", "--workers", "2", fails=True))
    assert "--workers" in said
    assert "DATABASE_URL" in said


@pytest.mark.parametrize("command", [["serv"], ["seed", "--customers", "0"], ["seed", "--custom"]])
def test_a_mistyped_command_or_option_is_a_usage_error(loyalty: Loyalty, command: list[str]):
    said = last_line(loyalty(*command, fails=True))
    assert command[-1] in said or "--customers" in said
