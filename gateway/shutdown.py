"""The time between the wish to stop and the stop, in which load balancers may look elsewhere."""

from __future__ import annotations

import asyncio
import signal
import threading
from types import FrameType


class Shutdown:
    """Notices SIGTERM and SIGINT before the server acts on them.

    After SIGTERM the server is told only when `drain_seconds` are over: until then it serves as
    ever, while `/readyz` says that it is going. A second signal, and SIGINT, end the wait.
    """

    def __init__(self, drain_seconds: int = 0) -> None:
        """Nothing is changed before `listen`."""
        self.begun = False
        self._drain_seconds = drain_seconds

    async def not_begun(self) -> bool:
        """Whether nobody has asked for the end yet; a check of `/readyz`."""
        return not self.begun

    def listen(self) -> None:
        """Step in front of the server's own handlers, which it sets before the lifespan begins.

        Without such handlers, as in tests, and in other threads than the main one, do nothing.
        """
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._step_in(number, asyncio.get_running_loop())

    def _step_in(self, number: signal.Signals, loop: asyncio.AbstractEventLoop) -> None:
        server = signal.getsignal(number)
        if not callable(server) or server is signal.default_int_handler:
            return
        wait = self._drain_seconds if number is signal.SIGTERM else 0

        def handle(received: int, frame: FrameType | None) -> None:
            first, self.begun = not self.begun, True
            if first and wait:
                loop.call_soon_threadsafe(loop.call_later, wait, server, received, None)
            else:
                server(received, frame)

        signal.signal(number, handle)
