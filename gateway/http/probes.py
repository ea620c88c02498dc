"""Probes: `/healthz` says that the process answers, `/readyz` that it can do its work."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

    Check = Callable[[], Awaitable[object]]
    """Returns False or raises when the thing that it looks at cannot be used."""


def _answer(status: int, body: dict[str, object]) -> Response:
    headers = {"cache-control": "no-store"}
    return Response(orjson.dumps(body), status, headers, media_type="application/json")


async def healthz(_request: Request) -> Response:
    """Answer 200: the process runs and its event loop turns. Looks at nothing else."""
    return _answer(200, {"status": "ok"})


class Readiness:
    """Runs all checks side by side, each within its time; 503 names the ones that failed.

    The answer never says why: reasons go to `on_failure`, with the check's name.
    """

    def __init__(
        self,
        checks: Mapping[str, Check],
        timeout_seconds: float = 2.0,
        on_failure: Callable[[str, Exception | None], None] | None = None,
    ) -> None:
        self._checks = checks
        self._timeout_seconds = timeout_seconds
        self._on_failure = on_failure

    async def __call__(self, _request: Request) -> Response:
        """Answer 200 if every check passed, else 503."""
        passed = await asyncio.gather(*(self._passes(*item) for item in self._checks.items()))
        failed = [name for name, ok in zip(self._checks, passed, strict=True) if not ok]
        if failed:
            return _answer(503, {"status": "unavailable", "failed": failed})
        return _answer(200, {"status": "ok"})

    async def _passes(self, name: str, check: Check) -> bool:
        reason: Exception | None = None
        try:
            async with asyncio.timeout(self._timeout_seconds):
                ok = await check() is not False
        except Exception as error:  # noqa: BLE001 - whatever a check raises means "not ready"
            ok, reason = False, error
        if not ok and self._on_failure is not None:
            self._on_failure(name, reason)
        return ok


def probe_routes(
    checks: Mapping[str, Check],
    *,
    timeout_seconds: float = 2.0,
    on_failure: Callable[[str, Exception | None], None] | None = None,
) -> list[Route]:
    """Return the routes of both probes, for GET and HEAD."""
    readiness = Readiness(checks, timeout_seconds, on_failure)

    async def readyz(request: Request) -> Response:
        return await readiness(request)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]
