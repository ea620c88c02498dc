"""Random documents of a schema: aliases, fragments, fields that merge, conditions."""

from __future__ import annotations

from random import Random
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

CONDITIONS = "$yes: Boolean! = true, $no: Boolean = false"
_USED = "used: __typename @include(if: $yes) @skip(if: $no)"
_CHOICES = ("@include(if: $yes)", "@skip(if: $no)", "@skip(if: $yes)", "@include(if: true)")


class Author:
    """Writes documents; `most` bounds the fields of one selection."""

    def __init__(self, schema: GraphQLSchema, random: Random, depth: int = 4) -> None:
        self._schema = schema
        self._random = random
        self._depth = depth
        self._fragments: list[str] = []

    def document(self, kind: str, variables: str, root: str, type_name: str) -> str:
        """One operation with one root field of that type."""
        self._fragments = []
        selection = self._selection(self._schema.type_map[type_name], self._depth)
        given = f"{variables}, {CONDITIONS}" if variables else CONDITIONS
        operation = f"{kind} Q({given}) {{ {_USED} {root} {selection} }}"
        return " ".join([operation, *self._fragments])

    def _selection(self, type_: GraphQLNamedType, depth: int) -> str:
        parts = [self._part(type_, depth) for _ in range(self._random.randint(1, 5))]
        if isinstance(type_, GraphQLInterfaceType):
            possible = self._schema.get_possible_types(type_)
            parts += [f"... on {self._random.choice(possible)} {{ __typename id }}"]
        return f"{{ __typename {' '.join(parts)} }}"

    def _part(self, type_: GraphQLNamedType, depth: int) -> str:
        chance = self._random.random()
        if depth and chance < 0.1:
            return f"... on {type_.name} {self._condition()} {self._selection(type_, depth - 1)}"
        if depth and chance < 0.2:
            name = f"F{len(self._fragments)}"
            self._fragments.append("")  # its number is taken before its own fragments'
            text = f"fragment {name} on {type_.name} {self._selection(type_, depth - 1)}"
            self._fragments[int(name[1:])] = text
            return f"...{name} {self._condition()} ...{name}"
        return self._field(type_, depth)

    def _field(self, type_: GraphQLNamedType, depth: int) -> str:
        assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        fields: dict[str, Any] = {
            name: field
            for name, field in type_.fields.items()
            if depth or is_leaf_type(get_named_type(field.type))
        }
        if not fields:
            return "__typename"
        name = self._random.choice(list(fields))
        below = get_named_type(fields[name].type)
        alias = f"{name}{type_.name}: " if self._random.random() < 0.15 else ""
        first = "(first: 2)" if "first" in fields[name].args else ""
        selection = "" if is_leaf_type(below) else self._selection(below, depth - 1)
        return f"{alias}{name}{first} {self._condition()} {selection}"

    def _condition(self) -> str:
        return self._random.choice(_CHOICES) if self._random.random() < 0.04 else ""
