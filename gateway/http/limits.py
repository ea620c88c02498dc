"""How large a GraphQL document may be, measured once per document and before validation.

A document is measured as it would run: every fragment counts wherever it is spread. Each fragment
is measured once, so the cost is linear in the document even where the sizes are exponential.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graphql import SelectionNode

_MAX_NESTING = 100
"""How deep selections and spreads may nest at all: it keeps the measuring off Python's limit."""

_UNCOUNTED = 1_000_000
"""From here a message does not give the number: it may have hundreds of digits."""

_NO_DEPTH = frozenset({"__schema", "__type"})
"""Introspection nests deeply by nature; its own validation rule bounds it."""


@dataclass(frozen=True, slots=True)
class DocumentLimits:
    """What one document may ask for; counts are per operation, with fragments expanded."""

    characters: int = 65_536
    tokens: int = 2_000
    depth: int = 12
    """Levels of fields; what is below `__schema` and `__type` is not counted. At most 100."""
    aliases: int = 30
    directives: int = 20
    root_fields: int = 20
    fields: int = 500
    """Fields in all, so that fragments within fragments cannot double the work at each level."""
    selections: int = 2_500
    """Fields, spreads and inline fragments of all operations of the document together: each
    operation is validated and its cost is worked out, also where another one runs."""
    cost: int = 2_000
    """Units of `gateway.http.cost`, with the variables of the request."""
    mutation_fields: int = 1
    """Root fields of one mutation, so that aliases cannot multiply the ledger's work."""
    counted_mutations: frozenset[str] | None = None
    """The mutations that `mutation_fields` is about; None means every one."""
    introspection: bool = True
    """Whether `__schema` and `__type` are answered and error messages suggest names."""


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a selection is once its fragments are expanded."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    selections: int = 0

    def beside(self, other: _Size) -> _Size:
        """Return the size of both, standing next to each other."""
        return _Size(
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
            self.fields + other.fields,
            self.selections + other.selections,
        )


class _TooNestedError(Exception):
    """The document nests deeper than it can be measured."""


class _Ruler:
    """Measures selections of one document, each fragment once."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._sizes: dict[str, _Size] = {}

    def selections(self, node: SelectionSetNode | None, nesting: int = 0) -> _Size:
        if nesting > _MAX_NESTING:
            raise _TooNestedError
        size = _Size()
        for selection in node.selections if node else ():
            size = size.beside(_Size(directives=len(selection.directives or ()), selections=1))
            size = size.beside(self._selection(selection, nesting + 1))
        return size

    def _selection(self, node: SelectionNode, nesting: int) -> _Size:
        if isinstance(node, FragmentSpreadNode):
            return self._fragment(node.name.value, nesting)
        if not isinstance(node, FieldNode):  # an inline fragment
            return self.selections(getattr(node, "selection_set", None), nesting)
        below = self.selections(node.selection_set, nesting)
        return _Size(
            1 if node.name.value in _NO_DEPTH else below.depth + 1,
            below.aliases + (node.alias is not None),
            below.directives,
            below.fields + 1,
            below.selections,
        )

    def _fragment(self, name: str, nesting: int) -> _Size:
        known = self._sizes.get(name)
        if known is not None:
            return known
        fragment = self._fragments.get(name)
        if fragment is None:  # validation reports it
            return _Size()
        self._sizes[name] = _Size()  # a spread that closes a circle adds nothing; it is invalid
        own = _Size(directives=len(fragment.directives or ()))
        size = own.beside(self.selections(fragment.selection_set, nesting))
        self._sizes[name] = size
        return size

    def root_fields(self, operation: OperationDefinitionNode) -> dict[str, str]:
        """Return the operation's own fields: response key to field name."""
        found: dict[str, str] = {}
        seen: set[str] = set()
        pending = [operation.selection_set]
        while pending:
            for node in pending.pop().selections:
                if isinstance(node, FieldNode):
                    found[(node.alias or node.name).value] = node.name.value
                elif not isinstance(node, FragmentSpreadNode):
                    pending.append(getattr(node, "selection_set"))  # noqa: B009 - the base has none
                elif node.name.value in self._fragments and node.name.value not in seen:
                    seen.add(node.name.value)
                    pending.append(self._fragments[node.name.value].selection_set)
        return found


def excesses(document: DocumentNode, limits: DocumentLimits) -> list[GraphQLError]:
    """Return what is too large about the document, each with the limit and the number found."""
    definitions = document.definitions
    fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
    ruler = _Ruler(fragments)
    operations = [d for d in definitions if isinstance(d, OperationDefinitionNode)]
    try:
        sizes = [(node, ruler.selections(node.selection_set)) for node in operations]
        found = [e for node, size in sizes for e in _of_operation(node, size, ruler, limits)]
        return found or list(_of_all(sum(size.selections for _, size in sizes), limits))
    except _TooNestedError:
        message = f"The document nests selections and fragments more than {_MAX_NESTING} deep."
        return [GraphQLError(message)]


def _of_all(selections: int, limits: DocumentLimits) -> Iterator[GraphQLError]:
    if selections > limits.selections:
        yield GraphQLError(
            f"The document's operations select {_plain(selections)} fields and fragments in all;"
            f" at most {limits.selections} are allowed."
        )


def _of_operation(
    node: OperationDefinitionNode, size: _Size, ruler: _Ruler, limits: DocumentLimits
) -> Iterator[GraphQLError]:
    roots = ruler.root_fields(node)
    own = len(node.directives or ())
    own += sum(len(variable.directives or ()) for variable in node.variable_definitions or ())
    if size.depth > limits.depth:
        text = f"The operation is {size.depth} levels deep; at most {limits.depth} are allowed."
        yield GraphQLError(text, node)
    for noun, found, allowed in (
        ("aliases", size.aliases, limits.aliases),
        ("directives", size.directives + own, limits.directives),
        ("root fields", len(roots), limits.root_fields),
        ("fields", size.fields, limits.fields),
    ):
        if found > allowed:
            text = f"The operation asks for {_plain(found)} {noun}; at most {allowed} are allowed."
            yield GraphQLError(text, node)
    if node.operation is OperationType.MUTATION:
        yield from _of_mutation(node, roots.values(), limits)


def _of_mutation(
    node: OperationDefinitionNode, names: Iterable[str], limits: DocumentLimits
) -> Iterator[GraphQLError]:
    counted = limits.counted_mutations
    found = sum(
        name in counted if counted is not None else not name.startswith("__") for name in names
    )
    if found > limits.mutation_fields:
        text = (
            f"The mutation asks for {found} changes; at most {limits.mutation_fields} are allowed"
            " in one request."
        )
        yield GraphQLError(text, node)


def _plain(count: int) -> str:
    return str(count) if count < _UNCOUNTED else "more than a million"
