"""What a cart would earn, now. The ledger is read, never written."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.errors import Code, Refusal
from gateway.rules.earning import (
    Earner,
    EarnOffer,
    Sale,
    earn,
    earned,
    expires_at,
    in_force,
)
from gateway.rules.earning_rules import Earning, EarningKind
from gateway.rules.program import Program
from gateway.services.customers import CustomerRef
from gateway.services.previews import MICROSECONDS, read_customer
from gateway.services.programs import program_in_force
from gateway.services.runtime import Runtime
from gateway.services.standings import has_ordered

NEWCOMER = Earner(first_order=True)
"""Whoever is not known has not ordered yet: no tier, no tags, and the first order to come."""


@dataclass(frozen=True, slots=True)
class Expiring:
    """What one rule gives, and when that expires. None: never, or it is nothing."""

    offer: EarnOffer
    expires_at: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EarnPreview:
    """What an order of this moment would earn; `refusals` say why nothing, what helps first."""

    program: Program
    points: int
    available_at: int
    offers: tuple[Expiring, ...] = ()
    refusals: tuple[Refusal, ...] = ()


async def earn_preview(
    runtime: Runtime, merchant_id: int, who: CustomerRef | None, sale: Sale, *, may_be_new: bool
) -> EarnPreview:
    """What this customer would earn with this cart. Changes nothing.

    Without `who` it is a newcomer; and so is one that is not there, where it `may_be_new`.
    """
    earner, program = NEWCOMER, None
    if who is not None:
        snapshot = await read_customer(runtime, merchant_id, who)
        if snapshot is not None:
            program = snapshot.program
            runtime.directory.remember(merchant_id, snapshot.external_id, snapshot.customer_id)
            first = await _is_first(program, merchant_id, snapshot.customer_id, runtime.clock())
            earner = Earner(snapshot.tier, snapshot.tags, first)
    known = program is not None or who is None or may_be_new
    if program is None:
        program = await program_in_force(runtime.programs, merchant_id)
    now = runtime.clock()
    available_at = now + program.earning.return_window_seconds * MICROSECONDS
    if not known:
        missing = Refusal(Code.CUSTOMER_NOT_FOUND, field=("customer",))
        return EarnPreview(
            program=program, points=0, available_at=available_at, refusals=(missing,)
        )
    offers = earn(program.earning, sale, earner, now)
    points = earned(offers)
    return EarnPreview(
        program=program,
        points=points,
        available_at=available_at,
        offers=tuple(expiring(program.earning, each, available_at) for each in offers),
        refusals=() if points else reasons(offers),
    )


async def _is_first(program: Program, merchant_id: int, customer_id: int, now: int) -> bool:
    """Whether it would be the first order; asked only where a rule wants to know."""
    asked = any(
        rule.kind is EarningKind.FIRST_ORDER and in_force(rule, now)
        for rule in program.earning.rules
    )
    return asked and not await has_ordered(merchant_id, customer_id)


def expiring(earning: Earning, offer: EarnOffer, available_at: int) -> Expiring:
    """The offer, with when its points expire."""
    until = expires_at(earning, offer.rule, available_at) if offer.points else None
    return Expiring(offer, until)


def reasons(offers: tuple[EarnOffer, ...]) -> tuple[Refusal, ...]:
    """One a code: first what more spend would cure, the least of it, and last what is over."""
    if not offers:
        return (Refusal(Code.NO_RULE_CONFIGURED),)
    refusals = [each.refusal for each in offers if each.refusal is not None]
    refusals.sort(key=_usefulness)
    found: dict[Code, Refusal] = {}
    for refusal in refusals:
        found.setdefault(refusal.code, refusal)
    return tuple(found.values())


def _usefulness(refusal: Refusal) -> tuple[bool, bool, int]:
    missing = refusal.shortfall_minor
    return missing is None, refusal.code is Code.RULE_INACTIVE, missing or 0
