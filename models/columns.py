"""The kinds of column there are, each typed as the value that a row has in it.

Tortoise's own fields tell a type checker neither that nor whether it may be None.
"""

from __future__ import annotations

from typing import Any

from tortoise import fields


def key() -> Any:  # noqa: ANN401 - typed where it is used
    """The 64-bit integer that Tortoise takes for the primary key; the caller gives it."""
    return fields.BigIntField(primary_key=True, generated=False)


def text_key() -> Any:  # noqa: ANN401 - typed where it is used
    """The text that Tortoise takes for the primary key."""
    return fields.CharField(max_length=255, primary_key=True)


def whole() -> Any:  # noqa: ANN401 - typed where it is used
    """A 64-bit integer."""
    return fields.BigIntField()


def whole_or_none() -> Any:  # noqa: ANN401 - typed where it is used
    """A 64-bit integer, or NULL."""
    return fields.BigIntField(null=True)


def text() -> Any:  # noqa: ANN401 - typed where it is used
    """A text of any length."""
    return fields.TextField()


def text_or_none() -> Any:  # noqa: ANN401 - typed where it is used
    """A text of any length, or NULL."""
    return fields.TextField(null=True)


def flag() -> Any:  # noqa: ANN401 - typed where it is used
    """True or false."""
    return fields.BooleanField()
