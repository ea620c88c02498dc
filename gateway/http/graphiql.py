"""GraphiQL, the page to try queries on: built with the project, and served from nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from gateway.http.answering import PAGE_POLICY
from gateway.http.built_files import files_route

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.routing import Route

BUILT: Final = Path(__file__).parent / "graphiql_assets"
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
    """The route of the page's scripts, styles and fonts."""
    # A worker goes by the policy that comes with its own file.
    return files_route("/graphql/assets", built / "assets", PAGE_POLICY.decode("ascii"))
