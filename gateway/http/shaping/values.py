"""Functions that complete one value as graphql-core does, or raise.

They know no errors of GraphQL: whatever is not as it should be, a null that may not be or a value
that does not fit its type, ends in some exception. graphql-core then completes the same value again
and says what is wrong and where.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from graphql import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql.execution import Executor
    from graphql.pyutils import Path

    Complete = Callable[[Any, Executor[Any], Path], Any]
    """Completes a value. The path is where it stands in the answer, for resolvers below."""
    Coerce = Callable[[Any], Any]
    """Makes a scalar or an enum's value what JSON can hold; it may raise."""


class Unshaped(Exception):  # noqa: N818 - not an error: graphql-core takes over
    """This cannot be prepared, or is not what was prepared for."""


def leaf(coerce: Coerce) -> Complete:
    """Complete a scalar or an enum's value that may not be null."""

    def complete(value: object, _: Executor[Any], __: Path) -> object:
        if value is None or value is Undefined:
            raise Unshaped
        done = coerce(value)
        if done is None or done is Undefined:
            raise Unshaped
        return done

    return complete


def nullable(complete: Complete) -> Complete:
    """Complete a value that may be null."""

    def completed(value: object, run: Executor[Any], at: Path) -> object:
        return None if value is None or value is Undefined else complete(value, run, at)

    return completed


def items(complete: Complete) -> Complete:
    """Complete a list."""

    def completed(value: object, run: Executor[Any], at: Path) -> object:
        if type(value) is not list and type(value) is not tuple:  # pyright: ignore[reportUnknownArgumentType] - any
            raise Unshaped
        return [
            complete(each, run, at.add_key(place, None))
            for place, each in enumerate(value)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType] - the same
        ]

    return completed


@lru_cache(maxsize=2_048)
def leaf_field(name: str, coerce: Coerce, *, null: bool) -> Complete:
    """`leaf`, or with `null` its `nullable`, of an attribute, in one call.

    Most fields are this, so all documents share one for each field of the schema.
    """
    read = attrgetter(name)

    def complete(source: object, _: Executor[Any], __: Path) -> object:
        value = read(source)
        if value is None or value is Undefined:
            if null:
                return None
            raise Unshaped
        done = coerce(value)
        if done is None or done is Undefined:
            raise Unshaped
        return done

    return complete


@lru_cache(maxsize=256)
def constant(text: str) -> Complete:
    """Answer the same for every object: `__typename`."""

    def complete(_: object, __: Executor[Any], ___: Path) -> str:
        return text

    return complete
