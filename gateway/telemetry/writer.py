"""Lines to standard error from a thread: whoever reads them slowly costs lines, never requests."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Mapping

import orjson

from gateway.telemetry.metrics import counter

MOST_WAITING = 20_000
TOGETHER_BYTES = 4_096
"""What a pipe takes in one piece, so that the lines of two workers never mix."""
CLOSE_SECONDS = 2

DROPPED = counter("loyalty_log_lines_dropped_total", "Log lines that found no room to wait.")
Line = bytes | Mapping[str, object]


class Writer:
    """A queue of lines, and the thread that writes them."""

    def __init__(self, file: int = 2, most_waiting: int = MOST_WAITING) -> None:
        """`file` is a descriptor; 2 is standard error."""
        self._file = file
        self._most_waiting = most_waiting
        self._lines: deque[Line] = deque()
        self._news = threading.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="log-writer", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def put(self, *lines: Line) -> None:
        """Hand lines over; what finds no room is counted and forgotten."""
        room = self._most_waiting - len(self._lines)
        if room < len(lines):
            DROPPED.add(by=len(lines) - max(room, 0))
            lines = lines[: max(room, 0)]
        self._lines.extend(lines)
        self._news.set()

    def close(self) -> None:
        """Write what waits, as far as that is possible within two seconds."""
        self._closed = True
        self._news.set()
        self._thread.join(CLOSE_SECONDS)

    def _work(self) -> None:
        while True:
            self._news.wait()
            self._news.clear()
            piece = b""
            while self._lines:
                line = self._lines.popleft()
                text = line if isinstance(line, bytes) else orjson.dumps(line) + b"\n"
                if piece and len(piece) + len(text) > TOGETHER_BYTES:
                    self._write(piece)
                    piece = b""
                piece += text
            self._write(piece)
            if self._closed and not self._lines:
                return

    def _write(self, piece: bytes) -> None:
        try:
            while piece:
                piece = piece[os.write(self._file, piece) :]
        except OSError:  # nobody reads any more, or the terminal takes no more now
            DROPPED.add(by=piece.count(b"\n"))
