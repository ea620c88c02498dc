"""`python -m benchmarks.kill_worker`: kill the workers that send webhooks, many times, under load.

Several `loyalty work` processes send a merchant's events to a receiver while a shop goes on, and
one of them is killed (SIGKILL) at a random moment, again and again. At the end every event that the
outbox ever held must have arrived at least once, and every request must have been signed rightly.
Exit code 1 when one is missing, with its id.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from random import Random
from typing import Any
from uuid import uuid4

import asyncpg
from standardwebhooks import Webhook, WebhookVerificationError

from benchmarks import showing
from benchmarks.client import Client, UnansweredError
from benchmarks.documents import FIRST_CUSTOMER
from benchmarks.place import ENGINES, Engine, Place, place
from benchmarks.process import ROOT
from gateway.ids import to_global_id
from gateway.ledger.sqlite import connect
from models.migrate import sqlite_path
from tests.webhooks.receiver import Received, Receiver, answer, receiving

WORKERS = 3
SHOPPERS = 4
CUSTOMERS = 50
PAUSE_SECONDS = 0.05
PATIENCE_SECONDS = 120
"""For the next request: on a busy machine three workers take a while to start."""
END_SECONDS = 120
SHOWN = 20
CREATE = """mutation C($url: String!) {
  createWebhookEndpoint(input: {url: $url}) { secret userErrors { code message } }
}"""
APPLY = """mutation A($by: CustomerRef!, $cart: CartInput!, $key: String!) {
  applyRedemption(input: {customer: $by, cart: $cart, points: 10, idempotencyKey: $key}) {
    redemption { id } userErrors { code }
  }
}"""
RELEASE = """mutation R($id: ID!) { releaseRedemption(input: {id: $id}) { redemption { id } } }"""
EVENTS = "SELECT customer_id, position, number FROM outbox"
UNDONE = (
    "SELECT (SELECT count(*) FROM outbox WHERE delivered_at IS NULL)"
    " + (SELECT count(*) FROM webhook_delivery WHERE state = 'PENDING')"
)


@dataclass(slots=True, kw_only=True)
class WorkerProof:
    """What came of the kills. `missing` and `unsigned` must be empty."""

    engine: Engine
    kills: int = 0
    events: int = 0
    requests: int = 0
    repeated: int = 0
    """Requests beyond the first one of an event."""
    refused: int = 0
    """Requests that the receiver refused on purpose."""
    seconds: float = 0
    missing: list[str] = field(default_factory=list[str])
    unsigned: list[str] = field(default_factory=list[str])
    left: int = 0
    """What was neither delivered nor given up at the end."""

    @property
    def holds(self) -> bool:
        """Whether every event arrived and every request was signed."""
        return not (self.missing or self.unsigned or self.left) and self.events > 0


def main() -> None:
    """Kill, compare, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill_worker", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="kills per engine")
    parser.add_argument("--engine", choices=ENGINES, help="one engine")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    proofs = run(options.rounds, [options.engine] if options.engine else ENGINES, options.seed)
    showing.save("kill_worker", {"seed": options.seed, "proofs": [asdict(p) for p in proofs]})
    if not all(proof.holds for proof in proofs):
        raise SystemExit(1)


def run(rounds: int, engines: Iterable[Engine], seed: int) -> list[WorkerProof]:
    """All kills on these engines."""
    proofs: list[WorkerProof] = []
    for engine in engines:
        proof = asyncio.run(prove(engine, rounds, seed))
        print(shown(proof), flush=True)
        proofs.append(proof)
    return proofs


def shown(proof: WorkerProof) -> str:
    """For the terminal."""
    verdict = "every event arrived" if proof.holds else "NOT ALL ARRIVED"
    sent = f"{proof.events:,} events, {proof.requests:,} requests, {len(proof.unsigned)} unsigned"
    again = f"{proof.refused:,} refused on purpose, {proof.repeated:,} came again"
    lines = [
        f"{proof.engine}, {proof.kills} kills of a worker in {proof.seconds:.0f} s: {verdict}",
        f"  {sent}; {again}",
        *(f"  MISSING {name}" for name in proof.missing[:SHOWN]),
        *(f"  UNSIGNED {name}" for name in proof.unsigned[:SHOWN]),
    ]
    return "\n".join([*lines, f"  {proof.left} left undone"] if proof.left else lines)


async def prove(engine: Engine, rounds: int, seed: int) -> WorkerProof:
    """Kill so many workers under load, on a database of its own."""
    proof, chance = WorkerProof(engine=engine), Random(seed)  # noqa: S311 - a repeatable history
    began = time.monotonic()
    with place(engine) as here:
        keys = here.seed_keys(CUSTOMERS)
        with here.gateway(LOYALTY_WORKERS="apart", LOYALTY_WEBHOOK_ALLOW_PRIVATE="true") as gateway:
            async with receiving() as receiver:
                secret = await _endpoint(gateway.port, keys["adminKey"], receiver)
                _judge(receiver, secret, proof, chance)
                clients = [Client(gateway.port, keys["secretWebhookId"]) for _ in range(SHOPPERS)]
                await _kill_under_load(here, receiver, clients, rounds, chance, proof)
                await _compare(here, receiver, proof)
    proof.seconds = time.monotonic() - began
    return proof


