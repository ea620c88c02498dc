"""Tortoise's PostgreSQL client, connected by the very address that the ledger uses.

Tortoise takes an address apart itself and knows fewer of its parts than PostgreSQL does (`sslmode`,
sockets, several hosts). Named as an engine in `gateway.services.database`.
"""

from __future__ import annotations

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient

_IN_THE_ADDRESS = frozenset({"host", "port", "user", "password", "database", "loop"})
# A plan is kept, and one that was made for a table of three rows would scan it when it has many.
PLANS = {"enable_seqscan": "off", "jit": "off"}


class AddressedClient(AsyncpgDBClient):
    """A pool of connections to `address`, as asyncpg reads it."""

    def __init__(self, address: str, **options: Any) -> None:  # noqa: ANN401 - they are Tortoise's
        super().__init__(**options)
        self._address = address

    async def create_pool(self, **options: Any) -> Any:  # noqa: ANN401 - a class without types
        """Open the pool with what is not said in the address."""
        module: Any = asyncpg
        options["server_settings"] = {**options.get("server_settings", {}), **PLANS}
        own = {name: value for name, value in options.items() if name not in _IN_THE_ADDRESS}
        return await module.create_pool(self._address, **own)


client_class = AddressedClient
"""The name is Tortoise's."""
