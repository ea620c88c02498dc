"""Functions that complete one value as graphql-core does, or raise.

They know no errors of GraphQL: whatever is not as it should be, a null that may not be or a value
that does not fit its type, ends in some exception. graphql-core then completes the same value again
and says what is wrong and where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import Undefined

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql.execution import Executor
    from graphql.pyutils import Path

    Complete = Callable[[Any, Executor[Any], Path], Any]
    """Completes a value. The path is where it stands in the answer, for resolvers below."""
    Read = Callable[[Any], Any]
    """Reads a field of a plain object."""
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


def leaf_field(read: Read, coerce: Coerce, *, null: bool) -> Complete:
    """`leaf`, or with `null` its `nullable`, of what `read` finds, in one call: most are this."""

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
