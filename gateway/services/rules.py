"""Redemption rules: every edit makes a new version of the rule and of the program."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import orjson

import models
from gateway.errors import Code
from gateway.ids import IdMaker
from gateway.rules.program import MinimumPayment, Rule
from gateway.services.audit import SYSTEM, Actor, record
from gateway.services.audit_facts import rule_facts
from gateway.services.checks import check, refuse
from gateway.services.programs import edit, rule_of
from gateway.services.rule_drafts import RuleDraft, validate_draft

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One version of a rule, when it was written, and when the rule was archived, if it was."""

    rule: Rule
    edited_at: int
    archived_at: int | None = None


async def create_rule(
    merchant_id: int, draft: RuleDraft, now: int, ids: IdMaker, by: Actor = SYSTEM
) -> RuleView:
    """Make a rule; it holds from the next request on. Raises as `validate_draft` does."""
    validate_draft(draft)
    rule = _rule(draft, ids.next(), version=1, created_at=now)

    async def insert() -> RuleView:
        live = models.RedemptionRule.filter(
            merchant_id=merchant_id, current=True, archived_at__isnull=True
        )
        room = await live.count() < MOST_LIVE_RULES
        check(room, f"A merchant has at most {MOST_LIVE_RULES} rules that are not archived.")
        await _record(merchant_id, by, now, "rule.create", None, rule)
        return await _insert(merchant_id, rule, now)

    return (await edit(merchant_id, now, insert))[1]


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

    async def replace() -> RuleView:
        seen = await _current(merchant_id, rule_id)
        archived = seen.archived_at is not None
        check(not archived, "The rule is archived.", "id", code=Code.RULE_INACTIVE)
        same = seen.rule.version == version
        detail = f"Version {seen.rule.version} of the rule is the latest: read it first."
        check(same, detail, "version", code=Code.VERSION_CONFLICT)
        await _versions(merchant_id, rule_id).filter(current=True).update(current=False)
        rule = _rule(draft, rule_id, version + 1, seen.rule.created_at)
        await _record(merchant_id, by, now, "rule.update", seen.rule, rule)
        return await _insert(merchant_id, rule, now)

    return (await edit(merchant_id, now, replace))[1]


async def archive_rule(merchant_id: int, rule_id: int, now: int, by: Actor = SYSTEM) -> RuleView:
    """Take a rule out of the program for good. Safe to repeat: the first time stands.

    Redemptions made under it keep it. Raises LoyaltyError(RULE_NOT_FOUND).
    """
    seen = await _current(merchant_id, rule_id)
    if seen.archived_at is not None:
        return seen

    async def archive() -> RuleView:
        # All versions carry the mark, so that whoever reads an old one sees it too.
        await (
            _versions(merchant_id, rule_id).filter(archived_at__isnull=True).update(archived_at=now)
        )
        await record(merchant_id, by, now, "rule.archive", seen.rule.name)
        return await _current(merchant_id, rule_id)

    return (await edit(merchant_id, now, archive))[1]


async def list_rules(merchant_id: int, archived: bool) -> list[RuleView]:
    """The latest version of every rule, lowest priority first, then oldest.

    Without `archived`, only of those that are not archived.
    """
    rows = models.RedemptionRule.filter(merchant_id=merchant_id, current=True)
    if not archived:
        rows = rows.filter(archived_at__isnull=True)
    return [_view(row) for row in await rows.order_by("priority", "created_at", "id")]


async def find_rule(merchant_id: int, rule_id: int, version: int | None = None) -> RuleView | None:
    """That version of a rule, the latest when None is named; None when there is no such one."""
    rows = _versions(merchant_id, rule_id)
    rows = rows.filter(current=True) if version is None else rows.filter(version=version)
    row = await rows.first()
    return _view(row) if row else None


async def list_versions(merchant_id: int, rule_id: int) -> list[RuleView]:
    """Every version of a rule, the latest first."""
    return [_view(row) for row in await _versions(merchant_id, rule_id).order_by("-version")]


async def _record(
    merchant_id: int, by: Actor, now: int, action: str, before: Rule | None, after: Rule
) -> None:
    currency = (await models.Merchant.get(id=merchant_id)).currency
    old = None if before is None else rule_facts(before, currency)
    await record(merchant_id, by, now, action, after.name, old, rule_facts(after, currency))


async def _current(merchant_id: int, rule_id: int) -> RuleView:
    found = await find_rule(merchant_id, rule_id)
    if found is None:
        raise refuse("There is no such rule.", "id", code=Code.RULE_NOT_FOUND)
    return found


def _versions(merchant_id: int, rule_id: int) -> Any:  # noqa: ANN401 - Tortoise's query, in part untyped
    return models.RedemptionRule.filter(merchant_id=merchant_id, id=rule_id)


def _rule(draft: RuleDraft, rule_id: int, version: int, created_at: int) -> Rule:
    values = {field.name: getattr(draft, field.name) for field in fields(draft)}
    return Rule(id=rule_id, version=version, created_at=created_at, **values)


async def _insert(merchant_id: int, rule: Rule, now: int) -> RuleView:
    values: dict[str, Any] = {field.name: getattr(rule, field.name) for field in fields(rule)}
    values |= {name: _json(values[name]) for name in _LISTS}
    own: MinimumPayment | None = values.pop("minimum_payment")
    values["kind"] = rule.kind.value
    values["minimum_payment_kind"] = None if own is None else own.kind.value
    values["minimum_payment_value"] = None if own is None else own.value
    values |= {"merchant_id": merchant_id, "current": True, "edited_at": now}
    await models.RedemptionRule.create(**values)
    return RuleView(rule=rule, edited_at=now)


def _json(entries: frozenset[str]) -> str:
    return orjson.dumps(sorted(entries)).decode()


def _view(row: models.RedemptionRule) -> RuleView:
    return RuleView(rule=rule_of(row), edited_at=row.edited_at, archived_at=row.archived_at)
