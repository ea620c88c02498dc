"""The console over HTTP: one page for all addresses, its files, a policy that lets nothing in."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.http.console.pages import BUILT, page_routes
from tests.e2e.serving import settings
from tests.http.conftest import Serve


@pytest.fixture
async def pages(serve: Serve) -> AsyncIterator[httpx.AsyncClient]:
    """The console's pages alone, as they were built."""
    async with serve(Starlette(routes=page_routes())) as client:
        yield client


def named(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+)"', html)


@pytest.mark.parametrize("path", ["", "/", "/sign-in", "/rules/a-rule", "/nowhere/at/all"])
async def test_every_address_is_the_same_page(pages: httpx.AsyncClient, path: str):
    answer = await pages.get(f"/console{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert named(answer.text)


async def test_each_page_has_a_policy_with_a_nonce_of_its_own(pages: httpx.AsyncClient):
    seen: set[str] = set()
    for _ in range(2):
        answer = await pages.get("/console")
        policy = answer.headers["content-security-policy"]
        nonce = re.search(r"style-src 'self' 'nonce-([\w-]+)'", policy)
        assert nonce is not None
        assert f'content="{nonce[1]}"' in answer.text
        seen.add(nonce[1])
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
    assert len(seen) == 2


async def test_the_page_names_nothing_elsewhere_and_runs_no_script_of_its_own(
    pages: httpx.AsyncClient,
):
    html = (await pages.get("/console")).text
    assert "//" not in re.sub(r"<!--.*?-->", "", html)
    assert re.findall(r"<script[^>]*>(.+?)</script>", html, re.DOTALL) == []


async def test_files_are_kept_for_ever_and_are_the_same_compressed_or_not(
    pages: httpx.AsyncClient,
):
    for name in named((await pages.get("/console")).text):
        packed = await pages.get(name, headers={"accept-encoding": "gzip"})
        plain = await pages.get(name, headers={"accept-encoding": "identity"})
        assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content


@pytest.mark.parametrize("name", ["no.js", "..%2findex.html", "%2e%2e/index.html", "index.html"])
async def test_no_other_file_is_served(pages: httpx.AsyncClient, name: str):
    answer = await pages.get(f"/console/assets/{name}")
    assert answer.status_code == 404 or answer.headers["content-type"].startswith("text/html")


async def test_where_the_console_is_not_built_a_page_says_how(serve: Serve, tmp_path: Path):
    async with serve(Starlette(routes=page_routes(tmp_path))) as client:
        assert "make install" in (await client.get("/console")).text


@pytest.mark.parametrize("opened", [True, False])
async def test_a_gateway_serves_it_unless_it_is_switched_off(
    serve: Serve, tmp_path: Path, *, opened: bool
):
    app = create_app(settings(f"sqlite:///{tmp_path}/unused.db", console=opened))
    async with serve(app) as client:
        page = await client.get("/console")
        door = await client.post("/console/door/session", json={})
    assert page.status_code == (200 if opened else 404)
    assert door.status_code == (403 if opened else 404)


def test_every_file_is_kept_compressed():
    files = list((BUILT / "files").iterdir())
    assert len(files) > 10
    assert all(gzip.decompress(path.read_bytes()) for path in files)
