"""The GraphQL endpoint, by the GraphQL-over-HTTP specification.

Status codes. A request that is not well-formed gets 4xx in any media type, and so does one that is
refused before it is looked at: 401, 403, 429, 503. Those are the statuses that proxies, retries and
monitors act on. For a well-formed request with an error in its document or variables, the media
type decides: 400 for `application/graphql-response+json`, and 200 for the older `application/json`,
as the specification asks of each. Once execution began the status is 200; errors are in the body.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from graphql import (
    ExecutionResult,
    OperationType,
    execute,  # pyright: ignore[reportUnknownVariableType] - its middleware lacks type arguments
)
from graphql.execution import Executor

from gateway.errors import RequestCode, RequestError
from gateway.http.answering import Answer, deliver, error_answer
from gateway.http.documents import DocumentRejected
from gateway.http.faults import STATUS, Faults, of_document, of_request
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

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from graphql import GraphQLSchema
    from starlette.types import Receive, Scope, Send

    from gateway.http.faults import OnUnexpected
    from gateway.http.pipeline import Prepared

_ALLOWED = (b"allow", b"GET, POST, OPTIONS")


class GraphQLEndpoint:
    """An ASGI application that serves one schema.

    A mutation that has started is carried through even if its caller goes away or the server
    cancels the request; `drain` waits for such mutations.

    The default executor is the plain one, without `@defer` and `@stream`: a tenth faster than
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
        executor_class: type[Executor[Any]] = Executor,
    ) -> None:
        self._schema = schema
        self._pipeline = pipeline
        self._on_unexpected = on_unexpected
        self._max_body_bytes = max_body_bytes
        self._body_seconds = body_seconds
        self._graphiql_html = graphiql_html
        self._executor_class = executor_class
        self._mutations: set[asyncio.Task[Answer]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        headers = headers_of(scope["headers"])
        page = self._graphiql_html is not None and scope["method"] == "GET"
        media_type = negotiate(headers.get(b"accept", b""), html=page)
        try:
            answer = await self._answer(scope, headers, media_type, receive)
        except HttpRefused as refused:
            entry = of_request(RequestError(RequestCode.BAD_USER_INPUT, refused.message))
            shown_as = media_type if media_type is MediaType.GRAPHQL else MediaType.JSON
            answer = error_answer(refused.status, [entry], shown_as, *refused.headers)
        except ClientGone:
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
    ) -> Answer:
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
        return await self._operate(scope, asked, media_type)

    async def _operate(self, scope: Scope, asked: Asked, media_type: MediaType) -> Answer:
        """Answer a well-formed request."""
        faults = Faults(request_id_of(scope), self._on_unexpected)
        try:
            prepared = await self._pipeline.prepare(scope, asked)
            no_subscription(prepared)
        except RequestError as error:
            return _refusal(error, media_type)
        except DocumentRejected as rejected:
            errors = of_document(rejected.errors, rejected.code)
            return error_answer(_status(rejected.code, media_type), errors, media_type)
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
            )
            if not isinstance(result, ExecutionResult):
                result = await result
            told = prepared.extensions()
            more = {} if told is None else {"extensions": told}
            if not result.errors:
                return Answer(200, orjson.dumps({"data": result.data, **more}), media_type)
            errors = faults.of_execution(result.errors)
            # Errors without a path were found before execution: operation name, variables.
            if result.data is None and all(error.path is None for error in result.errors):
                status = _status(errors[0]["extensions"]["code"], media_type)
                return error_answer(status, errors, media_type)
            body = orjson.dumps({"errors": errors, "data": result.data, **more})
            return Answer(200, body, media_type, code=errors[0]["extensions"]["code"])
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            return error_answer(500, [faults.unexpected(error)], media_type)


def _status(code: str, media_type: MediaType) -> int:
    """Return the status of an error that kept the operation from being executed."""
    status = STATUS.get(code, 400)
    return 200 if media_type is MediaType.JSON and status == HTTPStatus.BAD_REQUEST else status


def _refusal(error: RequestError, media_type: MediaType) -> Answer:
    """Return the answer to a request that was refused as a whole."""
    headers: list[tuple[bytes, bytes]] = []
    if error.code is RequestCode.UNAUTHENTICATED:
        headers.append((b"www-authenticate", b"Bearer"))
    if error.code in {RequestCode.THROTTLED, RequestCode.OVERLOADED}:
        seconds = error.retry_after_seconds
        headers.append((b"retry-after", b"%d" % (1 if seconds is None else seconds)))
    status = _status(error.code, media_type)
    return error_answer(status, [of_request(error)], media_type, *headers)
