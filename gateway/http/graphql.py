"""The GraphQL endpoint, by the GraphQL-over-HTTP specification.

Status codes. A request that is not well-formed gets 4xx in any media type, and so does one that is
refused before it is looked at: 401, 403, 429, 503. Those are the statuses that proxies, retries and
monitors act on. For a well-formed request with an error in its document or variables, the media
type decides: 400 for `application/graphql-response+json`, and 200 for the older `application/json`,
as the specification asks of each. Once execution began the status is 200; errors are in the body.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, overload

from graphql import (
    ExecutionResult,
    OperationType,
    execute,  # pyright: ignore[reportUnknownVariableType] - its middleware lacks type arguments
)
from graphql.execution import Executor

from gateway.errors import RequestCode, RequestError
from gateway.http.answering import Answer, deliver, error_answer
from gateway.http.documents import DocumentRejected
from gateway.http.events import EventStream, as_events
from gateway.http.faults import Faults, of_document, of_request
from gateway.http.lasting import Lasting, Standing
from gateway.http.negotiation import MediaType, accepts_gzip, negotiate
from gateway.http.pipeline import Pipeline, no_subscription
from gateway.http.reading import (
    Asked,
    ClientGone,
    HttpRefused,
    asked_by_get,
    asked_by_post,
    headers_of,
    read_body,
    require_json,
)
from gateway.http.request_id import request_id_of
from gateway.http.results import Results, begun
from gateway.http.shaping.executor import ShapingExecutor
from gateway.http.telling import refusal, status_of, told

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from graphql import GraphQLError, GraphQLSchema
    from starlette.types import Receive, Scope, Send

    from gateway.http.faults import OnUnexpected
    from gateway.http.pipeline import Prepared

_ALLOWED = (b"allow", b"GET, POST, OPTIONS")


class GraphQLEndpoint:
    """An ASGI application that serves one schema.

    A mutation that has started is carried through even if its caller goes away or the server
    cancels the request; `drain` waits for such mutations.

    The executor is the plain one, without `@defer` and `@stream`: a tenth faster than
    graphql-core's own default.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        pipeline: Pipeline,
        *,
        on_unexpected: OnUnexpected,
        max_body_bytes: int = 256 * 1024,
        body_seconds: float = 15,
        graphiql_html: bytes | None = None,
        lasting: Lasting | None = None,
    ) -> None:
        """`lasting`: how subscriptions are served; without it they are not."""
        self._schema = schema
        self._pipeline = pipeline
        self._on_unexpected = on_unexpected
        self._max_body_bytes = max_body_bytes
        self._body_seconds = body_seconds
        self._graphiql_html = graphiql_html
        self._executor_class: type[Executor[Any]] = ShapingExecutor
        self._lasting = lasting
        self._mutations: set[asyncio.Task[Answer]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        headers = headers_of(scope["headers"])
        page = self._graphiql_html is not None and scope["method"] == "GET"
        streams = self._lasting is not None
        media_type = negotiate(headers.get(b"accept", b""), html=page, events=streams)
        try:
            answer = await self._answer(scope, headers, media_type, receive)
        except HttpRefused as refused:
            entry = of_request(RequestError(RequestCode.BAD_USER_INPUT, refused.message))
            shown_as = media_type if media_type is MediaType.GRAPHQL else MediaType.JSON
            answer = error_answer(refused.status, [entry], shown_as, *refused.headers)
        except ClientGone:
            return
        if isinstance(answer, EventStream):
            await answer.serve(receive, send)
            return
        if answer.code:
            scope.setdefault("state", {})["code"] = answer.code
        await deliver(send, answer, compress=accepts_gzip(headers.get(b"accept-encoding", b"")))

    async def drain(self, timeout_seconds: float) -> int:
        """Wait for the mutations that still run; return how many did not end in time."""
        if not self._mutations:
            return 0
        _, running = await asyncio.wait(self._mutations, timeout=timeout_seconds)
        return len(running)

    async def _answer(
        self,
        scope: Scope,
        headers: dict[bytes, bytes],
        media_type: MediaType | None,
        receive: Receive,
    ) -> Answer | EventStream:
        method = scope["method"]
        if method == "OPTIONS":
            return Answer(204, b"", None, (_ALLOWED,))
        if method not in {"GET", "POST"}:
            raise HttpRefused(405, "Use POST, or GET for a query.", _ALLOWED)
        if media_type is None:
            text = f"Accept {MediaType.GRAPHQL.value} or {MediaType.JSON.value}."
            raise HttpRefused(406, text)
        if media_type is MediaType.HTML:
            return Answer(200, self._graphiql_html or b"", media_type)
        if method == "GET":
            asked = asked_by_get(scope["query_string"], self._max_body_bytes)
        else:
            require_json(headers)
            length = headers.get(b"content-length", b"")
            most, seconds = self._max_body_bytes, self._body_seconds
            asked = asked_by_post(await read_body(receive, length, most, seconds))
        if media_type is MediaType.EVENTS and self._lasting is not None:
            return await self._stream(scope, asked, self._lasting)
        return await self.operate(scope, asked, media_type)

    async def _stream(self, scope: Scope, asked: Asked, lasting: Lasting) -> Answer | EventStream:
        """Answer a request that takes events: a subscription as long as it lasts."""
        try:
            principal = await lasting.identify(scope)
        except RequestError as error:
            return refusal(error, MediaType.GRAPHQL)
        outcome = await self.operate(scope, asked, MediaType.GRAPHQL, lasting=True)
        if isinstance(outcome, Answer):
            return as_events(outcome)
        return EventStream(outcome, Standing(lasting, scope, principal), lasting)

    @overload
    async def operate(self, scope: Scope, asked: Asked, media_type: MediaType) -> Answer: ...

    @overload
    async def operate(
        self, scope: Scope, asked: Asked, media_type: MediaType, *, lasting: bool
    ) -> Answer | Results: ...

    async def operate(
        self, scope: Scope, asked: Asked, media_type: MediaType, *, lasting: bool = False
    ) -> Answer | Results:
        """Answer a well-formed request; a subscription by its results, where it may be `lasting`.

        Raises HttpRefused for a mutation by GET.
        """
        faults = Faults(request_id_of(scope), self._on_unexpected)
        try:
            prepared = await self._pipeline.prepare(scope, asked)
            if lasting and prepared.kind is OperationType.SUBSCRIPTION:
                return await self._subscribe(prepared, media_type, faults)
            no_subscription(prepared)
        except RequestError as error:
            return refusal(error, media_type)
        except DocumentRejected as rejected:
            errors = of_document(rejected.errors, rejected.code)
            return error_answer(status_of(rejected.code, media_type), errors, media_type)
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            return error_answer(500, [faults.unexpected(error)], media_type)
        mutation = prepared.kind is OperationType.MUTATION
        if mutation and scope["method"] == "GET":
            raise HttpRefused(405, "Send a mutation by POST.", (b"allow", b"POST"))
        execution = self._execute(prepared, media_type, faults)
        if mutation:
            return await self._carried_through(execution)
        return await execution

    async def _carried_through(self, execution: Coroutine[Any, Any, Answer]) -> Answer:
        """Run a mutation to its end, whatever becomes of the request that asked for it."""
        task = asyncio.create_task(execution)
        self._mutations.add(task)  # the event loop itself keeps only a weak reference
        task.add_done_callback(self._mutations.discard)
        return await asyncio.shield(task)

    async def _subscribe(
        self, prepared: Prepared, media_type: MediaType, faults: Faults
    ) -> Answer | Results:
        """Begin a subscription; the answer says why it could not."""
        build: Callable[..., list[GraphQLError] | Executor[Any]] = self._executor_class.build  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - untyped there
        executor = build(
            self._schema,
            prepared.document.node,
            context_value=prepared.context,
            raw_variable_values=prepared.asked.variables,
            operation_name=prepared.asked.operation_name,
            hide_suggestions=not self._pipeline.documents.limits.introspection,
            shapes=prepared.document.shapes,
        )
        if isinstance(executor, list):
            outcome = ExecutionResult(None, executor)
        else:
            outcome = await begun(executor, faults)
        return outcome if isinstance(outcome, Results) else told(outcome, media_type, faults)

    async def _execute(self, prepared: Prepared, media_type: MediaType, faults: Faults) -> Answer:
        """Execute the operation and write its result; never raises an `Exception`."""
        try:
            result = execute(
                self._schema,
                prepared.document.node,
                context_value=prepared.context,
                variable_values=prepared.asked.variables,
                operation_name=prepared.asked.operation_name,
                executor_class=self._executor_class,
                hide_suggestions=not self._pipeline.documents.limits.introspection,
                shapes=prepared.document.shapes,
            )
            if not isinstance(result, ExecutionResult):
                result = await result
            return told(result, media_type, faults, prepared.extensions())
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            return error_answer(500, [faults.unexpected(error)], media_type)
