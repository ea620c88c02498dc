"""Logs: one JSON object a line, on standard error. No secrets and no personal data go in."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

import orjson

LOGGER = logging.getLogger("loyalty")


class JsonLines(logging.Formatter):
    """Time, level, event, and the fields that were given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1]:
            line["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return orjson.dumps(line, default=str).decode()


def start_logging(level: str) -> None:
    """Send this program's logs, and the server's, to standard error as JSON lines."""
    import time  # noqa: PLC0415 - only the formatter's clock

    handler = logging.StreamHandler(sys.stderr)
    formatter = JsonLines()
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    LOGGER.setLevel(level.upper())


def log(event: str, **fields: object) -> None:
    """Note that something happened."""
    LOGGER.info(event, extra={"fields": fields})


def log_failure(event: str, error: BaseException, **fields: object) -> None:
    """Note that something failed, with the traceback."""
    LOGGER.error(event, exc_info=error, extra={"fields": fields})
