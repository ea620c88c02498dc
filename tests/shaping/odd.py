"""A schema of plain objects whose values are often not what their fields promise."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from random import Random
from types import SimpleNamespace
from typing import Any, NewType

import strawberry
from graphql import GraphQLSchema, Undefined
from strawberry.schema.config import StrawberryConfig

from gateway.errors import RequestCode, RequestError
from resolvers.build import executable

Info = strawberry.Info[dict[str, Any], None]


Odd = NewType("Odd", int)
"""A scalar that has no form for an even number."""


@strawberry.enum
class Mood(Enum):
    GOOD = "good"
    BAD = "bad"


@strawberry.type
class Leaf:
    sure: int
    maybe: str | None
    mood: Mood
    share: float | None
    at: datetime | None
    odd: Odd
    odds: list[Odd | None]

    @strawberry.field
    def said(self, info: Info) -> str:
        """Tell all that a resolver is told."""
        if self.maybe == "secret":
            raise RequestError(RequestCode.FORBIDDEN, "Not for you.")
        place: Any = info.path
        told = info.field_name
        while place is not None:
            told, place = f"{told} of {place.typename} at {place.key}", place.prev
        return told


@strawberry.interface
class Named:
    id: strawberry.ID


@strawberry.type
class Tree(Named):
    leaf: Leaf
    perhaps: Leaf | None
    leaves: list[Leaf]
    holes: list[Leaf | None] | None
    tags: list[str]
    grid: list[list[int | None]]
    tree: Tree | None
    named: Named | None

    @strawberry.field
    async def slow(self) -> Leaf | None:
        return self.perhaps

    @strawberry.field
    def shade(self) -> Leaf:
        return self.leaf


@strawberry.type
class Query:
    @strawberry.field
    def tree(self, info: Info) -> Tree:
        return info.context["tree"]

    @strawberry.field
    def named(self, info: Info) -> Named | None:
        return info.context["tree"]


class _Twig(Leaf):
    """Another class than the schema's: graphql-core does not mind."""


def odd_schema() -> GraphQLSchema:
    odd = strawberry.scalar(name="Odd", serialize=lambda number: number if number % 2 else None)
    config = StrawberryConfig(scalar_map={Odd: odd})
    return executable(strawberry.Schema(Query, types=[Tree], config=config))


class Gardener:
    """Grows trees; `faults` is the share of values that are wrong."""

    def __init__(self, random: Random, faults: float) -> None:
        self._random = random
        self._faults = faults

    def tree(self, depth: int = 2) -> Any:
        grown = Tree(
            id=self._value("t1", 7, 1.5),
            leaf=self._value(self._leaf(), 5),
            perhaps=self._value(None, self._leaf()),
            leaves=self._leaves(self._leaf),
            holes=self._value(None, self._leaves(lambda: self._value(None, self._leaf()))),
            tags=self._value(self._leaves(lambda: self._value("tag", 1)), "tag", {"a"}, iter("ab")),
            grid=[[1, None], (2,), self._value([], [object()])],  # type: ignore[list-item]
            tree=self.tree(depth - 1) if depth else self._value(None),
            named=self.tree(depth - 1) if depth else None,
        )
        return self._value(grown, SimpleNamespace(**vars(grown)))

    def _leaf(self) -> Any:
        kind: type[Any] = _Twig if self._random.random() < self._faults else Leaf
        return kind(
            sure=self._value(self._random.randint(-5, 5), 2**40, "7", 1.0, 1.5, True),
            maybe=self._value("text", None, 5, True, {}, "secret"),
            mood=self._value(Mood.GOOD, Mood.BAD, "good", 0),
            share=self._value(0.5, None, float("nan"), "0.5"),
            odd=self._value(1, 2),
            odds=[Odd(3), self._value(5, None, 4)],
            at=self._value(datetime(2026, 11, 24, tzinfo=UTC), None, "2026-11-24"),
        )

    def _leaves(self, make: Any) -> Any:
        several = [make() for _ in range(self._random.randint(0, 3))]
        return self._value(several, tuple(several), iter(several), {}, 5)

    def _value(self, right: Any, *wrong: Any) -> Any:
        if self._random.random() >= self._faults:
            return right
        return self._random.choice([None, Undefined, ValueError("in the value"), *wrong])
