"""Files of a built page: named by their content, kept compressed, and good for ever."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from gateway.http.negotiation import accepts_gzip

if TYPE_CHECKING:
    from starlette.requests import Request

_HEADERS: Final = {
    # The names hold a hash of the content: what is behind one never changes.
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "Accept-Encoding",
    "x-content-type-options": "nosniff",
}
_CONTENT_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}


def files_route(path: str, folder: Path, policy: str) -> Route:
    """The route of a page's scripts, styles and fonts; `policy` is the page's, for its workers."""
    known = {file.name.removesuffix(".gz"): file for file in folder.glob("*.gz")}
    headers = _HEADERS | {"content-security-policy": policy}

    async def asset(request: Request) -> Response:
        name: str = request.path_params["name"]
        if name not in known:
            return Response("There is no such file.", 404, media_type="text/plain")
        kind = _CONTENT_TYPES.get(Path(name).suffix, "application/octet-stream")
        told = headers | {"content-type": kind}
        if accepts_gzip(request.headers.get("accept-encoding", "").encode("latin-1")):
            return FileResponse(known[name], headers=told | {"content-encoding": "gzip"})
        return Response(gzip.decompress(known[name].read_bytes()), headers=told)

    return Route(path + "/{name}", asset)
