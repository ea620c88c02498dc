"""The executable schema."""

from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from resolvers.mutation import Mutation
from resolvers.query import Query
from schema.customer import Customer
from schema.redemption import Redemption
from schema.rule import RedemptionRule
from schema.scalars import SCALARS


def build_schema() -> strawberry.Schema:
    """Build the one schema that all callers share."""
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=[Customer, Redemption, RedemptionRule],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
