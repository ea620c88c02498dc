"""What every transport does before anything is executed: who calls, which document, at what cost.

In this order, so that each step protects the next. A text that is new here is paid for before it is
parsed and validated, good or bad: that is work, however little the operation itself would cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from graphql import OperationType

from gateway.errors import RequestCode, RequestError
from gateway.http.persisted import PersistedDocuments

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Scope

    from gateway.http.documents import Document, DocumentCache
    from gateway.http.reading import Asked

    MakeContext = Callable[[Scope], Awaitable[object]]
    """Makes what resolvers see as context. A `RequestError` from it is the answer."""
    Admit = Callable[[object, int], Awaitable["Allowance | None"]]
    """Takes the cost of an operation from what the caller, by its context, has left.

    None where nothing is counted. Raises RequestError (THROTTLED) when too little is left."""


class Allowance(NamedTuple):
    """What a caller may ask for, in units of cost."""

    limit: int
    remaining: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """One operation that may be executed."""

    asked: Asked
    document: Document
    context: object
    kind: OperationType | None
    """None where the request names no operation of the document; execution says so."""
    cost: int
    allowance: Allowance
    """What is left after this operation."""

    def extensions(self) -> dict[str, Any] | None:
        """Return what to tell beside the data: the cost, where `extensions: {cost: true}` asks."""
        if not self.asked.extensions or self.asked.extensions.get("cost") is not True:
            return None
        return {"cost": {"requested": self.cost, **self.allowance._asdict()}}


class Pipeline:
    """Shared by GraphQL over HTTP and by the transports of subscriptions."""

    def __init__(
        self,
        documents: DocumentCache,
        make_context: MakeContext,
        admit: Admit | None = None,
        persisted: PersistedDocuments | None = None,
    ) -> None:
        self.documents = documents
        self.persisted = PersistedDocuments(documents) if persisted is None else persisted
        self._make_context = make_context
        self._admit = admit

    async def prepare(self, scope: Scope, asked: Asked) -> Prepared:
        """Return what is to be executed. Raises RequestError and DocumentRejected."""
        context = await self._make_context(scope)
        text = self.persisted.text(asked)
        first_sight = self.persisted.price(text)
        if first_sight and self._admit is not None:
            await self._admit(context, first_sight)
        document = self.persisted.document(text)
        cost = document.cost(asked.operation_name, asked.variables)
        most = self.documents.limits.cost
        if cost > most:
            message = f"The operation costs {cost} units; at most {most} are allowed."
            raise RequestError(RequestCode.VALIDATION_FAILED, message)
        allowance = None if self._admit is None else await self._admit(context, cost)
        self.persisted.register(asked, context)
        prepared = Prepared(
            asked,
            document,
            context,
            document.kind(asked.operation_name),
            cost,
            allowance or Allowance(most, most - cost),
        )
        scope.setdefault("state", {})["operation"] = prepared
        return prepared


def no_subscription(prepared: Prepared) -> None:
    """Refuse a subscription where only one answer can be given. Raises RequestError."""
    if prepared.kind is OperationType.SUBSCRIPTION:
        text = "Subscribe over a WebSocket, or with `Accept: text/event-stream`, where served."
        raise RequestError(RequestCode.BAD_USER_INPUT, text)
