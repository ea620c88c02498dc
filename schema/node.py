"""Things that can be fetched again by their global id."""

from __future__ import annotations

import strawberry

from schema.describe import about


@strawberry.interface(description="Anything with a global id.")
class Node:
    """Anything with a global id."""

    id: strawberry.ID = about("Opaque, and unique across all types.")


@strawberry.type(description="Where a page of a connection begins and ends.")
class PageInfo:
    """Where a page of a connection begins and ends."""

    has_next_page: bool = about("Whether there is more after this page.")
    has_previous_page: bool = about("Whether this page was asked for with `after`.")
    start_cursor: str | None = about("Cursor of the first edge; null for an empty page.")
    end_cursor: str | None = about("Cursor of the last edge; null for an empty page.")