async def _endpoint(port: int, admin_key: str, receiver: Receiver) -> str:
    admin = Client(port, admin_key)
    made = (await admin.ask(CREATE, url=receiver.url))["createWebhookEndpoint"]
    admin.close()
    return made["secret"]


def _judge(receiver: Receiver, secret: str, proof: WorkerProof, chance: Random) -> None:
    """Verify each request as a receiver does; refuse one in fifty, so that some are tried again."""
    library, before = Webhook(secret), set[str]()

    def judged(request: Received) -> bytes:
        try:
            library.verify(request.body, request.headers)
        except WebhookVerificationError as error:
            proof.unsigned.append(f"{request.headers.get('webhook-id')}: {error}")
            return answer(400)
        if request.id not in before and chance.random() < 1 / 50:
            before.add(request.id)  # a third attempt would come in minutes only
            proof.refused += 1
            return answer(503)
        return answer(204)

    receiver.answers = judged
    receiver.delay = lambda: chance.uniform(0, 0.1)


async def _kill_under_load(
    here: Place,
    receiver: Receiver,
    clients: list[Client],
    rounds: int,
    chance: Random,
    proof: WorkerProof,
) -> None:
    """Let a shop go on while workers are killed, each at a random moment of its life."""
    over = asyncio.Event()
    workers = [_worker(here) for _ in range(WORKERS)]
    try:
        async with asyncio.TaskGroup() as group:
            for number, client in enumerate(clients):
                group.create_task(_shop(client, FIRST_CUSTOMER + number, over))
            for _ in range(rounds):
                await asyncio.sleep(chance.uniform(0, 1.5))
                # Mostly the oldest, right after some request came: then there is something to lose.
                oldest = chance.random() < 0.8
                victim = workers.pop(0 if oldest else chance.randrange(WORKERS))
                if oldest:
                    await receiver.has(len(receiver.received) + 1, PATIENCE_SECONDS)
                    await asyncio.sleep(chance.uniform(0, 0.1))
                victim.kill()
                await asyncio.to_thread(victim.wait)
                proof.kills += 1
                workers.append(_worker(here))
            over.set()
        await _drained(here, proof)
    finally:
        for worker in workers:
            worker.terminate()
        for worker in workers:
            await asyncio.to_thread(worker.wait)
        for client in clients:
            client.close()


def _worker(here: Place) -> subprocess.Popen[bytes]:
    settings = {
        "LOYALTY_WEBHOOK_ALLOW_PRIVATE": "true",
        "LOYALTY_WEBHOOK_TIMEOUT_SECONDS": "1",  # so that a lease ends while the proof runs
        "LOYALTY_SWEEP_SECONDS": "2",
    }
    with (here.directory / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "gateway", "work"],
            cwd=ROOT,
            env={**here.env, **settings},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


async def _shop(client: Client, number: int, over: asyncio.Event) -> None:
    """Reserve points and give them back: two events each time."""
    by = {"externalId": f"custom_website-{number}"}
    while not over.is_set():
        total = {"amount": "500.00", "currencyCode": "INR"}
        given: dict[str, Any] = {"by": by, "cart": {"id": uuid4().hex, "total": total}}
        try:
            held = await client.ask(APPLY, **given, key=uuid4().hex)
            redemption = held["applyRedemption"]["redemption"]
            if redemption is not None:
                await client.ask(RELEASE, id=redemption["id"])
        except UnansweredError:
            pass
        await asyncio.sleep(PAUSE_SECONDS)


async def _drained(here: Place, proof: WorkerProof) -> None:
    """Wait until everything is handed over and delivered, or nothing has moved for too long.

    However many kills there were: what waits after them may be most of it.
    """
    least, end = None, time.monotonic() + END_SECONDS
    while True:
        ((proof.left,),) = await _read(here, UNDONE)
        if least is None or proof.left < least:
            least, end = proof.left, time.monotonic() + END_SECONDS
        if not proof.left or time.monotonic() > end:
            return
        await asyncio.sleep(0.5)


async def _compare(here: Place, receiver: Receiver, proof: WorkerProof) -> None:
    events = {to_global_id("Event", *row) for row in await _read(here, EVENTS + _SINCE)}
    came = Counter(receiver.ids)
    proof.events = len(events)
    proof.requests = len(receiver.received)
    proof.repeated = sum(came.values()) - len(came)
    proof.missing = sorted(events - came.keys())


_SINCE = " WHERE at >= (SELECT min(created_at) FROM webhook_endpoint)"
"""What was seeded came before there was an endpoint."""


async def _read(here: Place, sql: str) -> list[tuple[Any, ...]]:
    if here.engine == "sqlite":
        connection = connect(sqlite_path(here.url), 30_000)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()
    module: Any = asyncpg
    opened = await module.connect(here.url)
    try:
        return [tuple(row) for row in await opened.fetch(sql)]
    finally:
        await opened.close()


if __name__ == "__main__":
    main()
