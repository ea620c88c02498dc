"""What goes wrong on a command line, as one line that says what to mend."""

from __future__ import annotations

import socket
from errno import EADDRINUSE

import click

from gateway.errors import ConfigurationError, LoyaltyError, RequestError

_DRIVERS = frozenset({"asyncpg", "sqlite3", "tortoise"})
_UNUSABLE = frozenset(
    {"ClientConfigurationError", "DBConnectionError", "DatabaseError", "OperationalError"}
)
_SQL_STATES = ("08", "28", "3D", "53", "57", "42501", "42P01")
"""Of PostgreSQL: no connection, not let in, no such database, no room, shut down, no right, no
table."""


def explained(error: Exception) -> str | None:
    """The line for an error that a user can mend; None for a fault of the program."""
    match error:
        case ConfigurationError() | RequestError():
            return str(error)
        case LoyaltyError():
            return error.detail or error.refusal.code.value
        case BrokenPipeError():
            return None  # whoever read the output has gone; click ends quietly
        case OSError() if error.filename is not None:
            return f"{error.filename}: {error.strerror}"
        case _ if isinstance(error, OSError) or _is_about_the_database(error):
            return f"DATABASE_URL: the database cannot be used: {error}"
        case _:
            return None


def _is_about_the_database(error: Exception) -> bool:
    """Judge by name, for the drivers are slow to import, and raised errors have imported theirs."""
    kind = type(error)
    if kind.__module__.partition(".")[0] not in _DRIVERS:
        return kind.__name__ == "StoreUnavailable"
    state = getattr(error, "sqlstate", None) or ""
    return kind.__name__ in _UNUSABLE or state.startswith(_SQL_STATES)


def require_free(host: str, port: int) -> int:
    """Return the port to listen on there: with 0, one that was free a moment ago.

    Raise UsageError when no server could listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listener:
            return listener.getsockname()[1]
    except OSError as error:
        # asyncio and socket add the address to what the system says; it is named already.
        said = (error.strerror or str(error)).partition(" (while attempting")[0]
        other = "; take another, or 0 for a free one" if error.errno == EADDRINUSE else ""
        raise click.UsageError(
            f"--host, --port (LOYALTY_HOST, LOYALTY_PORT): cannot listen on {host}:{port}:"
            f" {said}{other}."
        ) from None
