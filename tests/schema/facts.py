"""A schema as plain facts: what each thing is called, and of what type it is.

The schemas were read from text: so defaults look as they do there.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    print_ast,
)

from tests.house.sources import ROOT

PUBLISHED = ROOT / "schema.graphql"


def own_types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    """All types but those that every schema has."""
    built_in = {"Boolean", "Float", "ID", "Int", "String"}
    return (
        kind
        for name, kind in schema.type_map.items()
        if not name.startswith("__") and name not in built_in
    )


def facts(schema: GraphQLSchema) -> dict[str, str]:
    """`Type.field` to its type, `Type.field(argument)` to its own with the default, and so on."""
    return {name: said for kind in own_types(schema) for name, said in _facts_of(kind)}


def _facts_of(kind: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    yield kind.name, _sort(kind)
    if isinstance(kind, GraphQLEnumType):
        yield from ((f"{kind.name}.{value}", "a value") for value in kind.values)
    if isinstance(kind, GraphQLInputObjectType):
        yield from ((f"{kind.name}.{name}", _input(each)) for name, each in kind.fields.items())
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            yield f"{kind.name}.{name}", str(field.type)
            for argument, given in field.args.items():
                yield f"{kind.name}.{name}({argument})", _input(given)


def _sort(kind: GraphQLNamedType) -> str:
    """What sort of type it is: `GraphQLObjectType implements Node`, say."""
    names = [each.name for each in getattr(kind, "interfaces", ())]
    one_of = " @oneOf" if getattr(kind, "is_one_of", False) else ""
    return type(kind).__name__ + one_of + "".join(f" implements {name}" for name in names)


def _input(given: GraphQLArgument | GraphQLInputField) -> str:
    node = given.ast_node
    default = print_ast(node.default_value) if node and node.default_value else "null"
    # A null as default and none at all are the same to whoever leaves the field out.
    return str(given.type) + ("" if default == "null" else f" = {default}")


def undescribed(schema: GraphQLSchema) -> Iterator[str]:
    """Every type, field, argument and value without a description."""
    for kind in own_types(schema):
        if not kind.description:
            yield kind.name
        parts = getattr(kind, "fields", None) or getattr(kind, "values", None) or {}
        for name, part in parts.items():
            if not part.description:
                yield f"{kind.name}.{name}"
            arguments = getattr(part, "args", None) or {}
            yield from (
                f"{kind.name}.{name}({argument})"
                for argument, given in arguments.items()
                if not given.description
            )
