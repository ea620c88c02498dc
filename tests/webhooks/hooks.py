"""The webhooks of one merchant in the hands of a test."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest import mock

from standardwebhooks import Webhook

from gateway.services.database import statement
from gateway.webhooks.making import Webhooks, make_outbox
from gateway.webhooks.sending import Sender
from tests.e2e import webhook_documents as documents
from tests.e2e.caller import Json, code
from tests.e2e.shop import Shop
from tests.webhooks.receiver import Received


@dataclass(slots=True, eq=False)
class Hooks:
    """Makes endpoints as staff do, and does the work that a worker does."""

    shop: Shop
    made: list[Webhooks] = field(default_factory=list[Webhooks])

    def worker(self, sender: Sender | None = None) -> Webhooks:
        """One more worker on the same database."""
        gateway = self.shop.served.gateway
        outbox = make_outbox(gateway.settings, gateway.store)
        worker = Webhooks(gateway.settings, outbox, gateway.runtime, sender)
        self.made.append(worker)
        return worker

    async def close(self) -> None:
        """Leave nothing for the next test to send."""
        for endpoint in await self.endpoints():
            await self.ask(documents.DELETE, id=endpoint["id"])
        for worker in self.made:
            await worker.deliveries.finish()
            await worker.stop()

    async def ask(self, document: str, **given: Any) -> Json:
        return await self.shop.admin.ask(document, input=given)

    async def endpoint(self, url: str, **more: Any) -> tuple[str, str]:
        """A new endpoint: its id and its secret."""
        done = await self.ask(documents.CREATE, url=url, **more)
        assert code(done) is None, done
        return done["endpoint"]["id"], done["secret"]

    async def endpoints(self, **page: Any) -> list[Json]:
        found = await self.shop.admin.ask(documents.LIST, **page)
        return found["webhookEndpoints"]

    async def deliveries(self, **page: Any) -> list[Json]:
        """Of the oldest endpoint, newest first."""
        (first, *_) = await self.endpoints(**page)
        return [edge["node"] for edge in first["deliveries"]["edges"]]

    async def work(self, worker: Webhooks | None = None) -> None:
        """Hand over all that waits, and send all that is due, to its end."""
        worker = worker or (self.made[0] if self.made else self.worker())
        while await worker.hand_over():
            pass
        await self.send(worker)

    async def send(self, worker: Webhooks) -> None:
        """Send all that is due and write it down."""
        while await worker.deliveries.run() or worker.deliveries.underway:
            await asyncio.gather(*worker.deliveries.underway)

    async def bodies(self) -> list[str]:
        text = "SELECT body FROM webhook_delivery WHERE merchant_id = ? ORDER BY id"
        rows = await statement(text, self.shop.merchant_id)
        return [row["body"] for row in rows]


def verified(request: Received, secret: str) -> Any:
    """The message, verified by the specification's library by the time at which it was sent."""
    at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)

    class Then(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return at.astimezone(tz)

    with mock.patch("standardwebhooks.webhooks.datetime", Then):
        return Webhook(secret).verify(request.body, request.headers)
