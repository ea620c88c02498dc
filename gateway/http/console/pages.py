"""The console's pages: one HTML file for every address below /console, and its built files."""

from __future__ import annotations

from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from gateway.http.built_files import files_route

if TYPE_CHECKING:
    from starlette.requests import Request

BUILT: Final = Path(__file__).parent / "assets"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
    " form-action 'none'"
)
"""Nothing comes from, or goes to, anywhere else. Styles that the component library writes while it
runs carry the nonce of the page that was served."""
_NONCE: Final = "__NONCE__"
_NONCE_BYTES: Final = 16
_HEADERS: Final = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_NOT_BUILT: Final = """<!doctype html>
<meta charset="utf-8"><title>Loyalty Gateway</title>
<h1>The console is not built here</h1>
<p>Run <code>make install</code> in the project's directory, then start the gateway again.</p>
"""


def page_routes(built: Path = BUILT) -> list[Route]:
    """The routes of the pages; where they were not built, of one that says how to."""
    file = built / "index.html"
    html = file.read_text("utf-8") if file.exists() else _NOT_BUILT

    async def page(_: Request) -> Response:
        nonce = token_urlsafe(_NONCE_BYTES)
        headers = _HEADERS | {"content-security-policy": POLICY.format(nonce=nonce)}
        return Response(html.replace(_NONCE, nonce), headers=headers, media_type="text/html")

    # A worker, if there were one, could do no more than the page.
    policy = POLICY.replace(" 'nonce-{nonce}'", "")
    return [
        files_route("/console/assets", built / "files", policy),
        Route("/console", page),
        Route("/console/{path:path}", page),
    ]
