"""What an operation costs, in units of about one object of the answer.

| what | costs |
|---|---|
| a field that is a value, such as `points` | 0 |
| a field that is an object, such as `discount` | 1 |
| a list of objects without a page, such as `offers` | 5 times its object |
| a connection | its page size, `first`, times what each of its items selects, at least 1 |
| `_entities` | the number of its representations times what is selected, at least 1 |
| a query on the top level | 1, `redemptionPreview` and `earnPreview` 5, `reconciliation` 50 |
| the subscription `whatIf` | 50 |
| a mutation | 10 |

It is worked out once per document. What depends on variables is kept as a small form that a request
only fills in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLWrappingType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationType,
    Undefined,
    VariableNode,
    is_composite_type,
)

from gateway.http.cost import Cost, Page, bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import (
        FragmentDefinitionNode,
        GraphQLArgument,
        GraphQLField,
        GraphQLSchema,
        OperationDefinitionNode,
        SelectionSetNode,
        ValueNode,
    )

UNPAGED: Final = 5
"""How many items a list counts for that has no page: rules, limits and refusals are a handful."""
LARGEST_PAGE: Final = {"first": 100, "representations": 200}
"""The arguments that say how many items there will be, with the most that each may ask for."""
MUTATION: Final = 10
QUERIES: Final = {"redemptionPreview": 5, "earnPreview": 5, "reconciliation": 50, "whatIf": 50}
"""Top-level fields that cost more than 1."""


def cost_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Cost:
    """Return the cost of an operation of a valid document that is within the other limits."""
    root = schema.get_root_type(operation.operation)
    assert root is not None, "a valid operation has a root type"  # noqa: S101 - by validation
    defaults = {
        variable.variable.name.value: variable.default_value
        for variable in operation.variable_definitions or ()
        if variable.default_value is not None
    }
    walk = _Walk(schema, fragments, defaults)
    each = MUTATION if operation.operation is OperationType.MUTATION else 1
    cost = Cost()
    for field, _, below in walk.fields(root, operation.selection_set):
        cost = cost.plus(Cost(QUERIES.get(field.name.value, each))).plus(below)
    return cost


class _Walk:
    """Adds up selections. The number of fields is bounded before, so fragments are walked anew."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        defaults: Mapping[str, ValueNode],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._defaults = defaults

    def fields(
        self, parent: object, selections: SelectionSetNode
    ) -> Iterator[tuple[FieldNode, GraphQLField | None, Cost]]:
        """Yield each field with its definition and the cost of what it selects."""
        for node in selections.selections:
            if isinstance(node, FieldNode):
                field = _defined(parent, node.name.value)
                yield node, field, self._below(node, field)
            elif isinstance(node, FragmentSpreadNode):
                fragment = self._fragments[node.name.value]
                on = self._schema.get_type(fragment.type_condition.name.value)
                yield from self.fields(on, fragment.selection_set)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                on = self._schema.get_type(condition.name.value) if condition else parent
                yield from self.fields(on, node.selection_set)

    def _below(self, node: FieldNode, field: GraphQLField | None) -> Cost:
        """Return the cost of a field's selection, for as many items as the field has."""
        if node.selection_set is None or field is None:
            return Cost()
        kind, many = _kind(field)
        each = Cost()
        for _, inner, below in self.fields(kind, node.selection_set):
            each = each.plus(Cost(_is_object(inner))).plus(below)
        for name, most in LARGEST_PAGE.items():
            if name in field.args:
                if not each.units:  # the items are read, however little of them is shown
                    each = each.plus(Cost(1))
                return self._paged(node, field, name, most, each)
        return each.times(UNPAGED) if many and not _is_edges(node) else each

    def _paged(
        self, node: FieldNode, field: GraphQLField, name: str, most: int, each: Cost
    ) -> Cost:
        argument = next((a for a in node.arguments or () if a.name.value == name), None)
        usual = bounded(_default(field.args[name]), most)
        if argument is None:
            return each.times(usual)
        value = argument.value
        if not isinstance(value, VariableNode):
            return each.times(bounded(_literal(value), most))
        variable = value.name.value
        if variable in self._defaults:
            usual = bounded(_literal(self._defaults[variable]), most)
        return Cost(0, ((Page(variable, usual, most), each),))


def _defined(parent: object, name: str) -> GraphQLField | None:
    """Return the definition of a field; None for introspection, which bounds itself."""
    if isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
        return parent.fields.get(name)
    return None


def _kind(field: GraphQLField) -> tuple[object, bool]:
    """Return the type that a field is of in the end, and whether it is a list of those."""
    kind: object = cast("Any", field).type  # graphql-core leaves its type open
    many = False
    while isinstance(kind, GraphQLWrappingType):
        many = many or type(cast("object", kind)) is GraphQLList
        kind = cast("Any", kind).of_type
    return kind, many


def _is_object(field: GraphQLField | None) -> bool:
    return field is not None and is_composite_type(_kind(field)[0])


def _is_edges(node: FieldNode) -> bool:
    """Say whether the list is counted by the page of its connection already."""
    return node.name.value in {"edges", "nodes"}


def _default(argument: GraphQLArgument) -> object:
    """Return the argument's default; None where it has none, which asks for the most."""
    default = argument.default
    if default is None:
        return None if argument.default_value is Undefined else argument.default_value
    return default.value if default.literal is None else _literal(default.literal)


def _literal(value: ValueNode) -> object:
    if isinstance(value, IntValueNode):
        return int(value.value) if len(value.value) < 10 else None  # noqa: PLR2004 - past 32 bits
    return list(value.values) if isinstance(value, ListValueNode) else None
