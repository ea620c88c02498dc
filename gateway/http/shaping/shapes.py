"""What was prepared for one document, kept with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import NamedTypeNode, NonNullTypeNode

from gateway.http.shaping.shape import prepare
from gateway.http.shaping.values import Unshaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphql import GraphQLObjectType, OperationDefinitionNode
    from graphql.execution import Executor

    from gateway.http.shaping.shape import Details
    from gateway.http.shaping.values import Complete

    Selection = tuple[object, ...]
    Known = dict[Selection, Complete | None]
    """What completes a selection; None where that was tried in vain."""


class Shapes:
    """Of one document: by operation, and by the values of what `@skip` and `@include` may read.

    Made when a selection is first met. `most` bounds the fields that are prepared in all: those of
    a fragment count wherever it is spread, and each choice of conditions anew.
    """

    def __init__(self, most: int) -> None:
        self._left = most
        self._known: dict[tuple[object, ...], Known] = {}

    def of(self, operation: OperationDefinitionNode, values: Mapping[str, object]) -> Known:
        """Return what is known for an operation with these values of its variables."""
        key = (id(operation), *[values.get(name) for name in _booleans(operation)])
        known = self._known.get(key)
        if known is None:
            known = {}
            if self._spend(1):
                self._known[key] = known
        return known

    def prepare(
        self, known: Known, type_: GraphQLObjectType, details: Details, run: Executor[Any]
    ) -> Complete | None:
        """Return what completes a selection from now on; None: that is left to graphql-core."""
        try:
            return self._shape(known, type_, details, run)
        except (Unshaped, RecursionError):
            return None

    def _shape(
        self, known: Known, type_: GraphQLObjectType, details: Details, run: Executor[Any]
    ) -> Complete:
        selection = selection_of(type_, details)
        if selection not in known:
            known[selection] = None
            grouped = run.collect_subfields(type_, details).grouped_field_set
            if not self._spend(len(grouped)):
                raise Unshaped
            known[selection] = prepare(
                type_, grouped, lambda below, merged: self._shape(known, below, merged, run)
            )
        complete = known[selection]
        if complete is None:
            raise Unshaped
        return complete

    def _spend(self, fields: int) -> bool:
        self._left -= fields
        return self._left >= 0


def selection_of(type_: GraphQLObjectType, details: Details) -> Selection:
    """Return what tells selections of one operation apart: the nodes that were merged."""
    return (type_, *[id(each.node) for each in details])


def _booleans(operation: OperationDefinitionNode) -> Iterator[str]:
    """The variables that a condition may read: those of type Boolean."""
    for variable in operation.variable_definitions or ():
        type_ = variable.type
        if isinstance(type_, NonNullTypeNode):
            type_ = type_.type
        if isinstance(type_, NamedTypeNode) and type_.name.value == "Boolean":
            yield variable.variable.name.value
