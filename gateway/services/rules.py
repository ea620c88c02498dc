"""Redemption rules: every edit makes a new version of the rule and of the program."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Final

import models
from gateway.ids import IdMaker
from gateway.rules.program import MinimumPayment, Rule
from gateway.services.audit import SYSTEM, Actor
from gateway.services.audit_facts import rule_facts
from gateway.services.earning_rows import list_json
from gateway.services.programs import rule_of
from gateway.services.rule_drafts import RuleDraft, validate_draft
from gateway.services.rule_versions import RuleBook, RuleVersion

__all__ = [
    "RuleDraft",
    "RuleView",
    "archive_rule",
    "create_rule",
    "find_rule",
    "list_rules",
    "list_versions",
    "update_rule",
    "validate_draft",
]

MOST_LIVE_RULES = 200
"""Of one merchant: a preview tries every one of them."""
_LISTS = ("product_ids", "collection_ids", "tiers", "tags")
RuleView = RuleVersion[Rule]


def _row_of(rule: Rule) -> dict[str, Any]:
    values: dict[str, Any] = {field.name: getattr(rule, field.name) for field in fields(rule)}
    values |= {name: list_json(values[name]) for name in _LISTS}
    own: MinimumPayment | None = values.pop("minimum_payment")
    values["kind"] = rule.kind.value
    values["minimum_payment_kind"] = None if own is None else own.kind.value
    values["minimum_payment_value"] = None if own is None else own.value
    return values


_BOOK: Final = RuleBook(
    table=models.RedemptionRule,
    action="rule",
    rule=Rule,
    rule_of=rule_of,
    row_of=_row_of,
    facts=rule_facts,
)


async def create_rule(
    merchant_id: int, draft: RuleDraft, now: int, ids: IdMaker, by: Actor = SYSTEM
) -> RuleView:
    """Make a rule; it holds from the next request on. Raises as `validate_draft` does."""
    validate_draft(draft)
    return await _BOOK.create(merchant_id, draft, now, ids, by, MOST_LIVE_RULES)


async def update_rule(
    merchant_id: int,
    rule_id: int,
    version: int,
    draft: RuleDraft,
    now: int,
    by: Actor = SYSTEM,
) -> RuleView:
    """Write the next version of a rule, in place of `version`, which the caller has seen.

    Raises LoyaltyError: RULE_NOT_FOUND, also for another merchant's; RULE_INACTIVE when it is
    archived; VERSION_CONFLICT when there is a later version; and as `validate_draft` does.
    """
    validate_draft(draft)
    return await _BOOK.update(merchant_id, rule_id, version, draft, now, by)


async def archive_rule(merchant_id: int, rule_id: int, now: int, by: Actor = SYSTEM) -> RuleView:
    """Take a rule out of the program for good. Safe to repeat: the first time stands.

    Redemptions made under it keep it. Raises LoyaltyError(RULE_NOT_FOUND).
    """
    return await _BOOK.archive(merchant_id, rule_id, now, by)


async def list_rules(merchant_id: int, archived: bool) -> list[RuleView]:
    """The latest version of every rule, lowest priority first, then oldest.

    Without `archived`, only of those that are not archived.
    """
    rows = _BOOK.current(merchant_id, archived=archived)
    return [_BOOK.view(row) for row in await rows.order_by("priority", "created_at", "id")]


async def find_rule(merchant_id: int, rule_id: int, version: int | None = None) -> RuleView | None:
    """That version of a rule, the latest when None is named; None when there is no such one."""
    rows = _BOOK.versions(merchant_id, rule_id)
    rows = rows.filter(current=True) if version is None else rows.filter(version=version)
    row = await rows.first()
    return _BOOK.view(row) if row else None


async def list_versions(merchant_id: int, rule_id: int) -> list[RuleView]:
    """Every version of a rule, the latest first."""
    rows = _BOOK.versions(merchant_id, rule_id).order_by("-version")
    return [_BOOK.view(row) for row in await rows]
