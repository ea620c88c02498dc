"""From the selection of a plain object to the function that makes JSON of such objects."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
)
from graphql.pyutils import Path

from gateway.http.shaping.values import Unshaped, items, leaf, leaf_field, nullable
from resolvers.plain import answers_at_once, attribute_of, class_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLOutputType
    from graphql.execution import Executor
    from graphql.execution.collect_fields import FieldDetails

    from gateway.http.shaping.values import Coerce, Complete

    Details = list[FieldDetails]
    """The nodes of a document that were merged into one field."""
    ShapeOf = Callable[[GraphQLObjectType, Details], Complete]
    """Prepares, or finds prepared, what completes an object of the type. Raises Unshaped."""


def prepare(type_: GraphQLObjectType, grouped: dict[str, Details], shape_of: ShapeOf) -> Complete:
    """Return what completes objects of the type with these fields. Raises Unshaped."""
    made = class_of(type_)
    if made is None:
        raise Unshaped
    fields = [(key, _field(type_, key, details, shape_of)) for key, details in grouped.items()]

    def complete(value: object, run: Executor[Any], at: Path) -> dict[str, Any]:
        if type(value) is not made:
            raise Unshaped
        return {key: field(value, run, at) for key, field in fields}

    return complete


def _field(parent: GraphQLObjectType, key: str, details: Details, shape_of: ShapeOf) -> Complete:
    name = details[0].node.name.value
    if name == "__typename":
        return lambda *_: parent.name
    field = parent.fields.get(name)
    if field is None:
        raise Unshaped
    attribute = attribute_of(field)
    if attribute is not None:
        return _attribute(attribute, field.type, parent, key, details, shape_of)
    if answers_at_once(field):
        return _call(field, parent, key, details, shape_of)
    raise Unshaped


def _attribute(
    name: str,
    type_: GraphQLOutputType,
    parent: GraphQLObjectType,
    key: str,
    details: Details,
    shape_of: ShapeOf,
) -> Complete:
    read = attrgetter(name)
    inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    coerce = _coerce(inner)
    if coerce is not None:
        return leaf_field(read, coerce, null=inner is type_)
    complete, where = _value(type_, details, shape_of), parent.name
    return lambda source, run, at: complete(read(source), run, Path(at, key, where))


def _call(
    field: GraphQLField, parent: GraphQLObjectType, key: str, details: Details, shape_of: ShapeOf
) -> Complete:
    resolve, where = field.resolve, parent.name
    if resolve is None or field.args:
        raise Unshaped
    nodes = [each.node for each in details]
    complete = _value(field.type, details, shape_of)

    def completed(source: object, run: Executor[Any], at: Path) -> object:
        below = Path(at, key, where)
        info = run.build_resolve_info(field, nodes, parent, below)
        return complete(resolve(source, info), run, below)

    return completed


def _value(type_: GraphQLOutputType, details: Details, shape_of: ShapeOf) -> Complete:
    if not isinstance(type_, GraphQLNonNull):
        return nullable(_present(type_, details, shape_of))
    return _present(type_.of_type, details, shape_of)


def _present(type_: GraphQLOutputType, details: Details, shape_of: ShapeOf) -> Complete:
    """Return what completes a value of the type that is there. Raises Unshaped."""
    if isinstance(type_, GraphQLObjectType):
        return shape_of(type_, details)
    if isinstance(type_, GraphQLList):
        return items(_value(type_.of_type, details, shape_of))
    coerce = _coerce(type_)
    if coerce is None:  # an interface or a union: graphql-core finds out which type
        raise Unshaped
    return leaf(coerce)


def _coerce(type_: GraphQLOutputType) -> Coerce | None:
    leafs = (GraphQLScalarType, GraphQLEnumType)
    return type_.coerce_output_value if isinstance(type_, leafs) else None
