"""Earning in worked numbers: a point per ₹10, and why an order brings none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import Code
from gateway.rules.earning import Earner, EarnOffer, Sale, award_rule, earn, earned
from gateway.rules.earning_rules import NO_EARNING, Earning, EarningKind, EarningRule, Tier
from gateway.rules.facts import CartLine
from gateway.rules.program import MAX_SAFE_INTEGER
from tests.rules.build import NOW

GOLD = Tier("Gold", 1_000, 15_000)
RULE = EarningRule(
    id=1, version=1, name="A point per ₹10", kind=EarningKind.ORDER, points=1, per_minor=1_000
)
LINES = (CartLine("shoe", 30_000, 1, ("sale",)), CartLine("sock", 20_000))


def rule(**changes: object) -> EarningRule:
    return replace(RULE, **changes)


def fixed(kind: EarningKind = EarningKind.CAMPAIGN, **changes: object) -> EarningRule:
    return replace(RULE, kind=kind, per_minor=0, **{"points": 50, **changes})


def sale(total: int = 50_000, paid: int | None = None, lines: object = None) -> Sale:
    return Sale(total_minor=total, paid_minor=total if paid is None else paid, lines=lines)  # pyright: ignore[reportArgumentType]


def offered(
    one: EarningRule, an_order: Sale | None = None, earner: Earner | None = None, **settings: object
) -> EarnOffer:
    earning = replace(Earning(rules=(one,), tiers=(GOLD,)), **settings)
    (offer,) = earn(earning, an_order or sale(), earner or Earner(), NOW)
    return offer


def why(offer: EarnOffer) -> tuple[Code, int | None]:
    assert offer.refusal is not None
    assert offer.points == 0
    return offer.refusal.code, offer.refusal.shortfall_minor


@pytest.mark.parametrize(
    ("an_order", "points", "spend"),
    [
        (sale(), 50, 50_000),
        (sale(paid=40_000), 40, 40_000),
        (sale(50_999), 50, 50_999),
        (sale(lines=LINES), 50, 50_000),
        (sale(60_000, lines=LINES), 50, 50_000),
        (sale(paid=33_333, lines=LINES), 33, 33_333),
        (sale(40_000, lines=LINES), 40, 40_000),
    ],
)
def test_points_are_for_what_was_paid_of_the_lines(an_order: Sale, points: int, spend: int):
    """What is in the total but in no line, such as shipping, earns nothing once lines are told."""
    offer = offered(RULE, an_order)
    assert (offer.points, offer.spend_minor, offer.refusal) == (points, spend, None)


def test_the_tier_multiplies_and_is_rounded_once():
    """₹19.90 at 1.5 is 2.985 points: 2. Rounded before, it were 1."""
    order = sale(1_990)
    assert offered(RULE, order, Earner("Gold")).points == 2
    assert offered(RULE, order, Earner("Silver")).points == 1
    assert offered(rule(tier_multiplied=False), order, Earner("Gold")).points == 1
    assert offered(RULE, order, Earner("Gold")).multiplier_bp == 15_000


def test_what_points_paid_is_shared_by_all_lines():
    """₹100 of ₹500 in points: shoes for ₹300 count as ₹240."""
    offer = offered(rule(product_ids=frozenset({"shoe"})), sale(paid=40_000, lines=LINES))
    assert (offer.points, offer.spend_minor) == (24, 24_000)


@pytest.mark.parametrize(
    ("changes", "settings", "points"),
    [
        ({"product_ids": frozenset({"sock"})}, {}, 20),
        ({"collection_ids": frozenset({"sale"})}, {}, 30),
        ({"excluded_product_ids": frozenset({"sock"})}, {}, 30),
        ({"excluded_collection_ids": frozenset({"sale"})}, {}, 20),
        ({}, {"excluded_product_ids": frozenset({"shoe"})}, 20),
        ({}, {"excluded_collection_ids": frozenset({"sale"})}, 20),
        (
            {"product_ids": frozenset({"shoe", "sock"})},
            {"excluded_collection_ids": frozenset({"sale"})},
            20,
        ),
    ],
)
def test_only_what_is_covered_and_not_excluded_earns(
    changes: dict[str, Any], settings: dict[str, Any], points: int
):
    assert offered(rule(**changes), sale(lines=LINES), **settings).points == points


def test_without_lines_all_counts_and_a_rule_for_products_gives_nothing():
    excluding = rule(excluded_product_ids=frozenset({"shoe"}))
    assert offered(excluding).points == 50
    naming = rule(product_ids=frozenset({"shoe"}))
    assert why(offered(naming)) == (Code.NO_ELIGIBLE_ITEMS, None)


@pytest.mark.parametrize("one", [RULE, fixed()])
@pytest.mark.parametrize("an_order", [sale(0), sale(lines=()), sale(lines=(CartLine("x", 0),))])
def test_an_order_of_nothing_earns_nothing(one: EarningRule, an_order: Sale):
    assert why(offered(one, an_order)) == (Code.NO_ELIGIBLE_ITEMS, None)


def test_a_window_is_open_from_its_start_and_before_its_end():
    for changes, is_open in (
        ({"starts_at": NOW}, True),
        ({"starts_at": NOW + 1}, False),
        ({"ends_at": NOW + 1}, True),
        ({"ends_at": NOW}, False),
    ):
        offer = offered(rule(**changes))
        assert (offer.refusal is None) is is_open
        assert is_open or why(offer) == (Code.RULE_INACTIVE, None)


def test_gates_are_asked_in_their_order():
    """A rule that everything speaks against names the first; each cure shows the next."""
    one = fixed(
        EarningKind.FIRST_ORDER,
        ends_at=NOW,
        tiers=frozenset({"Gold"}),
        product_ids=frozenset({"shoe"}),
        minimum_order_minor=60_000,
    )
    found = [why(offered(one))]
    one = replace(one, ends_at=None)
    found.append(why(offered(one)))
    found.append(why(offered(one, earner=Earner("Gold"))))
    earner = Earner("Gold", first_order=True)
    found.append(why(offered(one, earner=earner)))
    found.append(why(offered(one, sale(lines=LINES), earner)))
    assert found == [
        (Code.RULE_INACTIVE, None),
        (Code.CUSTOMER_NOT_ELIGIBLE, None),
        (Code.NOT_FIRST_ORDER, None),
        (Code.NO_ELIGIBLE_ITEMS, None),
        (Code.MIN_CART_NOT_REACHED, 10_000),
    ]
    one = replace(one, minimum_order_minor=50_000)
    assert offered(one, sale(lines=LINES), earner).points == 50


def test_too_little_for_a_point_says_how_much_is_missing():
    assert why(offered(RULE, sale(999))) == (Code.BELOW_ONE_POINT, 1)
    assert offered(RULE, sale(999), Earner("Gold")).points == 1
    assert why(offered(RULE, sale(600), Earner("Gold"))) == (Code.BELOW_ONE_POINT, 67)
    assert why(offered(RULE, sale(50_000, paid=0))) == (Code.BELOW_ONE_POINT, 1_000)


def test_what_no_order_could_make_up_for_is_not_told():
    dear = rule(per_minor=MAX_SAFE_INTEGER)
    assert why(offered(dear, sale(1))) == (Code.BELOW_ONE_POINT, MAX_SAFE_INTEGER - 1)
    half = sale(2, lines=(CartLine("x", 1),))
    assert why(offered(dear, half)) == (Code.BELOW_ONE_POINT, None)


def test_an_order_that_points_alone_paid_brings_no_fixed_bonus():
    """Else a bonus would pay for the next order, that for the next bonus, and so on."""
    assert why(offered(fixed(), sale(paid=0))) == (Code.MIN_CART_NOT_REACHED, 1)
    assert offered(fixed(), sale(paid=1)).points == 50


def test_all_rules_for_orders_add_up_and_the_others_are_not_asked():
    earning = Earning(rules=(RULE, fixed(EarningKind.SIGN_UP), fixed(id=2, points=7)))
    offers = earn(earning, sale(), Earner(), NOW)
    assert [offer.points for offer in offers] == [50, 7]
    assert earned(offers) == 57
    assert earn(NO_EARNING, sale(), Earner(), NOW) == ()
    assert earned(()) == 0


def test_no_sum_is_above_what_can_be_counted_exactly():
    much = rule(points=MAX_SAFE_INTEGER, per_minor=1)
    earning = Earning(rules=(much, replace(much, id=2)))
    offers = earn(earning, sale(MAX_SAFE_INTEGER), Earner(), NOW)
    assert [offer.points for offer in offers] == [MAX_SAFE_INTEGER] * 2
    assert earned(offers) == MAX_SAFE_INTEGER


def test_an_award_is_the_rule_with_most_points_that_fits():
    kind = EarningKind.BIRTHDAY
    small = fixed(kind, id=1, points=10, created_at=1)
    old, new = (fixed(kind, id=n, points=20, created_at=n) for n in (2, 3))
    golden = fixed(kind, id=4, points=90, tiers=frozenset({"Gold"}))
    over = fixed(kind, id=5, points=99, ends_at=NOW)
    earning = Earning(rules=(RULE, small, new, old, golden, over))
    assert award_rule(earning, kind, Earner(), NOW) == old
    assert award_rule(earning, kind, Earner("Gold"), NOW) == golden
    assert award_rule(earning, EarningKind.SIGN_UP, Earner(), NOW) is None
