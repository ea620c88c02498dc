"""Earning rules: every edit makes a new version of the rule and of the program."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import models
from gateway.errors import Code
from gateway.ids import IdMaker
from gateway.rules.earning_rules import EarningRule
from gateway.services.checks import check, refuse
from gateway.services.earning_drafts import EarningDraft, validate_draft
from gateway.services.earning_rows import row_of, rule_of
from gateway.services.programs import edit

MOST_LIVE_RULES = 100
"""Of one merchant: an order tries every one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningRuleView:
    """One version of a rule, when it was written, and when the rule was archived, if it was."""

    rule: EarningRule
    edited_at: int
    archived_at: int | None = None


async def create_earning_rule(
    merchant_id: int, draft: EarningDraft, now: int, ids: IdMaker
) -> EarningRuleView:
    """Make a rule; it counts from the next order on. Raises as `validate_draft` does."""
    validate_draft(draft)
    rule = _rule(draft, ids.next(), version=1, created_at=now)

    async def insert() -> EarningRuleView:
        live = models.EarningRule.filter(
            merchant_id=merchant_id, current=True, archived_at__isnull=True
        )
        room = await live.count() < MOST_LIVE_RULES
        check(room, f"A merchant has at most {MOST_LIVE_RULES} rules that are not archived.")
        return await _insert(merchant_id, rule, now)

    return (await edit(merchant_id, now, insert))[1]


async def update_earning_rule(
    merchant_id: int, rule_id: int, version: int, draft: EarningDraft, now: int
) -> EarningRuleView:
    """Write the next version of a rule, in place of `version`, which the caller has seen.

    Raises LoyaltyError: RULE_NOT_FOUND, also for another merchant's; RULE_INACTIVE when it is
    archived; VERSION_CONFLICT when there is a later version; and as `validate_draft` does.
    """
    validate_draft(draft)

    async def replace() -> EarningRuleView:
        seen = await _current(merchant_id, rule_id)
        archived = seen.archived_at is not None
        check(not archived, "The rule is archived.", "id", code=Code.RULE_INACTIVE)
        same = seen.rule.version == version
        detail = f"Version {seen.rule.version} of the rule is the latest: read it first."
        check(same, detail, "version", code=Code.VERSION_CONFLICT)
        await _versions(merchant_id, rule_id).filter(current=True).update(current=False)
        rule = _rule(draft, rule_id, version + 1, seen.rule.created_at)
        return await _insert(merchant_id, rule, now)

    return (await edit(merchant_id, now, replace))[1]


async def archive_earning_rule(merchant_id: int, rule_id: int, now: int) -> EarningRuleView:
    """Take a rule out of the program for good. Safe to repeat: the first time stands.

    What was earned under it stays. Raises LoyaltyError(RULE_NOT_FOUND).
    """
    seen = await _current(merchant_id, rule_id)
    if seen.archived_at is not None:
        return seen

    async def archive() -> EarningRuleView:
        # All versions carry the mark, so that whoever reads an old one sees it too.
        live = _versions(merchant_id, rule_id).filter(archived_at__isnull=True)
        await live.update(archived_at=now)
        return await _current(merchant_id, rule_id)

    return (await edit(merchant_id, now, archive))[1]


async def list_earning_rules(merchant_id: int, archived: bool) -> list[EarningRuleView]:
    """The latest version of every rule, oldest first; the archived ones only if asked for."""
    rows = models.EarningRule.filter(merchant_id=merchant_id, current=True)
    if not archived:
        rows = rows.filter(archived_at__isnull=True)
    return [_view(row) for row in await rows.order_by("created_at", "id")]


async def find_earning_rule(merchant_id: int, rule_id: int) -> EarningRuleView | None:
    """The latest version of a rule; None when there is no such one."""
    row = await _versions(merchant_id, rule_id).filter(current=True).first()
    return _view(row) if row else None


async def list_earning_versions(merchant_id: int, rule_id: int) -> list[EarningRuleView]:
    """Every version of a rule, the latest first."""
    return [_view(row) for row in await _versions(merchant_id, rule_id).order_by("-version")]


async def _current(merchant_id: int, rule_id: int) -> EarningRuleView:
    found = await find_earning_rule(merchant_id, rule_id)
    if found is None:
        raise refuse("There is no such rule.", "id", code=Code.RULE_NOT_FOUND)
    return found


def _versions(merchant_id: int, rule_id: int) -> Any:  # noqa: ANN401 - Tortoise's query, in part untyped
    return models.EarningRule.filter(merchant_id=merchant_id, id=rule_id)


def _rule(draft: EarningDraft, rule_id: int, version: int, created_at: int) -> EarningRule:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return EarningRule(id=rule_id, version=version, created_at=created_at, **values)


async def _insert(merchant_id: int, rule: EarningRule, now: int) -> EarningRuleView:
    values: dict[str, Any] = row_of(rule) | {
        "merchant_id": merchant_id,
        "current": True,
        "edited_at": now,
    }
    await models.EarningRule.create(**values)
    return EarningRuleView(rule=rule, edited_at=now)


def _view(row: models.EarningRule) -> EarningRuleView:
    return EarningRuleView(rule=rule_of(row), edited_at=row.edited_at, archived_at=row.archived_at)
