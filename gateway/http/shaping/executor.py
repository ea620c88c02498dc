"""graphql-core's executor, with plain objects completed by what was prepared for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphql.execution import Executor

from gateway.http.shaping.shapes import selection_of

if TYPE_CHECKING:
    from graphql import GraphQLObjectType, GraphQLResolveInfo
    from graphql.pyutils import Path

    from gateway.http.shaping.shape import Details
    from gateway.http.shaping.shapes import Shapes


class ShapingExecutor(Executor[Any]):
    """Variables, arguments, root fields and every error are graphql-core's own.

    An object below whose selection is plain throughout is completed in one go. If that goes wrong
    in any way, graphql-core completes the same object over again: no root field runs twice.
    """

    def __init__(self, *parts: Any, shapes: Shapes, **options: Any) -> None:  # noqa: ANN401 - handed on
        """`shapes`: those of the document that is executed."""
        super().__init__(*parts, **options)  # pyright: ignore[reportUnknownMemberType] - lacks type arguments
        self._shapes = shapes
        self._known = shapes.of(self.operation, self.variable_values.coerced)

    def complete_object_value(
        self,
        return_type: GraphQLObjectType,
        field_details_list: Details,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,  # noqa: ANN401 - whatever a resolver returned
        position_context: Any,  # noqa: ANN401 - graphql-core's own
    ) -> Any:  # noqa: ANN401 - the same
        """Complete an object."""
        selection = selection_of(return_type, field_details_list)
        try:
            complete = self._known[selection]
        except KeyError:
            complete = self._shapes.prepare(self._known, return_type, field_details_list, self)
        if complete is not None:
            try:
                return complete(result, self, path)
            except Exception:  # noqa: BLE001, S110 - said below, in graphql-core's own words
                pass
        return super().complete_object_value(  # pyright: ignore[reportUnknownMemberType] - the same
            return_type, field_details_list, info, path, result, position_context
        )
