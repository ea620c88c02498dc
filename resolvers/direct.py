"""Shorter ways through a built schema, with the same answers.

Strawberry works out on every request what never changes between two: the Python name and the type
of each input field, the name of each enum value, and it wraps the reading of every plain
attribute. Here all of that is worked out once, and handed to graphql-core in its own terms
(`resolve`, `out_name`, `out_type`). It halves the time of a preview; see benchmarks/README.md. What
is plain is marked on the way, for whoever executes (`resolvers/plain.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, cast

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from resolvers.plain import mark_at_once, mark_attribute, mark_class

if TYPE_CHECKING:
    from strawberry.types.base import StrawberryObjectDefinition
    from strawberry.types.enum import StrawberryEnumDefinition
    from strawberry.types.field import StrawberryField
    from strawberry.types.fields.resolver import StrawberryResolver

Resolve = Callable[..., Any]


def shorten(schema: GraphQLSchema) -> GraphQLSchema:
    """Replace the general ways of the schema by direct ones, in place."""
    for type_ in schema.type_map.values():
        if isinstance(type_, GraphQLObjectType):
            _shorten_object(type_)
        elif isinstance(type_, GraphQLInputObjectType):
            _shorten_input(type_)
        elif isinstance(type_, GraphQLEnumType):
            _shorten_enum(type_)
    return schema


class _Part(Protocol):
    """Any part of a graphql-core schema."""

    extensions: dict[str, Any]


def _definition(part: _Part) -> Any:  # noqa: ANN401 - one of Strawberry's kinds of definition
    """What Strawberry made this part of the schema from; None for graphql-core's own parts."""
    return part.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)


def _shorten_object(type_: GraphQLObjectType) -> None:
    definition: StrawberryObjectDefinition | None = _definition(type_)
    if definition is not None:
        mark_class(type_, definition.origin)
    for field in type_.fields.values():
        _shorten_field(field)


def _shorten_field(field: GraphQLField) -> None:
    definition: StrawberryField | None = _definition(field)
    if definition is None:
        return
    resolver = cast("StrawberryResolver[Any] | None", definition.base_resolver)  # pyright: ignore[reportUnknownMemberType] - untyped there
    if resolver is None:
        field.resolve = _attribute(definition.python_name)
        mark_attribute(field, definition.python_name)
        return
    for argument in field.args.values():
        _shorten_argument(argument)
    own = resolver.self_parameter is not None
    call = _call(
        definition,
        cast("Resolve", resolver.wrapped_func),
        own=own,
        informed=resolver.info_parameter is not None,
    )
    if definition.is_subscription:
        field.subscribe = call  # its `resolve` shows the event as it is
    else:
        field.resolve = call
        if not resolver.is_async and not field.args:
            mark_at_once(field)


def _attribute(name: str) -> Resolve:
    """Read a plain value that the root field has left there."""

    def read(source: object, _: GraphQLResolveInfo[Any]) -> object:
        return getattr(source, name)

    return read


def _call(definition: StrawberryField, work: Resolve, *, own: bool, informed: bool) -> Resolve:
    """Call a resolver with arguments that graphql-core has already made what it wants."""

    def call(source: object, info: GraphQLResolveInfo[Any], **arguments: object) -> object:
        if informed:
            arguments["info"] = strawberry.Info(_raw_info=info, _field=definition)
        return work(source, **arguments) if own else work(**arguments)

    return call


def _shorten_argument(argument: GraphQLArgument) -> None:
    definition = _definition(argument)
    if definition is not None:
        argument.out_name = definition.python_name


def _shorten_input(type_: GraphQLInputObjectType) -> None:
    definition: StrawberryObjectDefinition | None = _definition(type_)
    if definition is None:
        return
    for field in type_.fields.values():
        field.out_name = _definition(field).python_name
    # Strawberry checks "exactly one" in `out_type`, which is replaced here; graphql-core can.
    type_.is_one_of = definition.is_one_of
    made = cast("Resolve", definition.origin)
    type_.out_type = lambda value: made(**value)


def _shorten_enum(type_: GraphQLEnumType) -> None:
    definition: StrawberryEnumDefinition | None = _definition(type_)
    if definition is None:
        return
    names = {member: member.name for member in cast("type[Enum]", definition.wrapped_cls)}
    type_.coerce_output_value = lambda output_value: names[output_value]
