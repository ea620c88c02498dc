"""What a built schema says of its plain parts, in the `extensions` that graphql-core leaves free.

A field is plain if its value is there as soon as its object is: an attribute that holds a finished
value, or a resolver that computes one at once, takes no arguments and changes nothing. Who executes
such fields may read them in any order, and twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphql import GraphQLField, GraphQLObjectType

_ATTRIBUTE = "plain-attribute"
_AT_ONCE = "plain-resolver"
_CLASS = "plain-class"


def mark_attribute(field: GraphQLField, name: str) -> None:
    """Say that the field is this attribute of its object."""
    field.extensions[_ATTRIBUTE] = name


def mark_at_once(field: GraphQLField) -> None:
    """Say that the field's `resolve` answers at once, and the same each time."""
    field.extensions[_AT_ONCE] = True


def mark_class(type_: GraphQLObjectType, made: type) -> None:
    """Say that instances of exactly this class are objects of the type."""
    type_.extensions[_CLASS] = made


def attribute_of(field: GraphQLField) -> str | None:
    """Return the name of the attribute that the field is, if it is one."""
    return field.extensions.get(_ATTRIBUTE)


def answers_at_once(field: GraphQLField) -> bool:
    """Say whether the field's `resolve` computes a finished value."""
    return _AT_ONCE in field.extensions


def class_of(type_: GraphQLObjectType) -> type | None:
    """Return the class of the type's objects, where there is just one."""
    return type_.extensions.get(_CLASS)
