"""Redemption rules: versions, conflicts, the archive, and which rules cannot be."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import Any

import pytest

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.rules.program import NO_MINIMUM, MinimumPayment, MinimumPaymentKind, RuleKind
from gateway.services import rules
from gateway.services.programs import current_program
from gateway.services.rules import (
    RuleDraft,
    archive_rule,
    create_rule,
    find_rule,
    list_rules,
    update_rule,
    validate_draft,
)
from tests.services.making import DRAFT, NOW, draft, said

AMOUNT, FIXED, PERCENT, FIXED_PERCENT = (
    RuleKind.VARIABLE_AMOUNT,
    RuleKind.FIXED_AMOUNT,
    RuleKind.VARIABLE_PERCENT,
    RuleKind.FIXED_PERCENT,
)
FULL = RuleDraft(
    name="Geschenk – उपहार \u200d",
    kind=PERCENT,
    points=50,
    percent_bp=500,
    minimum_points=100,
    maximum_discount_minor=10_000,
    maximum_percent_bp=2_000,
    minimum_cart_minor=50_000,
    cart_multiplier_bp=30_000,
    product_ids=frozenset({"p/1", "p 2", "é"}),
    collection_ids=frozenset({"c"}),
    tiers=frozenset({"GOLD"}),
    tags=frozenset({"vip", 'say "hi"'}),
    starts_at=NOW,
    ends_at=NOW + 1,
    priority=-3,
    minimum_payment=MinimumPayment(MinimumPaymentKind.PERCENT, 1_250),
)


def drafted(rule: object) -> dict[str, Any]:
    return {field.name: getattr(rule, field.name) for field in fields(RuleDraft)}


@pytest.mark.parametrize("wish", [DRAFT, FULL, draft(minimum_payment=NO_MINIMUM)])
async def test_a_rule_is_kept_and_published_as_it_was_drafted(
    shop: int, ids: IdMaker, wish: RuleDraft
):
    view = await create_rule(shop, wish, NOW, ids)
    assert drafted(view.rule) == drafted(wish)
    assert (view.rule.version, view.rule.created_at) == (1, NOW)
    assert (view.edited_at, view.archived_at) == (NOW, None)
    assert await find_rule(shop, view.rule.id) == view
    program = await current_program(shop)
    assert (program.version, program.rules) == (2, (view.rule,))


async def test_an_edit_is_the_next_version_and_the_old_one_stays_readable(shop: int, ids: IdMaker):
    old = await create_rule(shop, DRAFT, NOW, ids)
    new = await update_rule(shop, old.rule.id, 1, FULL, NOW + 5)
    assert drafted(new.rule) == drafted(FULL)
    assert (new.rule.id, new.rule.version) == (old.rule.id, 2)
    assert (new.rule.created_at, new.edited_at) == (NOW, NOW + 5)
    assert await find_rule(shop, old.rule.id) == new
    assert await find_rule(shop, old.rule.id, 1) == old
    assert await find_rule(shop, old.rule.id, 3) is None
    assert (await current_program(shop)).rules == (new.rule,)
    assert await list_rules(shop, archived=True) == [new]


async def test_an_edit_of_a_stale_version_changes_nothing(shop: int, ids: IdMaker):
    rule_id = (await create_rule(shop, DRAFT, NOW, ids)).rule.id
    await update_rule(shop, rule_id, 1, draft(points=2), NOW)
    before = await current_program(shop)
    for version in (0, 1, 3):
        with pytest.raises(LoyaltyError) as caught:
            await update_rule(shop, rule_id, version, FULL, NOW)
        assert said(caught.value) == (Code.VERSION_CONFLICT, "version")
    assert await current_program(shop) == before


async def test_of_edits_of_one_version_at_the_same_time_one_wins(shop: int, ids: IdMaker):
    rule_id = (await create_rule(shop, DRAFT, NOW, ids)).rule.id
    edits = (update_rule(shop, rule_id, 1, draft(points=n), NOW) for n in range(1, 9))
    answers = await asyncio.gather(*edits, return_exceptions=True)
    won = [answer for answer in answers if not isinstance(answer, BaseException)]
    lost = [said(answer)[0] for answer in answers if isinstance(answer, LoyaltyError)]
    assert len(won) == 1
    assert lost == [Code.VERSION_CONFLICT] * 7
    program = await current_program(shop)
    assert (program.version, program.rules) == (3, (won[0].rule,))


async def test_an_archived_rule_leaves_the_program_for_good(shop: int, ids: IdMaker):
    kept = await create_rule(shop, draft(priority=1), NOW, ids)
    old = await create_rule(shop, DRAFT, NOW, ids)
    rule_id = old.rule.id
    await update_rule(shop, rule_id, 1, draft(points=2), NOW)
    gone = await archive_rule(shop, rule_id, NOW + 5)
    assert (gone.rule.version, gone.archived_at) == (2, NOW + 5)
    assert (await current_program(shop)).rules == (kept.rule,)
    assert await list_rules(shop, archived=False) == [kept]
    assert await list_rules(shop, archived=True) == [gone, kept]
    assert await find_rule(shop, rule_id, 1) == replace(old, archived_at=NOW + 5)
    with pytest.raises(LoyaltyError) as caught:
        await update_rule(shop, rule_id, 2, DRAFT, NOW)
    assert said(caught.value)[0] is Code.RULE_INACTIVE


async def test_archiving_again_changes_nothing(shop: int, ids: IdMaker):
    rule_id = (await create_rule(shop, DRAFT, NOW, ids)).rule.id
    views = [await archive_rule(shop, rule_id, NOW + n) for n in (5, 6)]
    assert views[0] == views[1]
    assert (await current_program(shop)).version == 3


async def test_archiving_at_the_same_time_keeps_the_first_time(shop: int, ids: IdMaker):
    rule_id = (await create_rule(shop, DRAFT, NOW, ids)).rule.id
    views = await asyncio.gather(*(archive_rule(shop, rule_id, NOW + n) for n in range(5)))
    assert len({view.archived_at for view in views}) == 1
    assert await find_rule(shop, rule_id) == views[0]


async def test_the_rules_of_another_merchant_are_not_there(
    shop: int, other_shop: int, ids: IdMaker
):
    mine = await create_rule(shop, DRAFT, NOW, ids)
    rule_id = mine.rule.id
    for attempt in (
        update_rule(other_shop, rule_id, 1, FULL, NOW),
        archive_rule(other_shop, rule_id, NOW),
        update_rule(shop, rule_id + 1, 1, FULL, NOW),
    ):
        with pytest.raises(LoyaltyError) as caught:
            await attempt
        assert said(caught.value)[0] is Code.RULE_NOT_FOUND
    assert await find_rule(other_shop, rule_id) is None
    assert await list_rules(other_shop, archived=True) == []
    assert await find_rule(shop, rule_id) == mine


async def test_rules_are_listed_by_priority_then_oldest_first(shop: int, ids: IdMaker):
    wishes = [(2, NOW), (1, NOW + 1), (1, NOW), (-5, NOW)]
    for priority, now in wishes:
        await create_rule(shop, draft(priority=priority), now, ids)
    listed = [v.rule for v in await list_rules(shop, archived=False)]
    assert [(rule.priority, rule.created_at) for rule in listed] == sorted(wishes)


async def test_live_rules_are_limited(shop: int, ids: IdMaker, monkeypatch: pytest.MonkeyPatch):
    """A preview tries each of them. Archived ones do not count."""
    monkeypatch.setattr(rules, "MOST_LIVE_RULES", 2)
    made = [await create_rule(shop, DRAFT, NOW, ids) for _ in range(2)]
    with pytest.raises(LoyaltyError) as caught:
        await create_rule(shop, DRAFT, NOW, ids)
    assert said(caught.value)[0] is Code.INVALID_INPUT
    await archive_rule(shop, made[0].rule.id, NOW)
    await create_rule(shop, DRAFT, NOW, ids)


MAX = 2**53 - 1
LONG = frozenset({"x" * 256})
MANY = frozenset(str(n) for n in range(501))
REFUSED: list[tuple[RuleKind, dict[str, Any], str]] = [
    (AMOUNT, {"name": ""}, "name"),
    (AMOUNT, {"name": " "}, "name"),
    (AMOUNT, {"name": "n" * 201}, "name"),
    (AMOUNT, {"name": "a\nb"}, "name"),
    (AMOUNT, {"points": 0}, "points"),
    (AMOUNT, {"points": MAX + 1}, "points"),
    (AMOUNT, {"discount_minor": 0}, "discount"),
    (AMOUNT, {"discount_minor": MAX + 1}, "discount"),
    (AMOUNT, {"percent_bp": 1}, "percent"),
    (FIXED, {"percent_bp": 1}, "percent"),
    (PERCENT, {"percent_bp": 0}, "percent"),
    (PERCENT, {"percent_bp": 10_001}, "percent"),
    (PERCENT, {"discount_minor": 1}, "discount"),
    (FIXED_PERCENT, {"discount_minor": 1}, "discount"),
    (AMOUNT, {"minimum_points": -1}, "minimumPoints"),
    (AMOUNT, {"minimum_points": MAX + 1}, "minimumPoints"),
    (AMOUNT, {"minimum_cart_minor": -1}, "minimumCart"),
    (AMOUNT, {"minimum_cart_minor": MAX + 1}, "minimumCart"),
    (AMOUNT, {"maximum_discount_minor": 0}, "maximumDiscount"),
    (AMOUNT, {"maximum_discount_minor": MAX + 1}, "maximumDiscount"),
    (AMOUNT, {"maximum_percent_bp": 5_000}, "maximumPercent"),
    (PERCENT, {"maximum_percent_bp": 0}, "maximumPercent"),
    (PERCENT, {"maximum_percent_bp": 10_001}, "maximumPercent"),
    (AMOUNT, {"cart_multiplier_bp": 9_999}, "cartMultiplier"),
    (FIXED, {"minimum_points": 1}, "minimumPoints"),
    (FIXED_PERCENT, {"minimum_points": 1}, "minimumPoints"),
    (FIXED, {"maximum_percent_bp": 5_000}, "maximumPercent"),
    (FIXED_PERCENT, {"maximum_percent_bp": 5_000}, "maximumPercent"),
    (AMOUNT, {"starts_at": 5, "ends_at": 5}, "endsAt"),
    (AMOUNT, {"priority": 2**31}, "priority"),
    (AMOUNT, {"product_ids": MANY}, "productIds"),
    (AMOUNT, {"collection_ids": MANY}, "collectionIds"),
    (AMOUNT, {"tiers": LONG}, "tiers"),
    (AMOUNT, {"tags": frozenset({""})}, "tags"),
    (AMOUNT, {"product_ids": frozenset({"a\x00"})}, "productIds"),
    (AMOUNT, {"minimum_payment": MinimumPayment(MinimumPaymentKind.FIXED, 0)}, "fixed"),
    (AMOUNT, {"minimum_payment": MinimumPayment(MinimumPaymentKind.PERCENT, 0)}, "percent"),
]


@pytest.mark.parametrize(("kind", "changes", "field"), REFUSED)
def test_a_draft_that_is_not_allowed_is_refused_with_its_field(
    kind: RuleKind, changes: dict[str, Any], field: str
):
    with pytest.raises(LoyaltyError) as caught:
        validate_draft(draft(kind, **changes))
    code, blamed = said(caught.value)
    money = blamed in ("discount", "maximumDiscount", "minimumCart", "fixed")
    unwanted = "has no discount" in caught.value.detail
    assert blamed == field
    assert code is (Code.INVALID_AMOUNT if money and not unwanted else Code.INVALID_INPUT)
    assert caught.value.detail.endswith(".")


NEVER: list[tuple[RuleKind, dict[str, Any], dict[str, Any], str]] = [
    (AMOUNT, {"maximum_discount_minor": 99}, {"maximum_discount_minor": 100}, "maximumDiscount"),
    (
        AMOUNT,
        {"points": 10, "minimum_points": 21, "maximum_discount_minor": 299},
        {"points": 10, "minimum_points": 21, "maximum_discount_minor": 300},
        "minimumPoints",
    ),
    (
        AMOUNT,
        {"points": MAX - 1, "minimum_points": MAX},
        {"points": MAX - 1, "minimum_points": MAX - 1},
        "minimumPoints",
    ),
    (
        AMOUNT,
        {"discount_minor": MAX, "minimum_points": 2},
        {"discount_minor": MAX, "minimum_points": 1},
        "minimumPoints",
    ),
    (FIXED, {"maximum_discount_minor": 99}, {"maximum_discount_minor": 100}, "maximumDiscount"),
    (PERCENT, {"maximum_percent_bp": 499}, {"maximum_percent_bp": 500}, "maximumPercent"),
    (
        PERCENT,
        {"minimum_points": 3, "maximum_percent_bp": 1_499},
        {"minimum_points": 3, "maximum_percent_bp": 1_500},
        "minimumPoints",
    ),
    (PERCENT, {"minimum_points": 21}, {"minimum_points": 20}, "minimumPoints"),
    (
        PERCENT,
        {"minimum_cart_minor": 10_000, "maximum_discount_minor": 499},
        {"minimum_cart_minor": 10_000, "maximum_discount_minor": 500},
        "maximumDiscount",
    ),
    (
        PERCENT,
        {"minimum_cart_minor": 10_000, "maximum_discount_minor": 499},
        {
            "minimum_cart_minor": 10_000,
            "maximum_discount_minor": 499,
            "product_ids": frozenset({"p"}),
        },
        "maximumDiscount",
    ),
]


@pytest.mark.parametrize(("kind", "never", "just", "field"), NEVER)
def test_a_rule_that_can_never_apply_is_refused_and_the_next_best_is_not(
    kind: RuleKind, never: dict[str, Any], just: dict[str, Any], field: str
):
    with pytest.raises(LoyaltyError, match="can never apply") as caught:
        validate_draft(draft(kind, **never))
    assert said(caught.value) == (Code.INVALID_INPUT, field)
    validate_draft(draft(kind, **just))


def test_the_largest_numbers_are_allowed():
    wide = {"name": "n" * 200, "points": MAX, "minimum_points": MAX, "minimum_cart_minor": MAX}
    lists = {"tags": frozenset(str(n).zfill(255) for n in range(500))}
    validate_draft(draft(AMOUNT, **wide, **lists, discount_minor=MAX, maximum_discount_minor=MAX))
    validate_draft(draft(FIXED_PERCENT, percent_bp=10_000, maximum_discount_minor=1))
