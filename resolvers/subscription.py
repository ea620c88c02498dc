"""The index of subscriptions."""

from __future__ import annotations

from collections.abc import AsyncIterator

import strawberry

from resolvers import changes, whatif
from schema.changes import PointsChanged
from schema.whatif import WhatIfProgress


@strawberry.type(description="What can be followed as it happens. Each field says who may.")
class Subscription:
    """What can be followed as it happens."""

    points_changed: AsyncIterator[PointsChanged] = strawberry.subscription(
        resolver=changes.points_changed,
        description="The customer's balances: at once, and again after each change. What changes in"
        " quick succession comes as its latest state. Customer token (itself only).",
    )
    what_if: AsyncIterator[WhatIfProgress] = strawberry.subscription(
        resolver=whatif.what_if,
        description="A rule before it is published, tried on the carts and orders of the last days:"
        " what it would have cost, and who gains and loses. Changes nothing. Tells how far it is,"
        " and ends with the result. Admin key; owners and managers.",
    )
