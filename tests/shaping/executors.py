"""graphql-core alone, and both ways at once."""

from __future__ import annotations

from typing import Any

import orjson
from graphql.execution import Executor

from gateway.http.shaping.executor import ShapingExecutor


class Alone(Executor[Any]):
    """graphql-core without anything prepared: what every answer is held against."""

    def __init__(self, *parts: Any, shapes: object, **options: Any) -> None:
        super().__init__(*parts, **options)


class Both(ShapingExecutor):
    """Completes every object both ways: for mutations, which must run once."""

    compared = 0

    def complete_object_value(self, *parts: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] - handed on
        done = super().complete_object_value(*parts)
        if self.is_awaitable(done):
            return done
        before = list(self.collected_errors.errors)
        plain = Executor[Any].complete_object_value(self, *parts)
        assert self.collected_errors.errors == before
        assert orjson.dumps(done) == orjson.dumps(plain)
        Both.compared += 1
        return done
