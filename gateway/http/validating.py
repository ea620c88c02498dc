"""Validates a document, at a cost that is bounded whatever the document says.

What grows faster than the document is the comparing of fields that stand under one name, each with
each. graphql-core has a budget for it, of nearly half a second; ours is a tenth of that, which is
still a hundred times what a document that fragments were composed into takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphql import GraphQLError, validate
from graphql.validation.rules import overlapping_fields_can_be_merged as merging

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphql import ASTValidationRule, DocumentNode, GraphQLSchema

MAX_ERRORS: Final = 20
BUDGET: Final = 50_000
"""In graphql-core's units: two for a comparison of two fields."""

merging.MAX_COMPLEXITY_BUDGET = BUDGET  # the library has no other way to say it

_ABORTED = "Validation aborted."


def broken_rules(
    schema: GraphQLSchema,
    document: DocumentNode,
    rules: Sequence[type[ASTValidationRule]],
    *,
    hide_suggestions: bool,
) -> list[GraphQLError]:
    """Return what is wrong about the document; of very much, the first `MAX_ERRORS`."""
    errors = validate(
        schema, document, rules, max_errors=MAX_ERRORS, hide_suggestions=hide_suggestions
    )
    if errors and errors[-1].message == _ABORTED:
        errors[-1] = GraphQLError("The document asks for the same fields too many times.")
    return errors
