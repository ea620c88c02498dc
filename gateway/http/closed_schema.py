"""What keeps the schema to itself where introspection is off."""

from __future__ import annotations

from typing import Final

from graphql import (
    ASTValidationRule,
    FieldNode,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    ValidationRule,
)

SERVICE: Final = "_service"
"""The field with which a federation subgraph shows its schema."""


class NoServiceSdlRule(ValidationRule):
    """Refuses `_service` as `__schema` is refused: it would answer the same by another name."""

    def enter_field(self, node: FieldNode, *_: object) -> None:
        """Report the field wherever it stands on the query type."""
        if node.name.value == SERVICE and self.context.get_field_def() is not None:
            text = "GraphQL introspection has been disabled, and with it the field '_service'."
            self.report_error(GraphQLError(text, node))


CLOSED_SCHEMA: Final[tuple[type[ASTValidationRule], ...]] = (
    NoSchemaIntrospectionCustomRule,
    NoServiceSdlRule,
)
"""The rules to add to a document's validation."""
