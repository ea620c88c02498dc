"""Help: quick, and complete."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from gateway.cli import main
from tests.cli.running import Place


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command below the group, groups included."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


ALL = dict(commands(main))


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_a_command_says_what_it_does_and_what_each_option_means(path: tuple[str, ...]):
    shown = CliRunner().invoke(main, [*path, "--help"])
    assert shown.exit_code == 0
    assert ALL[path].help
    options = [each for each in ALL[path].params if isinstance(each, click.Option)]
    assert [each.name for each in options if not each.help] == []
    assert all(each.opts[0] in shown.output for each in options)


def test_the_first_help_lists_every_command_and_where_settings_come_from():
    shown = CliRunner().invoke(main, ["--help"]).output
    assert all(path[0] in shown for path in ALL)
    assert "DATABASE_URL" in shown
    assert "loyalty demo" in shown


@pytest.mark.parametrize("path", [[], ["credentials"], ["merchant"]])
def test_a_list_of_commands_cuts_no_sentence_short(path: list[str]):
    shown = CliRunner().invoke(main, [*path, "--help"], terminal_width=80).output
    assert "..." not in shown.partition("Commands:")[2]


def test_a_command_without_arguments_shows_its_help():
    shown = CliRunner().invoke(main, [])
    assert "Usage:" in shown.output


@pytest.mark.parametrize("path", [[], ["serve"], ["demo"], ["credentials", "create"]])
def test_help_is_there_within_a_second(place: Place, path: list[str]):
    """The best of three: what the machine does besides is not the command's time."""
    times: list[float] = []
    for _ in range(3):
        start = time.perf_counter()
        assert place.run(*path, "--help").returncode == 0
        times.append(time.perf_counter() - start)
        if times[-1] < 1:
            break
    assert min(times) < 1


def test_help_loads_nothing_heavy(place: Place):
    """What makes it slow is imported by the commands themselves, when they run."""
    heavy = ("strawberry", "graphql", "tortoise", "uvicorn", "asyncpg", "cryptography", "babel")
    script = (
        "import sys; from gateway.cli import main\n"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=place.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_migrating_does_not_load_what_serves(place: Place):
    """A release waits for it, on every machine."""
    script = (
        "import sys; from gateway.cli import main\n"
        "main(['migrate'], standalone_mode=False)\n"
        "print([name for name in ('strawberry', 'graphql', 'starlette') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place.folder,
        env=place.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    applied, *_, loaded = done.stdout.splitlines()
    assert (applied, loaded) == ("applied 0001_initial", "[]")
