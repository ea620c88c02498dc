"""Crashes under load, and what must be true after each: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, TypeVar

from benchmarks.client import Client, UnansweredError
from benchmarks.documents import FIRST_CUSTOMER
from benchmarks.history import History, Intent
from benchmarks.place import Engine, Place, place
from benchmarks.plain.seed import POINTS
from benchmarks.process import Server

Victim = Literal["gateway", "database"]
CLIENTS = 16
CUSTOMERS = 300
TRIES = 40
PAUSE_SECONDS = 0.25
REDEMPTION = """query R($id: ID!) { redemption(id: $id) {
  id status points discount { amount } capturedPoints refundedPoints
} }"""
BALANCE = """query B($by: CustomerRef!) { customer(by: $by) { points { available held } } }"""
T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Proof:
    """What came of the crashes. `lost` must be empty and `clean` true."""

    engine: Engine
    victim: Victim
    crashes: int = 0
    acknowledged: int = 0
    """Intents answered before any crash took the answer away."""
    unacknowledged: int = 0
    """Intents whose answer was taken away by a crash; all were sent again."""
    found_done: int = 0
    """Of these: done before the crash after all."""
    replays: int = 0
    """Answers that were asked for again and compared."""
    unanswered: dict[str, int] = field(default_factory=dict[str, int])
    """Why requests were not answered, and how often."""
    lost: list[str] = field(default_factory=list[str])
    clean: bool = False
    verification: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, doubled or left inconsistent."""
        return not self.lost and self.clean


async def prove(engine: Engine, victim: Victim, rounds: int, seed: int) -> Proof:
    """Crash the victim so many times under load, on a database of its own."""
    proof = Proof(engine=engine, victim=victim)
    with place(engine) as here:
        secret = here.seed(CUSTOMERS)
        customers = range(FIRST_CUSTOMER, FIRST_CUSTOMER + CUSTOMERS)
        history = History(Random(seed), customers)  # noqa: S311 - a repeatable history
        with here.gateway() as gateway:
            clients = [Client(gateway.port, secret) for _ in range(CLIENTS)]
            for _ in range(rounds):
                began = len(history.intents)
                await _crash_under_load(here, gateway, victim, history, clients)
                proof.crashes += 1
                await _send_again(history.intents[began:], clients, proof)
            await _compare(history, clients, proof)
            for client in clients:
                client.close()
        proof.unanswered = dict(history.unanswered)
        if victim == "gateway":
            proof.lost.extend(f"{key}: new, yet called a replay" for key in history.found)
        proof.clean, proof.verification = here.verify()
    return proof


async def _crash_under_load(
    here: Place, gateway: Server, victim: Victim, history: History, clients: list[Client]
) -> None:
    """Let the clients live, crash the victim at a random moment, and start it again."""
    over = asyncio.Event()

    async def shop(client: Client) -> None:
        while not over.is_set():
            try:
                await history.live(client)
            except UnansweredError:
                await asyncio.sleep(0.02)  # the server is away: do not ask in a tight loop

    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(shop(client))
        await _busy(history)
        if victim == "gateway":
            gateway.kill()
            over.set()
        elif here.postgres is not None:
            await asyncio.to_thread(here.postgres.restart, immediate=True)
            await asyncio.sleep(history.random.uniform(0, 0.3))
            over.set()
    if victim == "gateway":
        await asyncio.to_thread(gateway.start)


async def _busy(history: History) -> None:
    """Return at a random moment, after so many new intents that there is something to lose."""
    enough = len(history.intents) + history.random.randint(40, 200)
    while len(history.intents) < enough:  # noqa: ASYNC110 - polled, so not right at a request
        await asyncio.sleep(0.002)
    await asyncio.sleep(history.random.uniform(0, 0.03))


async def _send_again(intents: list[Intent], clients: list[Client], proof: Proof) -> None:
    """Under every key of the round the first answer stands; what had none has one after this."""

    async def again(client: Client, intent: Intent) -> None:
        answer, replayed = await _patiently(lambda: intent.send(client))
        if intent.first is None:
            intent.first = answer
            proof.unacknowledged += 1
            proof.found_done += replayed
            return
        proof.acknowledged += 1
        proof.replays += 1
        if (answer, replayed) != (intent.first, True):
            told = "as a replay" if replayed else "as NEW"
            proof.lost.append(f"{intent.key}: told {intent.first}, now {told} {answer}")

    await _each(intents, clients, again)


async def _compare(history: History, clients: list[Client], proof: Proof) -> None:
    """Every key once more, every redemption and every balance against what clients were told."""

    async def replay(client: Client, intent: Intent) -> None:
        answer, replayed = await _patiently(lambda: intent.send(client))
        proof.replays += 1
        if (answer, replayed) != (intent.first, True):
            proof.lost.append(f"{intent.key}: told {intent.first}, at the end {answer}")

    async def state(client: Client, expected: dict[str, Any]) -> None:
        data = await _patiently(lambda: client.ask(REDEMPTION, id=expected["id"]))
        if data["redemption"] != expected:
            proof.lost.append(f"redemption: told {expected}, found {data['redemption']}")

    async def balance(client: Client, expected: tuple[int, tuple[int, int]]) -> None:
        number, figures = expected
        by = {"externalId": f"custom_website-{number}"}
        found = (await _patiently(lambda: client.ask(BALANCE, by=by)))["customer"]["points"]
        if (found["available"], found["held"]) != figures:
            proof.lost.append(f"customer {number}: told {figures}, found {found}")

    await _each(history.intents, clients, replay)
    await _each([shown for _, shown in history.redemptions().values()], clients, state)
    await _each(history.balances(POINTS).items(), clients, balance)


async def _each(
    items: Iterable[T], clients: list[Client], work: Callable[[Client, T], Awaitable[None]]
) -> None:
    """Do the work for each item, the clients side by side."""
    waiting = iter(list(items))

    async def one(client: Client) -> None:
        for item in waiting:
            await work(client, item)

    async with asyncio.TaskGroup() as group:
        for client in clients:
            group.create_task(one(client))


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until there is an answer; a server that was just started may take a moment."""
    for _ in range(TRIES - 1):
        try:
            return await ask()
        except UnansweredError:
            await asyncio.sleep(PAUSE_SECONDS)
    return await ask()
