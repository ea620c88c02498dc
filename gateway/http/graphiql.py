"""GraphiQL, the page to try queries on: built with the project, and served from nowhere else."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from gateway.http.answering import PAGE_POLICY
from gateway.http.negotiation import accepts_gzip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

BUILT: Final = Path(__file__).parent / "graphiql_assets"
_HEADERS = {
    # The names hold a hash of the content: what is behind one never changes.
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": PAGE_POLICY.decode("ascii"),  # a worker goes by its own
    "vary": "Accept-Encoding",
    "x-content-type-options": "nosniff",
}
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ttf": "font/ttf",
}
_NOT_BUILT = b"""<!doctype html>
<meta charset="utf-8"><title>Loyalty Gateway</title>
<h1>GraphiQL is not built here</h1>
<p>Run <code>make install</code> in the project's directory, then start the gateway again.</p>
<p>The API works: send GraphQL to this address by POST.</p>
"""


def graphiql_page(demo_keys: Mapping[str, str] | None = None, built: Path = BUILT) -> bytes:
    """The page as HTML; where it was not built, one that says how to build it.

    `demo_keys` is written into the page for everyone to read: only ever the keys of a demo.
    """
    try:
        html = (built / "index.html").read_bytes()
    except FileNotFoundError:
        return _NOT_BUILT
    if demo_keys is None:
        return html
    text = orjson.dumps(dict(demo_keys)).replace(b"<", b"\\u003c")
    block = b'<script type="application/json" id="demo-keys">' + text + b"</script>"
    return html.replace(b"</head>", block + b"</head>", 1)


def asset_route(built: Path = BUILT) -> Route:
    """The route of the page's scripts, styles and fonts; they are kept compressed."""
    known = {path.name.removesuffix(".gz"): path for path in (built / "assets").glob("*.gz")}

    async def asset(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name not in known:
            return Response("There is no such file.", 404, media_type="text/plain")
        kind = _CONTENT_TYPES.get(Path(name).suffix, "application/octet-stream")
        headers = _HEADERS | {"content-type": kind}
        if accepts_gzip(request.headers.get("accept-encoding", "").encode("latin-1")):
            return FileResponse(known[name], headers=headers | {"content-encoding": "gzip"})
        return Response(gzip.decompress(known[name].read_bytes()), headers=headers)

    return Route("/graphql/assets/{name}", asset)
