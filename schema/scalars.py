"""Scalars: whole points, exact decimals, instants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.schema.types.base_scalars import DateTimeDefinition

from gateway.rules.program import MAX_SAFE_INTEGER

Points = NewType("Points", int)
Decimal = NewType("Decimal", str)


MAX_TEXT = 40
"""Longer than any amount or percentage; a longer text is refused unread."""


def _points(value: object) -> int:
    """Read points. Raises GraphQLError for anything but a whole number in range."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_SAFE_INTEGER:
        return value
    raise GraphQLError(f"Points must be a whole number from 0 to {MAX_SAFE_INTEGER}.")


def _decimal(value: object) -> str:
    """Read a decimal as text; the field that takes it checks its range and its currency."""
    if isinstance(value, str) and len(value) <= MAX_TEXT:
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_SAFE_INTEGER:
        return str(value)
    raise GraphQLError('A decimal must be a string such as "499.00"; a float is never exact.')


def _as_is(value: object) -> object:
    return value


SCALARS = {
    datetime: replace(
        DateTimeDefinition,
        description="An instant in ISO 8601. Answered in UTC, as 2026-11-24T09:30:00+00:00; read"
        " with any offset, and without one as UTC.",
    ),
    Points: strawberry.scalar(
        name="Points",
        description="Whole points, 0 … 2^53−1, a JSON number.",
        serialize=_as_is,
        parse_value=_points,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact decimal, a JSON string: "499.00".',
        serialize=_as_is,
        parse_value=_decimal,
    ),
}


def instant(microseconds: int) -> datetime:
    """Microseconds since the epoch as a UTC instant."""
    seconds, rest = divmod(microseconds, 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def instant_or_none(microseconds: int | None) -> datetime | None:
    """The same of a time that may be unknown."""
    return None if microseconds is None else instant(microseconds)


def points_or_none(points: int | None) -> Points | None:
    """Points as the contract has them, where there are any."""
    return None if points is None else Points(points)


def microseconds(value: datetime) -> int:
    """An instant as microseconds since the epoch; without an offset it is taken as UTC."""
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    whole = moment.astimezone(UTC).replace(microsecond=0)
    return int(whole.timestamp()) * 1_000_000 + moment.microsecond
