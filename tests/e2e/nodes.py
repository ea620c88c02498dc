"""Several processes of one installation, and one customer who calls them."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from tests.cli.running import Place, Running
from tests.e2e import documents as d
from tests.e2e.caller import Caller
from tests.e2e.sockets import Socket, opened_at

CUSTOMER = "custom_website-10001"
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default loads every authority, 30 ms


@dataclass(frozen=True, slots=True)
class Node:
    """One process: the customer and the staff, who call it."""

    running: Running
    admin: Caller
    shopper: Caller

    async def give(self, points: int) -> int:
        """Give the customer points; answers how many are available then."""
        done = await self.admin.adjust(CUSTOMER, points)
        return done["customer"]["points"]["available"]

    @asynccontextmanager
    async def following(self) -> AsyncGenerator[Socket]:
        """Follow the customer's points; the first state has come."""
        address = self.running.address.replace("http", "ws") + "/graphql"
        async with opened_at(address) as socket:
            await socket.init(self.shopper)
            await socket.subscribe(d.POINTS_CHANGED)
            await socket.next()
            yield socket


@asynccontextmanager
async def nodes(place: Place, *ports: int) -> AsyncGenerator[list[Node]]:
    """A process on each port, on one database."""
    keys = json.loads(place.run("seed", "--customers", "1", "--json").stdout)
    async with AsyncExitStack() as stack:
        made: list[Node] = []
        for port in ports:
            folder = place.folder / str(port)
            folder.mkdir()
            own = Place(folder, place.settings)
            running = stack.enter_context(own.serving("serve", "--port", str(port), port=port))
            web = httpx.AsyncClient(base_url=running.address, timeout=30, verify=_NO_TLS)
            made.append(await _node(running, await stack.enter_async_context(web), keys))
        yield made


async def _node(running: Running, web: httpx.AsyncClient, keys: dict[str, Any]) -> Node:
    admin = Caller(web, {"authorization": f"Bearer {keys['adminKey']}"})
    made = await admin.ask(d.TOKEN, input={"customer": {"externalId": CUSTOMER}})
    return Node(running, admin, Caller(web, {"authorization": f"Bearer {made['token']}"}))
