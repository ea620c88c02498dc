"""From what came of an operation to the HTTP answer that tells of it: status, headers, body."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from gateway.errors import RequestCode, RequestError
from gateway.http.answering import Answer, error_answer
from gateway.http.faults import STATUS, Faults, of_request
from gateway.http.negotiation import MediaType
from gateway.http.results import written

if TYPE_CHECKING:
    from graphql import ExecutionResult


def told(
    result: ExecutionResult,
    media_type: MediaType,
    faults: Faults,
    extensions: dict[str, Any] | None = None,
) -> Answer:
    """Return the answer that an execution's result makes."""
    # Errors without a path were found before execution: operation name, variables.
    early = result.data is None and all(error.path is None for error in result.errors or ())
    if result.errors and early:
        errors = faults.of_execution(result.errors)
        return error_answer(
            status_of(errors[0]["extensions"]["code"], media_type), errors, media_type
        )
    body, code = written(result, faults, extensions)
    return Answer(200, body, media_type, code=code)


def status_of(code: str, media_type: MediaType) -> int:
    """Return the status of an error that kept the operation from being executed."""
    status = STATUS.get(code, 400)
    return 200 if media_type is MediaType.JSON and status == HTTPStatus.BAD_REQUEST else status


def refusal(error: RequestError, media_type: MediaType) -> Answer:
    """Return the answer to a request that was refused as a whole."""
    status = status_of(error.code, media_type)
    return error_answer(status, [of_request(error)], media_type, *headers_for(error))


def headers_for(error: RequestError) -> list[tuple[bytes, bytes]]:
    """Return what a refused request is told in headers: how to identify, when to come back."""
    headers: list[tuple[bytes, bytes]] = []
    if error.code is RequestCode.UNAUTHENTICATED:
        headers.append((b"www-authenticate", b"Bearer"))
    if error.code in {RequestCode.THROTTLED, RequestCode.OVERLOADED}:
        seconds = error.retry_after_seconds
        headers.append((b"retry-after", b"%d" % (1 if seconds is None else seconds)))
    return headers
