"""Parsed and validated GraphQL documents, kept so that each is parsed and validated once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    parse,
    specified_rules,
)

from gateway.errors import RequestCode, RequestError
from gateway.http.closed_schema import CLOSED_SCHEMA
from gateway.http.costing import cost_of
from gateway.http.limits import excesses
from gateway.http.shaping.shapes import Shapes
from gateway.http.validating import broken_rules

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from graphql import ASTValidationRule, DocumentNode, GraphQLSchema

    from gateway.http.cost import Cost
    from gateway.http.limits import DocumentLimits

_BYTES_PER_TOKEN = 1_200  # 410 of a parsed document, and 400 for each field that is prepared of it
_PREPARED_PER_TOKEN = 2  # fields; so a few choices of `@include` find room as well
_MAX_MESSAGE = 500  # characters; a message repeats names from the document, which may be long

_Key = TypeVar("_Key", bound="Hashable")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Document:
    """A document that may be executed as it stands."""

    node: DocumentNode
    operations: Mapping[str | None, OperationType]
    """By name; a nameless operation is under None."""
    costs: Mapping[str | None, Cost]
    shapes: Shapes
    """What execution has prepared of it."""

    def cost(self, operation_name: str | None, variables: Mapping[str, Any] | None) -> int:
        """Return what the operation that would run costs; 1 if no single one is meant."""
        found = self.costs.get(self.meant(operation_name))
        return 1 if found is None else max(1, found.of(variables))

    def kind(self, operation_name: str | None) -> OperationType | None:
        """Return the type of the operation that would run; None if no single one is meant."""
        return self.operations.get(self.meant(operation_name))

    def meant(self, operation_name: str | None) -> str | None:
        """Return the name of the operation that would run: the only one needs not be named."""
        if operation_name is None and len(self.operations) == 1:
            return next(iter(self.operations))
        return operation_name


class DocumentRejected(Exception):  # noqa: N818 - an answer to the caller, not a fault of ours
    """The document cannot be parsed, is not valid or is too large; `errors` say why."""

    def __init__(self, errors: Sequence[GraphQLError], code: RequestCode) -> None:
        super().__init__(code.value)
        self.errors = errors
        self.code = code


class _Shelf(Generic[_Key, _Value]):
    """The things used last, bounded by their number and by their weight in bytes."""

    def __init__(self, size: int, max_bytes: int) -> None:
        self._size = size
        self._max_bytes = max_bytes
        self._bytes = 0
        self._items: OrderedDict[_Key, tuple[_Value, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._items)

    def get(self, key: _Key) -> _Value | None:
        item = self._items.get(key)
        if item is None:
            return None
        self._items.move_to_end(key)
        return item[0]

    def put(self, key: _Key, value: _Value, weight: int) -> None:
        self._items[key] = (value, weight)
        self._bytes += weight
        while len(self._items) > self._size or self._bytes > self._max_bytes:
            _, (_, lost) = self._items.popitem(last=False)
            self._bytes -= lost


class DocumentCache:
    """Turns query text into a `Document`, from memory where the same text was seen before.

    Rejections are remembered too, on a small shelf of their own: whoever sends many bad documents
    pushes out bad ones only. Errors hold no part of the document's tree and are cut in length.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: DocumentLimits,
        size: int = 1_000,
        *,
        max_bytes: int = 64 * 1024 * 1024,
        extra_rules: Sequence[type[ASTValidationRule]] = (),
    ) -> None:
        closed = () if limits.introspection else CLOSED_SCHEMA
        self.limits = limits
        self._schema = schema
        self._rules = (*specified_rules, *closed, *extra_rules)
        self._documents: _Shelf[str, Document] = _Shelf(size, max_bytes)
        self._rejects: _Shelf[bytes, DocumentRejected] = _Shelf(256, 1024 * 1024)

    def get(self, query: str) -> Document:
        """Return the document for `query`, or raise `DocumentRejected`."""
        return self._documents.get(query) or self._first_sight(query)

    def knows(self, query: str) -> bool:
        """Say whether the text was seen before, so that `get` is quick."""
        return self._documents.get(query) is not None or self._rejects.get(_key(query)) is not None

    def _first_sight(self, query: str) -> Document:
        key = _key(query)
        known = self._rejects.get(key)
        if known is not None:
            # A fresh one each time: a raised exception keeps the frames that it went through.
            raise DocumentRejected(known.errors, known.code)
        try:
            document = self._prepare(query)
        except DocumentRejected as rejected:
            kept = DocumentRejected(rejected.errors, rejected.code)
            self._rejects.put(key, kept, 500 + sum(200 + len(e.message) for e in rejected.errors))
            raise
        weight = document.node.token_count * _BYTES_PER_TOKEN + 4 * len(query)
        self._documents.put(query, document, weight)
        return document

    def _prepare(self, query: str) -> Document:
        node = self._parse(query)
        # Sizes come first: validation of an oversized document is what would cost.
        hidden = not self.limits.introspection
        errors = excesses(node, self.limits) or broken_rules(
            self._schema, node, self._rules, hide_suggestions=hidden
        )
        if errors:
            raise DocumentRejected([_lean(e) for e in errors], RequestCode.VALIDATION_FAILED)
        operations = [d for d in node.definitions if isinstance(d, OperationDefinitionNode)]
        fragments = {
            d.name.value: d for d in node.definitions if isinstance(d, FragmentDefinitionNode)
        }
        named = {d.name.value if d.name else None: d for d in operations}
        return Document(
            node,
            {name: d.operation for name, d in named.items()},
            {name: cost_of(self._schema, d, fragments) for name, d in named.items()},
            Shapes(most=_PREPARED_PER_TOKEN * node.token_count),
        )

    def _parse(self, query: str) -> DocumentNode:
        limits = self.limits
        if len(query) > limits.characters:
            text = (
                f"The document has {len(query)} characters; at most {limits.characters}"
                " are allowed."
            )
            raise DocumentRejected([GraphQLError(text)], RequestCode.PARSE_FAILED)
        try:
            return parse(query, max_tokens=limits.tokens, max_comments=limits.tokens)
        except GraphQLError as error:
            raise DocumentRejected([_lean(error)], RequestCode.PARSE_FAILED) from None


def _key(query: str) -> bytes:
    return blake2b(query.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _lean(error: GraphQLError) -> GraphQLError:
    """Copy what is shown of an error, without the tree and the source that it points into."""
    cause = error.original_error
    message = cause.message if isinstance(cause, RequestError) else error.message
    copy = GraphQLError(message if len(message) <= _MAX_MESSAGE else message[:_MAX_MESSAGE] + "…")
    copy.locations = error.locations
    return copy
