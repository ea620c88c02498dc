"""GraphiQL over HTTP: who gets the page, what is in it, and how its files are served."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import orjson
import pytest
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.http.graphiql import BUILT, asset_route, graphiql_page
from tests.e2e.serving import settings
from tests.http.conftest import Serve

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
KEYS = {"customer": "</script><b>", "backend": "whk_of_a_demo"}


@pytest.fixture
async def files(serve: Serve) -> AsyncIterator[httpx.AsyncClient]:
    """The page's files alone, as they were built."""
    async with serve(Starlette(routes=[asset_route()])) as client:
        yield client


def assets(html: bytes) -> list[str]:
    return re.findall(r'(?:src|href)="(/[^"]+)"', html.decode())


async def test_everything_that_the_page_names_is_served_by_the_gateway(files: httpx.AsyncClient):
    named = assets(graphiql_page())
    assert {Path(name).suffix for name in named} == {".js", ".css"}
    for name in named:
        response = await files.get(name)
        kind = "text/javascript" if name.endswith(".js") else "text/css"
        assert response.status_code == 200
        assert response.headers["content-type"] == f"{kind}; charset=utf-8"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["x-content-type-options"] == "nosniff"


def test_the_page_names_nothing_elsewhere_and_runs_no_script_of_its_own():
    html = graphiql_page().decode()
    assert "//" not in re.sub(r"<!--.*?-->", "", html)
    assert re.findall(r"<script[^>]*>(.+?)</script>", html, re.DOTALL) == []


async def test_a_file_is_the_same_compressed_or_not(files: httpx.AsyncClient):
    name = assets(graphiql_page())[0]
    packed = await files.get(name, headers={"accept-encoding": "gzip"})
    plain = await files.get(name, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert packed.content == plain.content


async def test_a_worker_is_bound_by_the_policy_of_the_page(files: httpx.AsyncClient):
    """A worker goes by the policy that comes with its own file."""
    worker = next((BUILT / "assets").glob("graphql.worker*")).name.removesuffix(".gz")
    policy = (await files.get(f"/graphql/assets/{worker}")).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "connect-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", ["no.js", "..%2findex.html", "%2e%2e/index.html", "index.html"])
async def test_nothing_else_is_served(files: httpx.AsyncClient, name: str):
    assert (await files.get(f"/graphql/assets/{name}")).status_code == 404


def test_the_keys_of_a_demo_are_data_in_the_page_whatever_is_in_them():
    html = graphiql_page(KEYS).decode()
    found = re.findall(r'<script type="application/json" id="demo-keys">(.*?)</script>', html)
    assert [orjson.loads(text) for text in found] == [KEYS]
    assert "<b>" not in html


def test_without_a_demo_there_are_no_keys_in_the_page():
    assert b"demo-keys" not in graphiql_page()


async def test_where_the_page_is_not_built_one_says_how(serve: Serve, tmp_path: Path):
    assert b"make install" in graphiql_page(KEYS, tmp_path)
    async with serve(Starlette(routes=[asset_route(tmp_path)])) as client:
        assert (await client.get("/graphql/assets/index.js")).status_code == 404


@pytest.mark.parametrize("opened", [True, False])
async def test_the_gateway_serves_page_and_files_only_where_graphiql_is_on(
    serve: Serve, tmp_path: Path, *, opened: bool
):
    app = create_app(settings(f"sqlite:///{tmp_path}/unused.db", graphiql=opened), demo_keys=KEYS)
    async with serve(app) as client:
        page = await client.get("/graphql", headers=BROWSER)
        file = await client.get(assets(graphiql_page())[0])
        home = await client.get("/", headers=BROWSER)
    assert ("whk_of_a_demo" in page.text) is opened
    assert page.headers["content-type"].startswith("text/html" if opened else "application/")
    assert file.status_code == (200 if opened else 404)
    assert (home.status_code, home.headers.get("location")) == (
        (307, "/graphql") if opened else (404, None)
    )


def test_every_file_is_kept_compressed():
    files = list((BUILT / "assets").iterdir())
    assert len(files) > 10
    assert all(gzip.decompress(path.read_bytes()) for path in files)
