"""The audit log: every change of a merchant's configuration, by whom, from what to what.

An entry is written in the transaction of its change: there is neither without the other.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

import models
from gateway.errors import bad_input
from gateway.ids import IdMaker
from gateway.ledger.commands import Note
from gateway.services.history import MOST_ITEMS, Page

Facts = Mapping[str, str | None]
"""What stands where, by the names of the API, as people read it; None and absent: nothing."""


class ActorKind(StrEnum):
    """Who can change something."""

    STAFF = "STAFF"
    KEY = "KEY"
    SYSTEM = "SYSTEM"
    """Whoever has the machine: the command line."""


_IDS: Final = IdMaker(lambda: time.time_ns() // 1000)
"""One for the process: its entries are in the order in which it wrote them."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something, with the name by which they are known today."""

    kind: ActorKind
    id: int | None
    name: str


SYSTEM: Final = Actor(ActorKind.SYSTEM, None, "Command line")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditView:
    """One entry; `at` is in microseconds. A fact that is in one alone was added or removed."""

    id: int
    at: int
    actor: Actor
    action: str
    target: str
    before: Facts
    after: Facts


def note(
    merchant_id: int,
    by: Actor,
    action: str,
    target: str,
    before: Facts | None = None,
    after: Facts | None = None,
) -> Note:
    """An entry for the ledger to write, at its own time, beside what it does."""
    before, after = before or {}, after or {}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return Note(
        merchant_id=merchant_id,
        id=_IDS.next(),
        at=0,
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_name=by.name,
        action=action,
        target=target,
        before=_json(before, changed),
        after=_json(after, changed),
    )


async def record(
    merchant_id: int,
    by: Actor,
    now: int,
    action: str,
    target: str,
    before: Facts | None = None,
    after: Facts | None = None,
) -> None:
    """Write one entry, within the transaction of the change. What stayed the same is left out.

    An update that left everything as it was is no change, and is not written.
    """
    made = note(merchant_id, by, action, target, before, after)
    if (before or after) and made.before == made.after:
        return
    values: dict[str, Any] = {name: getattr(made, name) for name in Note.__slots__}
    values["at"] = now
    await models.AuditEntry.create(**values)


async def audit_entries(merchant_id: int, first: int, after: int | None = None) -> Page[AuditView]:
    """Up to `first` entries older than the one with the id `after`, newest first.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    if not 1 <= first <= MOST_ITEMS:
        raise bad_input(f"first is 1 to {MOST_ITEMS}.", "first")
    found = models.AuditEntry.filter(merchant_id=merchant_id)
    if after is not None:
        found = found.filter(id__lt=after)
    listed: Any = await found.order_by("-id").limit(first + 1)
    return Page(tuple(_view(row) for row in listed[:first]), more=len(listed) > first)


def _json(facts: Facts, names: list[str]) -> str:
    return orjson.dumps({n: facts[n] for n in names if facts.get(n) is not None}).decode()


def _view(row: models.AuditEntry) -> AuditView:
    return AuditView(
        id=row.id,
        at=row.at,
        actor=Actor(ActorKind(row.actor_kind), row.actor_id, row.actor_name),
        action=row.action,
        target=row.target,
        before=orjson.loads(row.before),
        after=orjson.loads(row.after),
    )
