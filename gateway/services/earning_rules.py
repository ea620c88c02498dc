"""Earning rules: every edit makes a new version of the rule and of the program."""

from __future__ import annotations

from typing import Final

import models
from gateway.ids import IdMaker
from gateway.rules.earning_rules import EarningRule
from gateway.services.audit import SYSTEM, Actor
from gateway.services.audit_earning import earning_rule_facts
from gateway.services.earning_drafts import EarningDraft, validate_draft
from gateway.services.earning_rows import row_of, rule_of
from gateway.services.rule_versions import RuleBook, RuleVersion

MOST_LIVE_RULES = 100
"""Of one merchant: an order tries every one of them."""
EarningRuleView = RuleVersion[EarningRule]

_BOOK: Final = RuleBook(
    table=models.EarningRule,
    action="earning_rule",
    rule=EarningRule,
    rule_of=rule_of,
    row_of=row_of,
    facts=earning_rule_facts,
)


async def create_earning_rule(
    merchant_id: int, draft: EarningDraft, now: int, ids: IdMaker, by: Actor = SYSTEM
) -> EarningRuleView:
    """Make a rule; it counts from the next order on. Raises as `validate_draft` does."""
    validate_draft(draft)
    return await _BOOK.create(merchant_id, draft, now, ids, by, MOST_LIVE_RULES)


async def update_earning_rule(
    merchant_id: int,
    rule_id: int,
    version: int,
    draft: EarningDraft,
    now: int,
    by: Actor = SYSTEM,
) -> EarningRuleView:
    """Write the next version of a rule, in place of `version`, which the caller has seen.

    Raises LoyaltyError: RULE_NOT_FOUND, also for another merchant's; RULE_INACTIVE when it is
    archived; VERSION_CONFLICT when there is a later version; and as `validate_draft` does.
    """
    validate_draft(draft)
    return await _BOOK.update(merchant_id, rule_id, version, draft, now, by)


async def archive_earning_rule(
    merchant_id: int, rule_id: int, now: int, by: Actor = SYSTEM
) -> EarningRuleView:
    """Take a rule out of the program for good. Safe to repeat: the first time stands.

    What was earned under it stays. Raises LoyaltyError(RULE_NOT_FOUND).
    """
    return await _BOOK.archive(merchant_id, rule_id, now, by)


async def list_earning_rules(merchant_id: int, archived: bool) -> list[EarningRuleView]:
    """The latest version of every rule, oldest first; the archived ones only if asked for."""
    rows = _BOOK.current(merchant_id, archived=archived)
    return [_BOOK.view(row) for row in await rows.order_by("created_at", "id")]


async def find_earning_rule(merchant_id: int, rule_id: int) -> EarningRuleView | None:
    """The latest version of a rule; None when there is no such one."""
    row = await _BOOK.versions(merchant_id, rule_id).filter(current=True).first()
    return _BOOK.view(row) if row else None


async def list_earning_versions(merchant_id: int, rule_id: int) -> list[EarningRuleView]:
    """Every version of a rule, the latest first."""
    rows = _BOOK.versions(merchant_id, rule_id).order_by("-version")
    return [_BOOK.view(row) for row in await rows]
