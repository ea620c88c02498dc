"""From the selection of a plain object to the function that makes JSON of such objects."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
)
from graphql.pyutils import Path

from gateway.http.shaping.values import Unshaped, constant, items, leaf, leaf_field, nullable
from resolvers.plain import answers_at_once, attribute_of, class_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphql.execution import Executor
    from graphql.execution.collect_fields import FieldDetails

    from gateway.http.shaping.values import Coerce, Complete

    Details = list[FieldDetails]
    """The nodes of a document that were merged into one field."""
    ShapeOf = Callable[[GraphQLObjectType, Details], Complete]
    """Prepares, or finds prepared, what completes an object of the type. Raises Unshaped."""


class _Place(NamedTuple):
    """Where a field is selected. What is prepared must not keep it: `shape_of` holds a request."""

    parent: GraphQLObjectType
    key: str
    """Its name in the answer."""
    details: Details
    shape_of: ShapeOf


def prepare(
    type_: GraphQLObjectType, grouped: Mapping[str, Details], shape_of: ShapeOf
) -> Complete:
    """Return what completes objects of the type with these fields. Raises Unshaped."""
    made = class_of(type_)
    if made is None:
        raise Unshaped
    fields = tuple(
        (key, _field(_Place(type_, key, details, shape_of))) for key, details in grouped.items()
    )

    def complete(value: object, run: Executor[Any], at: Path) -> dict[str, Any]:
        if type(value) is not made:
            raise Unshaped
        return {key: field(value, run, at) for key, field in fields}

    return complete


def _field(place: _Place) -> Complete:
    name = place.details[0].node.name.value
    if name == "__typename":
        return constant(place.parent.name)
    field = place.parent.fields.get(name)
    if field is None:
        raise Unshaped
    attribute = attribute_of(field)
    if attribute is not None:
        return _attribute(attribute, field, place)
    if answers_at_once(field):
        return _call(field, place)
    raise Unshaped


def _attribute(name: str, field: GraphQLField, place: _Place) -> Complete:
    type_ = cast("object", field.type)
    sure = _inside(type_, GraphQLNonNull)
    coerce = _coerce(type_ if sure is None else sure)
    if coerce is not None:
        return leaf_field(name, coerce, null=sure is None)
    complete, key, where = _value(type_, place), place.key, place.parent.name
    read = attrgetter(name)
    return lambda source, run, at: complete(read(source), run, Path(at, key, where))


def _call(field: GraphQLField, place: _Place) -> Complete:
    resolve: Callable[..., Any] | None = field.resolve
    if resolve is None or field.args:
        raise Unshaped
    parent, key = place.parent, place.key
    nodes = [each.node for each in place.details]
    complete = _value(cast("object", field.type), place)

    def completed(source: object, run: Executor[Any], at: Path) -> object:
        below = Path(at, key, parent.name)
        info: object = run.build_resolve_info(field, nodes, parent, below)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - lacks type arguments
        return complete(resolve(source, info), run, below)

    return completed


def _value(type_: object, place: _Place) -> Complete:
    sure = _inside(type_, GraphQLNonNull)
    return nullable(_present(type_, place)) if sure is None else _present(sure, place)


def _present(type_: object, place: _Place) -> Complete:
    """Return what completes a value of the type that is there. Raises Unshaped."""
    if isinstance(type_, GraphQLObjectType):
        return place.shape_of(type_, place.details)
    item = _inside(type_, GraphQLList)
    if item is not None:
        return items(_value(item, place))
    coerce = _coerce(type_)
    if coerce is None:  # an interface or a union: graphql-core finds out which type
        raise Unshaped
    return leaf(coerce)


def _inside(type_: object, wrapper: type) -> object:
    """Return what the type wraps, None if it is not wrapped so."""
    return cast("Any", type_).of_type if isinstance(type_, wrapper) else None


def _coerce(type_: object) -> Coerce | None:
    leafs = (GraphQLScalarType, GraphQLEnumType)
    return type_.coerce_output_value if isinstance(type_, leafs) else None
