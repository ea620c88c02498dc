"""The executable schema with the two fields that a federation router asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    GraphQLUnionType,
)

from resolvers.entities import entities
from schema.subgraph import KEYS

SERVICE = "_Service"
"""The type that shows the schema."""


def as_subgraph(schema: GraphQLSchema, sdl: Callable[[], str]) -> GraphQLSchema:
    """A schema with the types of this one, and `_service` and `_entities` beside its queries.

    `sdl` is called when `_service` is asked for, and once.
    """
    given: dict[str, Any] = dict(schema.to_kwargs())
    old = schema.query_type
    assert old is not None  # noqa: S101 - there is no schema without
    added = {"_entities": _entities(schema), "_service": _service(cache(sdl))}
    of_query: dict[str, Any] = dict(old.to_kwargs())
    of_query["fields"] = {**old.fields, **added}
    given["query"] = GraphQLObjectType(**of_query)
    given["types"] = [kind for kind in given["types"] or () if kind is not old]
    return GraphQLSchema(**given)


def _service(sdl: Callable[[], str]) -> GraphQLField:
    shown = GraphQLField(
        GraphQLNonNull(GraphQLString),
        resolve=lambda *_: sdl(),
        description="The schema with the directives of federation.",
    )
    kind = GraphQLObjectType(SERVICE, {"sdl": shown}, description="This subgraph.")
    return GraphQLField(
        GraphQLNonNull(kind),
        resolve=lambda *_: True,
        description="For composition; refused where introspection is off.",
    )


def _entities(schema: GraphQLSchema) -> GraphQLField:
    (name,) = KEYS
    customer = schema.type_map[name]
    assert isinstance(customer, GraphQLObjectType)  # noqa: S101 - a key is of an object type
    entity = GraphQLUnionType("_Entity", [customer], description="What has a key.")
    anything = GraphQLScalarType("_Any", description="An object with `__typename` and a key.")
    given = GraphQLNonNull(GraphQLList(GraphQLNonNull(anything)))
    return GraphQLField(
        GraphQLNonNull(GraphQLList(entity)),
        args={"representations": GraphQLArgument(given, description="Which entities.")},
        resolve=_resolve_entities,
        description="For a router. Null for what is not there. Customer token (itself only), Secret"
        " Webhook ID, admin key.",
    )


def _resolve_entities(
    _: object, info: GraphQLResolveInfo[Any], representations: list[object]
) -> object:
    return entities(info.context, representations)
