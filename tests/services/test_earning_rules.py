"""Earning rules as redemption rules: every edit a version, no edit lost, nothing of another's."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import Any

import pytest

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.rules.earning_rules import EarningKind, EarningRule
from gateway.services import earning_rules
from gateway.services.earning_drafts import EarningDraft, validate_draft
from gateway.services.earning_rules import (
    archive_earning_rule,
    create_earning_rule,
    find_earning_rule,
    list_earning_rules,
    update_earning_rule,
)
from gateway.services.programs import current_program
from tests.services.making import NOW, said

DRAFT = EarningDraft(name="A point per ₹10", kind=EarningKind.ORDER, points=1, per_minor=1_000)
FULL = EarningDraft(
    name="All of it",
    kind=EarningKind.ORDER,
    points=3,
    per_minor=700,
    tier_multiplied=False,
    minimum_order_minor=50_000,
    product_ids=frozenset({"p2", "p1"}),
    collection_ids=frozenset({"c"}),
    excluded_product_ids=frozenset({"x"}),
    excluded_collection_ids=frozenset({"gift"}),
    tiers=frozenset({"Gold"}),
    tags=frozenset({"vip", "यात्री"}),
    starts_at=NOW,
    ends_at=NOW + 1,
    expiry_seconds=86_400,
)
FIXED = EarningDraft(name="Fifty", kind=EarningKind.CAMPAIGN, points=50)
MAX = 2**53 - 1


def as_rule(draft: EarningDraft, rule_id: int, version: int) -> EarningRule:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return EarningRule(id=rule_id, version=version, created_at=NOW, **values)


async def test_a_rule_is_kept_and_published_as_it_was_drafted(shop: int, ids: IdMaker):
    made = [await create_earning_rule(shop, draft, NOW, ids) for draft in (DRAFT, FULL, FIXED)]
    rules = [view.rule for view in made]
    assert rules == [
        as_rule(draft, view.rule.id, 1)
        for draft, view in zip((DRAFT, FULL, FIXED), made, strict=True)
    ]
    assert [await find_earning_rule(shop, rule.id) for rule in rules] == made
    program = await current_program(shop)
    assert (program.version, program.earning.rules, program.rules) == (4, tuple(rules), ())


async def test_an_edit_keeps_id_and_age_and_replaces_all_else(shop: int, ids: IdMaker):
    rule_id = (await create_earning_rule(shop, DRAFT, NOW, ids)).rule.id
    edited = await update_earning_rule(shop, rule_id, 1, FULL, NOW + 5)
    assert edited.rule == as_rule(FULL, rule_id, 2)
    assert (edited.edited_at, edited.archived_at) == (NOW + 5, None)
    assert (await current_program(shop)).earning.rules == (edited.rule,)


async def test_of_edits_of_one_version_one_wins(shop: int, ids: IdMaker):
    rule_id = (await create_earning_rule(shop, DRAFT, NOW, ids)).rule.id
    drafts = [replace(DRAFT, points=n) for n in range(2, 7)]
    done = await asyncio.gather(
        *(update_earning_rule(shop, rule_id, 1, each, NOW) for each in drafts),
        return_exceptions=True,
    )
    lost = [each for each in done if isinstance(each, LoyaltyError)]
    assert [said(each)[0] for each in lost] == [Code.VERSION_CONFLICT] * 4
    assert (await current_program(shop)).version == 3


async def test_an_archived_rule_is_out_of_the_program_and_stays_so(shop: int, ids: IdMaker):
    rule_id = (await create_earning_rule(shop, DRAFT, NOW, ids)).rule.id
    await update_earning_rule(shop, rule_id, 1, FULL, NOW)
    first = await archive_earning_rule(shop, rule_id, NOW + 1)
    assert first.archived_at == NOW + 1
    assert await archive_earning_rule(shop, rule_id, NOW + 2) == first
    assert (await current_program(shop)).earning.rules == ()
    assert await list_earning_rules(shop, archived=False) == []
    assert await list_earning_rules(shop, archived=True) == [first]
    with pytest.raises(LoyaltyError) as caught:
        await update_earning_rule(shop, rule_id, 2, DRAFT, NOW)
    assert said(caught.value) == (Code.RULE_INACTIVE, "id")


async def test_the_rules_of_another_merchant_are_not_there(
    shop: int, other_shop: int, ids: IdMaker
):
    mine = await create_earning_rule(shop, DRAFT, NOW, ids)
    rule_id = mine.rule.id
    for attempt in (
        update_earning_rule(other_shop, rule_id, 1, FULL, NOW),
        archive_earning_rule(other_shop, rule_id, NOW),
        update_earning_rule(shop, rule_id + 1, 1, FULL, NOW),
    ):
        with pytest.raises(LoyaltyError) as caught:
            await attempt
        assert said(caught.value) == (Code.RULE_NOT_FOUND, "id")
    assert await find_earning_rule(other_shop, rule_id) is None
    assert await list_earning_rules(other_shop, archived=True) == []
    assert await find_earning_rule(shop, rule_id) == mine


async def test_live_rules_are_limited(shop: int, ids: IdMaker, monkeypatch: pytest.MonkeyPatch):
    """An order tries each of them. Archived ones do not count."""
    monkeypatch.setattr(earning_rules, "MOST_LIVE_RULES", 2)
    made = [await create_earning_rule(shop, DRAFT, NOW, ids) for _ in range(2)]
    with pytest.raises(LoyaltyError) as caught:
        await create_earning_rule(shop, DRAFT, NOW, ids)
    assert said(caught.value)[0] is Code.INVALID_INPUT
    await archive_earning_rule(shop, made[0].rule.id, NOW)
    await create_earning_rule(shop, DRAFT, NOW, ids)


REFUSED: list[tuple[EarningDraft, dict[str, Any], Code, str]] = [
    (DRAFT, {"name": "n" * 201}, Code.INVALID_INPUT, "name"),
    (DRAFT, {"name": "a\nb"}, Code.INVALID_INPUT, "name"),
    (DRAFT, {"points": 0}, Code.INVALID_INPUT, "points"),
    (DRAFT, {"points": MAX + 1}, Code.INVALID_INPUT, "points"),
    (DRAFT, {"per_minor": 0}, Code.INVALID_AMOUNT, "per"),
    (DRAFT, {"per_minor": MAX + 1}, Code.INVALID_AMOUNT, "per"),
    (FIXED, {"per_minor": 1}, Code.INVALID_INPUT, "per"),
    (DRAFT, {"minimum_order_minor": -1}, Code.INVALID_AMOUNT, "minimumOrder"),
    (DRAFT, {"minimum_order_minor": MAX + 1}, Code.INVALID_AMOUNT, "minimumOrder"),
    (DRAFT, {"product_ids": frozenset(map(str, range(501)))}, Code.INVALID_INPUT, "productIds"),
    (DRAFT, {"collection_ids": frozenset({"c" * 256})}, Code.INVALID_INPUT, "collectionIds"),
    (DRAFT, {"excluded_product_ids": frozenset({"\0"})}, Code.INVALID_INPUT, "excludedProductIds"),
    (DRAFT, {"tiers": frozenset({" "})}, Code.INVALID_INPUT, "tiers"),
    (
        DRAFT,
        {"collection_ids": frozenset({"c"}), "excluded_collection_ids": frozenset({"c"})},
        Code.INVALID_INPUT,
        "excludedCollectionIds",
    ),
    (DRAFT, {"starts_at": 5, "ends_at": 5}, Code.INVALID_INPUT, "endsAt"),
    (DRAFT, {"expiry_seconds": 315_360_001}, Code.INVALID_INPUT, "expirySeconds"),
    *(
        (replace(FIXED, kind=kind), {name: frozenset({"x"})}, Code.INVALID_INPUT, blamed)
        for kind in (EarningKind.SIGN_UP, EarningKind.BIRTHDAY)
        for name, blamed in (
            ("product_ids", "productIds"),
            ("excluded_collection_ids", "excludedCollectionIds"),
        )
    ),
]


@pytest.mark.parametrize(("base", "changes", "code", "field"), REFUSED)
def test_a_draft_that_is_not_allowed_is_refused_with_its_field(
    base: EarningDraft, changes: dict[str, Any], code: Code, field: str
):
    with pytest.raises(LoyaltyError) as caught:
        validate_draft(replace(base, **changes))
    assert said(caught.value) == (code, field)
    assert caught.value.detail.endswith(".")


def test_the_largest_numbers_are_allowed():
    validate_draft(replace(FULL, points=MAX, per_minor=MAX, minimum_order_minor=MAX))
    validate_draft(replace(DRAFT, name="n" * 200, expiry_seconds=60, starts_at=1, ends_at=2))
