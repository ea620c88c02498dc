"""The index of subscriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator

import strawberry

from resolvers import changes
from schema.changes import PointsChanged


@strawberry.type(description="What can be followed as it happens. Each field says who may.")
class Subscription:
    """What can be followed as it happens."""

    points_changed: AsyncIterator[PointsChanged] = strawberry.subscription(
        resolver=changes.points_changed,
        description="The customer's balances: at once, and again after each change. What changes in"
        " quick succession comes as its latest state. Customer token (itself only).",
    )
