"""Whether the database has the migrations that this program expects."""

from __future__ import annotations

from gateway.errors import ConfigurationError, RequestError
from gateway.services.database import away_is_overloaded, statement
from models.migrate import APPLIED, known_versions


class Versions:
    """Compares what was applied with what is known.

    Newer migrations that were there when the process started mean an older program on a newer
    database. Those that come while it runs are a release under way: the process goes on serving
    until it is replaced.
    """

    def __init__(self) -> None:
        """Look at the database with the first check."""
        self._known = frozenset(known_versions())
        self._first: frozenset[str] | None = None

    async def check(self) -> None:
        """Raise ConfigurationError that names what is lacking or unknown.

        A database that is away is somebody else's to report.
        """
        try:
            with away_is_overloaded():
                applied = frozenset(row["version"] for row in await statement(APPLIED))
        except RequestError:
            return
        self._first = applied if self._first is None else self._first
        if lacking := sorted(self._known - applied):
            raise ConfigurationError(f"The database lacks {', '.join(lacking)}.")
        if newer := sorted(self._first - self._known):
            raise ConfigurationError(
                f"The database has {', '.join(newer)}, which this release does not know."
            )
