"""One short word for a described field, since every field of the schema has a description."""

from __future__ import annotations

from typing import Any

import strawberry


def about(text: str, **options: Any) -> Any:
    """Declare a field with its description; options go to `strawberry.field`."""
    return strawberry.field(description=text, **options)


def optional(text: str) -> Any:
    """Declare an input field that may be left out."""
    return strawberry.field(description=text, default=None)


def arg(text: str) -> Any:
    """Annotate an argument with its description."""
    return strawberry.argument(description=text)
