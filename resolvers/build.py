"""The executable schema."""

from __future__ import annotations

from typing import cast

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from resolvers.direct import shorten
from resolvers.mutation import Mutation
from resolvers.query import Query
from resolvers.subscription import Subscription
from schema.customer import Customer
from schema.earning import EarningRule
from schema.order import Order
from schema.redemption import Redemption
from schema.rule import RedemptionRule
from schema.scalars import SCALARS


def build_schema() -> strawberry.Schema:
    """Build the one schema that all callers share."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[Customer, Order, Redemption, RedemptionRule, EarningRule],
        config=StrawberryConfig(scalar_map=cast("dict[object, ScalarDefinition]", SCALARS)),
    )


def executable(schema: strawberry.Schema, *, federation: bool = False) -> GraphQLSchema:
    """The graphql-core schema inside: the HTTP door executes on it directly.

    With `federation` it is a subgraph: a router asks it for `_entities` and `_service`.
    """
    direct = shorten(schema._schema)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - no public name
    if not federation:
        return direct
    from resolvers.subgraph import as_subgraph  # noqa: PLC0415 - only for a subgraph
    from schema.subgraph import subgraph_sdl  # noqa: PLC0415 - the same

    return as_subgraph(direct, lambda: subgraph_sdl(schema.as_str()))
