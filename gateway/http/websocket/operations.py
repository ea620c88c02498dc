"""The operations that run on one WebSocket, each under the id that its client chose."""

from __future__ import annotations

import asyncio
from time import perf_counter
from typing import TYPE_CHECKING

import orjson

from gateway.errors import RequestCode, RequestError
from gateway.http.answering import Answer
from gateway.http.faults import of_request
from gateway.http.negotiation import MediaType
from gateway.http.observed import OBSERVE
from gateway.http.results import Ended
from gateway.http.websocket.messages import Close, Code, written

if TYPE_CHECKING:
    from starlette.types import Scope

    from gateway.http.graphql import GraphQLEndpoint
    from gateway.http.results import Results
    from gateway.http.websocket.messages import Subscribe
    from gateway.http.websocket.wire import Wire

_EXECUTED = 200


class Operations:
    """Begins and ends operations; their tasks belong to the connection's group."""

    def __init__(
        self, group: asyncio.TaskGroup, wire: Wire, endpoint: GraphQLEndpoint, most: int
    ) -> None:
        self._group = group
        self._wire = wire
        self._endpoint = endpoint
        self._most = most
        self._running: dict[str, asyncio.Task[None]] = {}

    @property
    def idle(self) -> bool:
        """Whether none is running."""
        return not self._running

    async def begin(self, message: Subscribe, scope: Scope) -> None:
        """Run what is asked for, as whom `scope` says. Raises Close(DUPLICATE)."""
        if message.id in self._running:
            raise Close(Code.DUPLICATE, f"Subscriber for {message.id} already exists")
        if len(self._running) >= self._most:
            text = f"At most {self._most} operations can run on one connection."
            error = of_request(RequestError(RequestCode.THROTTLED, text))
            await self._refuse(message.id, orjson.dumps([error]))
            return
        task = self._group.create_task(self._run(message, scope))
        self._running[message.id] = task

        def forget(_: asyncio.Task[None]) -> None:
            if self._running.get(message.id) is task:
                del self._running[message.id]

        task.add_done_callback(forget)

    def end(self, name: str) -> None:
        """The client wants no more of it; a mutation is carried through all the same."""
        task = self._running.pop(name, None)
        if task is not None:
            task.cancel()

    async def _run(self, message: Subscribe, scope: Scope) -> None:
        own: Scope = {**scope, "state": {}}  # so that each operation has a request id of its own
        observe = scope.get("state", {}).get(OBSERVE)
        began, status = perf_counter(), 0
        try:
            status = await self._carry_out(message, own)
        finally:
            if observe is not None:
                observe(own, status, perf_counter() - began)

    async def _carry_out(self, message: Subscribe, own: Scope) -> int:
        """Answer the operation, and return the status that it would have had over HTTP."""
        outcome = await self._endpoint.operate(own, message.asked, MediaType.GRAPHQL, lasting=True)
        if not isinstance(outcome, Answer):
            await self._pass_on(message.id, outcome)
            return _EXECUTED
        if outcome.code:
            own["state"]["code"] = outcome.code
        if outcome.status == _EXECUTED:
            await self._wire.say(written("next", message.id, outcome.body))
            await self._finish(message.id)
        else:
            await self._refuse(message.id, orjson.dumps(orjson.loads(outcome.body)["errors"]))
        return outcome.status

    async def _pass_on(self, name: str, results: Results) -> None:
        """Send one result after another. A refusal from within ends the operation."""
        try:
            while (body := await results.next()) is not None:
                await self._wire.say(written("next", name, body))
        except Ended as ended:
            if ended.again:
                raise Close(Code.RESTART, "The gateway is shutting down.") from None
            await self._refuse(name, ended.errors)
        else:
            await self._finish(name)
        finally:
            await results.aclose()

    async def _finish(self, name: str) -> None:
        # Forgotten first: a client may use the id again as soon as it reads this.
        self._running.pop(name, None)
        await self._wire.say(written("complete", name))

    async def _refuse(self, name: str, errors: bytes) -> None:
        self._running.pop(name, None)
        await self._wire.say(written("error", name, errors))
