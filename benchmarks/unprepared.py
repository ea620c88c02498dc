"""`python -m benchmarks.unprepared serve …`: the gateway, executing by graphql-core alone."""

from __future__ import annotations

from typing import Any

from graphql.execution import Executor

from gateway.cli import main
from gateway.http import graphql


class Alone(Executor[Any]):
    """graphql-core's executor, which has no use for what could be prepared."""

    def __init__(self, *parts: Any, shapes: object, **options: Any) -> None:  # noqa: ANN401 - handed on
        del shapes
        super().__init__(*parts, **options)  # pyright: ignore[reportUnknownMemberType] - lacks type arguments


if __name__ == "__main__":
    setattr(graphql, "ShapingExecutor", Alone)  # noqa: B010 - a type checker would not have it
    main()
