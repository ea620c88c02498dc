"""What subscriptions tell of."""

from __future__ import annotations

import strawberry

from gateway.ledger.reads import Snapshot
from gateway.loaders import Loaded
from gateway.services.directory import Known
from schema.balance import PointsBalance, StoreCredit, points_balance, store_credit
from schema.customer import Customer, customer
from schema.describe import about


@strawberry.type(description="A customer's balances, as they are at this moment.")
class PointsChanged:
    """A customer's balances, as they are at this moment."""

    sequence: int = about(
        "Grows with every movement of the customer's points or store credit. It may jump: several"
        " changes in quick succession are told once, as the latest state."
    )
    points: PointsBalance = about("The customer's loyalty points now.")
    store_credit: StoreCredit = about("The customer's store credit now.")
    customer: Customer = about("The customer, for whatever else is to be shown with it.")


def points_changed(snapshot: Snapshot) -> PointsChanged:
    """The outside form of a reading."""
    program = snapshot.program
    return PointsChanged(
        sequence=snapshot.sequence,
        points=points_balance(snapshot.coins, program),
        store_credit=store_credit(snapshot.credits, program.currency),
        customer=customer(
            snapshot.merchant_id,
            Known(snapshot.customer_id, snapshot.external_id),
            Loaded(known_balances=(snapshot.coins, snapshot.credits, program)),
        ),
    )
