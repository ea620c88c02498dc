"""Reading a customer with balances, as of now, without changing anything.

A snapshot is advice for a screen: nothing is decided on it. It is exact as of its time: what the
clock has made due since the last command is settled in memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from gateway.ledger.commands import EMPTY, Balance, Wallet
from gateway.ledger.movements import Desk
from gateway.ledger.settle import settle
from gateway.ledger.state import Account, Allocation, Holder, State
from gateway.rules.program import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Which customer, by one of the two keys; `cart_id`: also what is held for that cart."""

    merchant_id: int
    external_id: str | None = None
    customer_id: int | None = None
    cart_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A customer as of one moment, with the merchant's program of that moment."""

    merchant_id: int
    customer_id: int
    external_id: str
    tier: str | None
    tags: frozenset[str]
    coins: Balance
    credits: Balance
    coins_for_cart: int
    """Points spendable on the cart: available, and what is already held for this very cart."""
    credits_for_cart: int
    """The same of store credit, in minor units."""
    program: Program
    sequence: int
    """Grows with every journal entry of the customer."""


def settled(holder: Holder, state: State, now: int) -> Holder:
    """The holder with all that is due at `now` done, in memory only."""
    settle(Desk(state, now), holder)
    return holder


def from_holder(
    holder: Holder, external_id: str, cart_id: str, program: Program, now: int
) -> Snapshot:
    """The snapshot of a fully loaded customer."""
    held = holder.held_for(cart_id) if cart_id else None
    coins, credit = holder.balance(Wallet.COINS), holder.balance(Wallet.CREDITS)
    return Snapshot(
        merchant_id=holder.merchant_id,
        customer_id=holder.customer_id,
        external_id=external_id,
        tier=holder.tier,
        tags=holder.tags,
        coins=coins,
        credits=credit,
        coins_for_cart=coins.available + holder.releasable(held, Wallet.COINS, now),
        credits_for_cart=credit.available + holder.releasable(held, Wallet.CREDITS, now),
        program=program,
        sequence=holder.position,
    )


def light_snapshot(
    lookup: Lookup,
    customer: Sequence[Any],
    accounts: Sequence[Account],
    held: Sequence[Allocation],
    program: Program,
    now: int,
) -> Snapshot | None:
    """The snapshot from the stored balances alone; None when something is due, so they are stale.

    `customer` is id, external id, tier and tags; `held` is what the redemption of the lookup's
    cart holds now.
    """
    coins = credit = EMPTY
    for account in accounts:
        if account.next_due_at is not None and account.next_due_at <= now:
            return None
        if account.wallet is Wallet.COINS:
            coins = account.balance()
        else:
            credit = account.balance()
    back = {Wallet.COINS: 0, Wallet.CREDITS: 0}
    for allocation in held:
        if allocation.expires_at is None or allocation.expires_at > now:
            back[allocation.wallet] += allocation.amount
    customer_id, external_id, tier, tags = customer
    return Snapshot(
        merchant_id=lookup.merchant_id,
        customer_id=customer_id,
        external_id=external_id,
        tier=tier,
        tags=frozenset(orjson.loads(tags)) if tags != "[]" else frozenset(),
        coins=coins,
        credits=credit,
        coins_for_cart=coins.available + back[Wallet.COINS],
        credits_for_cart=credit.available + back[Wallet.CREDITS],
        program=program,
        sequence=sum(account.sequence for account in accounts),
    )
