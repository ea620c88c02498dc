"""Which offer is best, and what to say when none can be used."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.errors import Code, Refusal
from gateway.rules.offer import Evaluation, Offer


def rank(offers: Iterable[Offer]) -> Evaluation:
    """Put the offers in order, the usable ones first.

    Usable: largest discount, then fewest points, then lowest priority, then oldest. The others
    follow by priority and age. `refusals` is filled only when no offer can be used, one a code.
    """
    ordered = tuple(sorted(offers, key=_standing))
    if ordered and ordered[0].eligible:
        return Evaluation(offers=ordered)
    reasons: dict[Code, Refusal] = {}
    for offer in ordered:
        if offer.refusal is not None:
            reasons.setdefault(offer.refusal.code, offer.refusal)
    return Evaluation(offers=ordered, refusals=tuple(reasons.values()))


def _standing(offer: Offer) -> tuple[bool, int, int, int, int, int]:
    # A refused offer has no discount and no points, so only priority and age decide among them.
    rule = offer.rule
    return (
        not offer.eligible,
        -offer.discount_minor,
        offer.points,
        rule.priority,
        rule.created_at,
        rule.id,
    )
