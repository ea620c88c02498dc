"""Logs: one JSON object a line, on standard error. No secrets and no personal data go in."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from typing import Any

import orjson

from gateway.telemetry.writer import Writer

LOGGER = logging.getLogger("loyalty")
_TIME = "%Y-%m-%dT%H:%M:%S"


def shown_time(seconds: float) -> str:
    """Seconds since 1970 as a log line shows them: ISO 8601, UTC, milliseconds."""
    return f"{time.strftime(_TIME, time.gmtime(seconds))}.{int(seconds % 1 * 1000):03d}Z"


class JsonLines(logging.Formatter):
    """Time, level, event, and the fields that were given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "time": shown_time(record.created),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1]:
            line["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return orjson.dumps(line, default=str).decode()


class _ToWriter(logging.Handler):
    """Hands lines to a thread, where a slow reader keeps nobody waiting."""

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer

    def emit(self, record: logging.LogRecord) -> None:
        """Hand over one line."""
        self._writer.put(self.format(record).encode() + b"\n")


def start_logging(level: str, writer: Writer | None = None) -> None:
    """Send this program's logs, and the server's, to standard error as JSON lines.

    With a writer they go through its thread.
    """
    handler = logging.StreamHandler(sys.stderr) if writer is None else _ToWriter(writer)
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOGGER.setLevel(level.upper())


def log(event: str, **fields: object) -> None:
    """Note that something happened."""
    LOGGER.info(event, extra={"fields": fields})


def log_failure(event: str, error: BaseException, **fields: object) -> None:
    """Note that something failed, with the traceback."""
    LOGGER.error(event, exc_info=error, extra={"fields": fields})
