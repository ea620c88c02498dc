"""What every transport does before anything is executed: who calls, which document, at what cost.

In this order, so that each step protects the next: a caller without credentials costs neither
parsing nor validation, and a document that cannot run takes nothing from the caller's allowance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import OperationType

from gateway.errors import RequestCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Scope

    from gateway.http.documents import Document, DocumentCache
    from gateway.http.reading import Asked

    MakeContext = Callable[[Scope], Awaitable[object]]
    """Makes what resolvers see as context. A `RequestError` from it is the answer."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One operation that may be executed."""

    asked: Asked
    document: Document
    context: object
    kind: OperationType | None
    """None where the request names no operation of the document; execution says so."""


class Pipeline:
    """Shared by GraphQL over HTTP and by the transports of subscriptions."""

    def __init__(self, documents: DocumentCache, make_context: MakeContext) -> None:
        self.documents = documents
        self._make_context = make_context

    async def prepare(self, scope: Scope, asked: Asked) -> Prepared:
        """Return what is to be executed. Raises RequestError and DocumentRejected."""
        context = await self._make_context(scope)
        document = self.documents.get(asked.query)
        prepared = Prepared(asked, document, context, document.kind(asked.operation_name))
        scope.setdefault("state", {})["operation"] = prepared
        return prepared


def no_subscription(prepared: Prepared) -> None:
    """Refuse a subscription where only one answer can be given. Raises RequestError."""
    if prepared.kind is OperationType.SUBSCRIPTION:
        text = "Subscriptions are not served over this transport."
        raise RequestError(RequestCode.BAD_USER_INPUT, text)
