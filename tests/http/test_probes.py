"""Liveness and readiness."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette

from gateway.http.probes import probe_routes
from tests.http.conftest import Serve


async def fine() -> None:
    return


async def says_no() -> bool:
    return False


async def broken() -> None:
    raise ConnectionRefusedError("db.internal:5432")


async def hangs() -> None:
    await asyncio.Event().wait()


async def test_healthz_answers_whatever_the_checks_say(serve: Serve) -> None:
    async with serve(Starlette(routes=probe_routes({"database": broken}))) as client:
        response = await client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_readyz_is_ok_when_every_check_passes(serve: Serve) -> None:
    async with serve(Starlette(routes=probe_routes({"a": fine, "b": fine}))) as client:
        response = await client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_readyz_names_what_failed_and_keeps_the_reasons_to_the_log(serve: Serve) -> None:
    reasons: dict[str, Exception | None] = {}
    checks = {"fine": fine, "no": says_no, "database": broken, "slow": hangs}
    routes = probe_routes(checks, timeout_seconds=0.05, on_failure=reasons.__setitem__)
    async with serve(Starlette(routes=routes)) as client:
        response = await client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "failed": ["no", "database", "slow"]}
    assert reasons["no"] is None
    assert isinstance(reasons["database"], ConnectionRefusedError)
    assert isinstance(reasons["slow"], TimeoutError)
