"""Where a measurement takes place: databases of its own, a data directory, the command line."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import orjson

from benchmarks.load import LOOPBACK
from benchmarks.process import ROOT, Server, environment
from tests.support.postgres import PostgresServer

Engine = Literal["sqlite", "postgres"]
ENGINES: tuple[Engine, ...] = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class Place:
    """A directory with an empty database on one engine, and one for the comparison."""

    engine: Engine
    directory: Path
    url: str
    plain_url: str
    postgres: PostgresServer | None

    @property
    def env(self) -> dict[str, str]:
        """The environment of the gateway and its command line here."""
        return environment(DATABASE_URL=self.url, LOYALTY_DATA_DIR=str(self.directory))

    def gateway(self, **settings: str) -> Server:
        """The gateway on this database, migrated at its start; not started yet."""
        port = free_port()
        command = ["-m", "gateway", "serve", "--port", str(port), "--migrate"]
        return Server(command, port, {**self.env, **settings}, self.directory / "gateway.log")

    def loyalty(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `loyalty` on this database to its end, whatever its exit code."""
        command = [sys.executable, "-m", "gateway", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )

    def seed(self, customers: int) -> str:
        """Make a merchant with so many customers of 500 points each; its Secret Webhook ID."""
        return self.seed_keys(customers)["secretWebhookId"]

    def seed_keys(self, customers: int) -> dict[str, str]:
        """The same; all its keys."""
        done = self.loyalty("seed", "--customers", str(customers), "--json")
        if done.returncode:
            raise RuntimeError(f"loyalty seed failed: {done.stderr}")
        return orjson.loads(done.stdout)

    def verify(self) -> tuple[bool, str]:
        """Run `loyalty verify`: whether the ledger is clean, and what was printed."""
        done = self.loyalty("verify")
        return done.returncode == 0, done.stdout + done.stderr


@contextmanager
def place(engine: Engine, *, durable: bool = True) -> Generator[Place]:
    """A place that is removed at the end; PostgreSQL is a server of its own.

    `durable`: its commits reach the disk, as in production.
    """
    with tempfile.TemporaryDirectory(prefix="loyalty-bench-") as folder:
        directory = Path(folder)
        if engine == "sqlite":
            url, plain = f"sqlite:///{directory}/loyalty.db", f"sqlite://{directory}/plain.db"
            yield Place(engine, directory, url, plain, None)
            return
        with PostgresServer(durable=durable) as server:
            url, plain = server.create_database("loyalty"), server.create_database("plain")
            yield Place(engine, directory, url, plain.replace("postgresql", "asyncpg", 1), server)


def merchant_of(secret: str) -> int:
    """The merchant's id, which its Secret Webhook ID spells in base 36."""
    return int(secret.split("_")[1], 36)


def free_port() -> int:
    """A loopback port below those that the system gives to clients, and free a moment ago."""
    while True:
        port = random.randint(20_000, 32_000)  # noqa: S311 - any free port will do
        with socket.socket() as probe:
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port
