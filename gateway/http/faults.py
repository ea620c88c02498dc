"""What a caller is shown of an error. The one place where exceptions become GraphQL errors.

A `RequestError` is shown as it is. A mistake in the request keeps graphql-core's message. Anything
else is ours: it is reported with its traceback, and shown as "Internal server error" with the
request's id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql import GraphQLError

from gateway.errors import RequestCode, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

    OnUnexpected = Callable[[Exception, str], object]
    """Given each unexpected exception once, with the request's id; it should log both."""

MASKED = "Internal server error"

STATUS: Mapping[str, int] = {
    RequestCode.PARSE_FAILED: 400,
    RequestCode.VALIDATION_FAILED: 400,
    RequestCode.BAD_USER_INPUT: 400,
    RequestCode.PERSISTED_QUERY_NOT_FOUND: 400,
    RequestCode.PERSISTED_QUERY_NOT_SUPPORTED: 400,
    RequestCode.DOCUMENT_NOT_TRUSTED: 400,
    RequestCode.UNAUTHENTICATED: 401,
    RequestCode.FORBIDDEN: 403,
    RequestCode.THROTTLED: 429,
    RequestCode.OVERLOADED: 503,
    RequestCode.INTERNAL: 500,
}

_BAD_VALUE = (ValueError, TypeError, ArithmeticError)
"""What scalars raise on a value that they cannot read."""


def of_request(error: RequestError) -> dict[str, Any]:
    """Return a broken request as an entry of `errors`."""
    extensions: dict[str, Any] = {"code": error.code.value}
    if error.field:
        extensions["field"] = list(error.field)
    if error.retry_after_seconds is not None:
        extensions["retryAfterSeconds"] = error.retry_after_seconds
    return {"message": error.message, "extensions": extensions}


def of_document(errors: Iterable[GraphQLError], code: RequestCode) -> list[dict[str, Any]]:
    """Return the errors of a rejected document as entries of `errors`."""
    return [_located(e, {"message": e.message, "extensions": {"code": code.value}}) for e in errors]


class Faults:
    """Shapes the errors of one request; reports each unexpected exception once."""

    def __init__(self, request_id: str, on_unexpected: OnUnexpected) -> None:
        self._request_id = request_id
        self._on_unexpected = on_unexpected
        self._reported: set[int] = set()

    def of_execution(self, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
        """Return the errors of an execution as entries of `errors`."""
        return [_located(error, self._shaped(error)) for error in errors]

    def unexpected(self, error: Exception) -> dict[str, Any]:
        """Report the exception and return what is shown instead of it."""
        if id(error) not in self._reported:
            self._reported.add(id(error))
            self._on_unexpected(error, self._request_id)
        extensions = {"code": RequestCode.INTERNAL.value, "requestId": self._request_id}
        return {"message": MASKED, "extensions": extensions}

    def _shaped(self, error: GraphQLError) -> dict[str, Any]:
        inner, cause = _unwrapped(error)
        if isinstance(cause, RequestError):
            shaped = of_request(cause)
            shaped["message"] = _prefix(error) + cause.message
            return shaped
        if cause is not None and (error.path is not None or not isinstance(cause, _BAD_VALUE)):
            return self.unexpected(cause)
        if cause is None and error.path is not None and _is_about_a_result(inner):
            return self.unexpected(inner)
        message = error.message if cause is None else f"{_prefix(error)}The value is not valid."
        extensions = {"code": RequestCode.BAD_USER_INPUT.value, **(error.extensions or {})}
        return {"message": message, "extensions": extensions}


def _unwrapped(error: GraphQLError) -> tuple[GraphQLError, Exception | None]:
    """Return the innermost GraphQL error and, if it wraps one, the exception of another kind."""
    while isinstance(error.original_error, GraphQLError):
        error = error.original_error
    return error, error.original_error


def _prefix(error: GraphQLError) -> str:
    """Return the "Variable '$x' has invalid value at 'a.b': " of an error, if it has one."""
    inner = error.original_error
    if isinstance(inner, GraphQLError) and error.message.endswith(inner.message):
        return error.message.removesuffix(inner.message)
    return ""


def _is_about_a_result(error: GraphQLError) -> bool:
    """Say whether a resolver's answer did not fit its type, which no caller can have caused."""
    traceback: TracebackType | None = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_name == "complete_leaf_value":
            return True
        traceback = traceback.tb_next
    return False


def _located(error: GraphQLError, shaped: dict[str, Any]) -> dict[str, Any]:
    """Add where the error is, in the document and in the answer."""
    if error.locations:
        shaped["locations"] = [{"line": at.line, "column": at.column} for at in error.locations]
    if error.path is not None:
        shaped["path"] = error.path
    return shaped
