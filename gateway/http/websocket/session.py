"""One WebSocket from its first message to its end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson

from gateway.errors import RequestError
from gateway.http.lasting import REFUSALS, Standing
from gateway.http.websocket import messages
from gateway.http.websocket.messages import SUBPROTOCOL, Close, Code, written
from gateway.http.websocket.operations import Operations
from gateway.http.websocket.wire import Gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Scope

    from gateway.http.graphql import GraphQLEndpoint
    from gateway.http.lasting import Lasting
    from gateway.http.websocket.wire import Wire


class Session:
    """Keeps the rules of graphql-transport-ws, and lets nothing outlive the credential."""

    def __init__(
        self,
        scope: Scope,
        wire: Wire,
        endpoint: GraphQLEndpoint,
        lasting: Lasting,
        on_fault: Callable[[Exception], object],
    ) -> None:
        # What the pipeline reads of a request; a mutation may come this way as by POST.
        self._scope: Scope = {**scope, "method": "POST"}
        self._wire = wire
        self._endpoint = endpoint
        self._lasting = lasting
        self._on_fault = on_fault
        self._group = asyncio.TaskGroup()
        most = lasting.most_operations
        self._operations = Operations(self._group, wire, endpoint, most)

    @property
    def idle(self) -> bool:
        """Whether nothing is running on it."""
        return self._operations.idle

    def make_room(self) -> None:
        """End it for the sake of another; its client may connect anew."""
        ending = _ended(Close(Code.LATER, "Idle, and others need the room"))
        try:
            self._group.create_task(ending)
        except RuntimeError:  # it is ending already
            ending.close()

    async def run(self) -> None:
        """Serve until either side ends it. Raises Gone."""
        ending: Close | None = None
        try:
            async with self._group:
                await self._wire.accept(SUBPROTOCOL)
                await self._converse(await self._begun(), self._operations)
        except* Close as ended:
            ending = next(each for each in ended.exceptions if isinstance(each, Close))
        except* Gone:
            pass
        except* Exception as faults:  # noqa: BLE001 - reported, and masked for the client
            for fault in faults.exceptions:
                self._on_fault(fault)
            ending = ending or Close(Code.INTERNAL, "Internal server error")
        if ending is not None:
            await self._wire.close(ending)

    async def _begun(self) -> Standing:
        """Wait for `connection_init`, and find out who calls."""
        try:
            async with asyncio.timeout(self._lasting.init_seconds):
                message = await self._awaited_init()
        except TimeoutError:
            raise Close(Code.INIT_TIMEOUT, "Connection initialisation timeout") from None
        own = {name.encode(): value.encode() for name, value in message.headers.items()}
        kept = [(name, value) for name, value in self._scope["headers"] if name not in own]
        self._scope["headers"] = [*kept, *own.items()]
        try:
            principal = await self._lasting.identify(self._scope)
        except RequestError as error:
            code = Code.FORBIDDEN if error.code in REFUSALS else Code.LATER
            raise Close(code, error.message) from None
        await self._wire.say(written("connection_ack"))
        return Standing(self._lasting, self._scope, principal)

    async def _awaited_init(self) -> messages.Init:
        while True:
            match messages.read(await self._wire.heard()):
                case messages.Init() as message:
                    return message
                case messages.Ping(payload):
                    await self._pong(payload)
                case messages.Subscribe():
                    raise Close(Code.UNAUTHORIZED, "Unauthorized")
                case _:
                    pass

    async def _converse(self, standing: Standing, operations: Operations) -> None:
        while True:
            match messages.read(await self._heard(standing)):
                case messages.Subscribe() as message:
                    await operations.begin(message, self._scope)
                case messages.Complete(name):
                    operations.end(name)
                case messages.Ping(payload):
                    await self._pong(payload)
                case messages.Init():
                    raise Close(Code.TOO_MANY_INITS, "Too many initialisation requests")
                case messages.Pong():
                    pass

    async def _heard(self, standing: Standing) -> str:
        """The next message; the credential is looked at whenever that is due."""
        while True:
            try:
                await standing.look()
            except RequestError as error:
                raise Close(Code.FORBIDDEN, error.message) from None
            try:
                async with asyncio.timeout(standing.seconds()):
                    return await self._wire.heard()
            except TimeoutError:
                continue

    async def _pong(self, payload: dict[str, object] | None) -> None:
        try:
            shown = None if payload is None else orjson.dumps(payload)
        except orjson.JSONEncodeError:  # it reads four times as deep as it writes
            raise Close(Code.BAD_MESSAGE, "The payload is nested too deeply.") from None
        await self._wire.say(written("pong", payload=shown))


async def _ended(close: Close) -> None:
    raise close
