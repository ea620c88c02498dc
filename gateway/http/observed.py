"""What is told of one request: enough to find a fault by, and nothing of its content.

Never the path (one may hold a secret), no address, no variable, no customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import FieldNode, OperationDefinitionNode

from gateway.context import Context
from gateway.http.request_id import request_id_of
from gateway.telemetry.names import LONGEST

if TYPE_CHECKING:
    from starlette.types import Scope

    from gateway.http.pipeline import Prepared

UNMATCHED = "unmatched"
ANONYMOUS = "anonymous"
OK = "OK"
GONE = "CLIENT_GONE"
OBSERVE = "observe"
"""Where in a WebSocket's state stands what is to be told of each operation that has ended."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One request that has ended."""

    scope: Scope
    route: str
    """The template of its path, such as `/orders/{id}`."""
    status: int
    """0 where no answer was begun: the client went away, or the server was stopped."""
    seconds: float
    operation: Prepared | None
    """None where it did not come so far, and on routes that are not GraphQL."""
    context: Context | None

    @property
    def request_id(self) -> str:
        """Its id, as the answer and other log lines have it."""
        return request_id_of(self.scope)

    @property
    def kind(self) -> str:
        """The kind of operation; `none` where there was none."""
        kind = self.operation and self.operation.kind
        return kind.value if kind else "none"

    @property
    def name(self) -> str:
        """The operation's name, as its document has it."""
        if self.operation is None:
            return "none"
        document = self.operation.document
        asked = document.meant(self.operation.asked.operation_name)
        # A name that is in no document is any text that the caller likes.
        return asked[:LONGEST] if asked and asked in document.operations else ANONYMOUS

    @property
    def code(self) -> str | None:
        """That of the error or the refusal; `OK`; None on routes without codes of their own."""
        if not self.status:
            return GONE
        code = self.scope["state"].get("code")
        if code is None and self.context is not None and self.context.refusals:
            code = self.context.refusals[0].value
        return code or (OK if self.operation is not None else None)

    def fields(self) -> tuple[str, ...]:
        """The root fields of the operation; those inside fragments are left out."""
        for node in self.operation.document.node.definitions if self.operation else ():
            if isinstance(node, OperationDefinitionNode) and _named(node) == self.name:
                found = node.selection_set.selections
                return tuple(each.name.value for each in found if isinstance(each, FieldNode))
        return ()

    def mutation_field(self) -> str:
        """The field that a mutation consists of; `several` where there is more than one."""
        nodes = self.operation.document.node.definitions if self.operation else ()
        for node in nodes:
            if isinstance(node, OperationDefinitionNode) and _named(node) == self.name:
                fields = node.selection_set.selections
                first = fields[0]
                if len(fields) == 1 and isinstance(first, FieldNode):
                    return first.name.value
        return "several"


def observed(scope: Scope, status: int, seconds: float) -> Observed:
    """Gather what the request has left in its scope."""
    route = getattr(scope.get("route"), "path", UNMATCHED)
    operation: Prepared | None = scope["state"].get("operation")
    context = operation.context if operation is not None else None
    known = context if isinstance(context, Context) else None
    return Observed(scope, route, status, seconds, operation, known)


def _named(node: OperationDefinitionNode) -> str:
    return node.name.value[:LONGEST] if node.name else ANONYMOUS
