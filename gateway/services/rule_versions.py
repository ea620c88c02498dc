"""How rules are kept, of both kinds: every edit makes a new version of the rule and the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import models
from gateway.errors import Code
from gateway.ids import IdMaker
from gateway.services.audit import Actor, Facts, record
from gateway.services.checks import check, refuse
from gateway.services.programs import edit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Named(Protocol):
    """What every rule has."""

    @property
    def version(self) -> int: ...  # noqa: D102 - as it says
    @property
    def name(self) -> str: ...  # noqa: D102 - as it says
    @property
    def created_at(self) -> int: ...  # noqa: D102 - as it says


R = TypeVar("R", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion(Generic[R]):
    """One version of a rule, when it was written, and when the rule was archived, if it was."""

    rule: R
    edited_at: int
    archived_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook(Generic[R]):
    """One kind of rule: its table, how it is stored, and how it reads in the audit log."""

    table: Any
    action: str
    """What the actions of the audit log begin with."""
    rule: Callable[..., R]
    rule_of: Callable[[Any], R]
    row_of: Callable[[R], dict[str, Any]]
    facts: Callable[[R, str], Facts]

    def versions(self, merchant_id: int, rule_id: int) -> Any:  # noqa: ANN401 - Tortoise's query, in part untyped
        """All versions of one rule."""
        return self.table.filter(merchant_id=merchant_id, id=rule_id)

    def current(self, merchant_id: int, *, archived: bool) -> Any:  # noqa: ANN401 - the same
        """The latest version of every rule; without `archived`, of those that are not."""
        rows = self.table.filter(merchant_id=merchant_id, current=True)
        return rows if archived else rows.filter(archived_at__isnull=True)

    def view(self, row: Any) -> RuleVersion[R]:  # noqa: ANN401 - a row of the table
        """A row, as it is told."""
        return RuleVersion(
            rule=self.rule_of(row), edited_at=row.edited_at, archived_at=row.archived_at
        )

    async def latest(self, merchant_id: int, rule_id: int) -> RuleVersion[R]:
        """The latest version of a rule. Raises LoyaltyError(RULE_NOT_FOUND)."""
        row = await self.versions(merchant_id, rule_id).filter(current=True).first()
        if row is None:
            raise refuse("There is no such rule.", "id", code=Code.RULE_NOT_FOUND)
        return self.view(row)

    async def create(
        self,
        merchant_id: int,
        draft: DataclassInstance,
        now: int,
        ids: IdMaker,
        by: Actor,
        most: int,
    ) -> RuleVersion[R]:
        """Write the first version of a rule, unless `most` are live. The draft is a valid one."""
        rule = self._made(draft, id=ids.next(), version=1, created_at=now)

        async def insert() -> RuleVersion[R]:
            room = await self.current(merchant_id, archived=False).count() < most
            check(room, f"A merchant has at most {most} rules that are not archived.")
            await self._record(merchant_id, by, now, "create", None, rule)
            return await self._insert(merchant_id, rule, now)

        return (await edit(merchant_id, now, insert))[1]

    async def update(
        self,
        merchant_id: int,
        rule_id: int,
        version: int,
        draft: DataclassInstance,
        now: int,
        by: Actor,
    ) -> RuleVersion[R]:
        """Write the next version in place of `version`, which the caller has seen.

        Raises LoyaltyError: RULE_NOT_FOUND, also for another merchant's; RULE_INACTIVE when it is
        archived; VERSION_CONFLICT when there is a later version.
        """

        async def replace() -> RuleVersion[R]:
            seen = await self.latest(merchant_id, rule_id)
            archived = seen.archived_at is not None
            check(not archived, "The rule is archived.", "id", code=Code.RULE_INACTIVE)
            same = seen.rule.version == version
            detail = f"Version {seen.rule.version} of the rule is the latest: read it first."
            check(same, detail, "version", code=Code.VERSION_CONFLICT)
            await self.versions(merchant_id, rule_id).filter(current=True).update(current=False)
            created_at = seen.rule.created_at
            rule = self._made(draft, id=rule_id, version=version + 1, created_at=created_at)
            await self._record(merchant_id, by, now, "update", seen.rule, rule)
            return await self._insert(merchant_id, rule, now)

        return (await edit(merchant_id, now, replace))[1]

    async def archive(self, merchant_id: int, rule_id: int, now: int, by: Actor) -> RuleVersion[R]:
        """Take a rule out of the program for good. Safe to repeat: the first time stands.

        Raises LoyaltyError(RULE_NOT_FOUND).
        """
        seen = await self.latest(merchant_id, rule_id)
        if seen.archived_at is not None:
            return seen

        async def archive() -> RuleVersion[R]:
            # All versions carry the mark, so that whoever reads an old one sees it too.
            live = self.versions(merchant_id, rule_id).filter(archived_at__isnull=True)
            if await live.update(archived_at=now):
                await record(merchant_id, by, now, f"{self.action}.archive", seen.rule.name)
            return await self.latest(merchant_id, rule_id)

        return (await edit(merchant_id, now, archive))[1]

    def _made(self, draft: DataclassInstance, **own: int) -> R:
        return self.rule(**{f.name: getattr(draft, f.name) for f in fields(draft)}, **own)

    async def _insert(self, merchant_id: int, rule: R, now: int) -> RuleVersion[R]:
        own = {"merchant_id": merchant_id, "current": True, "edited_at": now}
        await self.table.create(**self.row_of(rule), **own)
        return RuleVersion(rule=rule, edited_at=now)

    async def _record(
        self, merchant_id: int, by: Actor, now: int, done: str, before: R | None, after: R
    ) -> None:
        currency = (await models.Merchant.get(id=merchant_id)).currency
        old = None if before is None else self.facts(before, currency)
        new = self.facts(after, currency)
        await record(merchant_id, by, now, f"{self.action}.{done}", after.name, old, new)
