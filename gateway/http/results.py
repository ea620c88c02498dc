"""The results of one subscription, written one by one as they are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import orjson
from graphql import ExecutionResult
from graphql.execution import (
    create_source_event_stream,  # pyright: ignore[reportUnknownVariableType] - lacks type arguments
    execute_subscription_event,  # pyright: ignore[reportUnknownVariableType] - the same
)

from gateway.errors import RequestCode, RequestError
from gateway.http.faults import of_request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from graphql.execution import Executor

    from gateway.http.faults import Faults


def written(
    result: ExecutionResult, faults: Faults, extensions: dict[str, Any] | None = None
) -> tuple[bytes, str]:
    """Return an execution's result as JSON, with the code of its first error; "": there is none.

    Its errors are shaped for the caller.
    """
    more = {} if extensions is None else {"extensions": extensions}
    if not result.errors:
        return orjson.dumps({"data": result.data, **more}), ""
    errors = faults.of_execution(result.errors)
    code = errors[0]["extensions"]["code"]
    return orjson.dumps({"errors": errors, "data": result.data, **more}), code


class Ended(Exception):  # noqa: N818 - it ends a subscription; often that is no fault
    """Nothing more will come, for these reasons; `again`: the client may ask anew at once."""

    def __init__(self, errors: list[dict[str, Any]], *, again: bool = False) -> None:
        super().__init__("the subscription has ended")
        self.errors = orjson.dumps(errors)
        self.again = again


class Results:
    """An open subscription. Nothing is read ahead: a result is made when it can be sent.

    To be closed with `aclose`. Waiting for the next result may be cancelled.
    """

    def __init__(
        self, executor: Executor[Any], source: AsyncIterator[object], faults: Faults
    ) -> None:
        self._build: Callable[[object], Executor[Any]] = executor.build_per_event_executor  # pyright: ignore[reportUnknownMemberType] - the same
        self._source = source
        self._faults = faults

    async def next(self) -> bytes | None:
        """Return the next result as JSON, None after the last. Raises Ended."""
        try:
            event = await anext(self._source, None)
            if event is None:
                return None
            result = execute_subscription_event(self._build(event))
            if not isinstance(result, ExecutionResult):
                result = await result
            return written(result, self._faults)[0]
        except RequestError as error:
            again = error.code is RequestCode.OVERLOADED
            raise Ended([of_request(error)], again=again) from None
        except Exception as error:  # noqa: BLE001 - reported, and masked for the caller
            raise Ended([self._faults.unexpected(error)]) from None

    async def aclose(self) -> None:
        """Let the source go; safe to repeat."""
        close = getattr(self._source, "aclose", None)
        if close is not None:
            await close()


async def begun(executor: Executor[Any], faults: Faults) -> Results | ExecutionResult:
    """Begin a subscription; an `ExecutionResult` says why it could not."""
    source = create_source_event_stream(executor)
    if not isinstance(source, ExecutionResult) and hasattr(source, "__await__"):
        source = await cast("Awaitable[AsyncIterator[object] | ExecutionResult]", source)
    if isinstance(source, ExecutionResult):
        return source
    return Results(executor, aiter(cast("AsyncIterator[object]", source)), faults)
