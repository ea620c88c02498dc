"""Where a merchant wants its events: endpoints, their filters and their secrets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from gateway.errors import Code, LoyaltyError
from gateway.ids import IdMaker
from gateway.services.audit import SYSTEM, Actor, Facts, record
from gateway.services.audit_facts import switch
from gateway.services.checks import check, is_text, refuse
from gateway.services.database import statement, transaction
from gateway.services.event_kinds import EVENT_KINDS
from gateway.services.webhook_secrets import new_webhook_secret, sealed
from gateway.services.webhook_urls import checked_url

SECOND: Final = 1_000_000
MOST_ENDPOINTS: Final = 20
"""Of one merchant."""
LONGEST_DESCRIPTION: Final = 200
MOST_OVERLAP_SECONDS: Final = 2_592_000
_COLUMNS: Final = (
    "id, url, description, events, previous_until, enabled, disabled_reason, failing_since,"
    " created_at, updated_at"
)
_THERE: Final = "coalesce(disabled_reason, '') <> 'DELETED'"
_LIST: Final = (
    f"SELECT {_COLUMNS} FROM webhook_endpoint"  # noqa: S608 - fixed names
    f" WHERE merchant_id = ? AND {_THERE} ORDER BY id"
)
_FIND: Final = (
    f"SELECT {_COLUMNS} FROM webhook_endpoint"  # noqa: S608 - fixed names
    f" WHERE merchant_id = ? AND id = ? AND {_THERE}"
)
_CREATE: Final = (
    "INSERT INTO webhook_endpoint (merchant_id, id, url, description, events, secret, enabled,"
    " created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Locks the row, so that what is told of before and after is this change alone.
_BEFORE: Final = (
    "UPDATE webhook_endpoint SET updated_at = ?"  # noqa: S608 - fixed names
    f" WHERE merchant_id = ? AND id = ? AND {_THERE} RETURNING {_COLUMNS}"
)
# The right-hand sides see the row as it was.
_ROTATE: Final = (
    "UPDATE webhook_endpoint SET secret = ?, previous_secret = secret, previous_until = ?,"  # noqa: S608 - fixed names
    f" updated_at = ? WHERE merchant_id = ? AND id = ? AND {_THERE} RETURNING {_COLUMNS}"
)
_DISABLE: Final = (
    "UPDATE webhook_endpoint SET enabled = ?, disabled_reason = ?, updated_at = ?"
    " WHERE merchant_id = ? AND id = ? AND enabled RETURNING id"
)
_DELETE: Final = (
    "UPDATE webhook_endpoint SET enabled = ?, disabled_reason = 'DELETED', secret = '',"  # noqa: S608 - fixed names
    " previous_secret = NULL, previous_until = NULL, updated_at = ?"
    f" WHERE merchant_id = ? AND id = ? AND {_THERE} RETURNING url"
)
_CANCEL: Final = (
    "UPDATE webhook_delivery SET state = 'CANCELLED', next_attempt_at = NULL, finished_at = ?"
    " WHERE merchant_id = ? AND endpoint_id = ? AND state = 'PENDING'"
)


class DisabledReason(StrEnum):
    """Why nothing is sent to an endpoint."""

    BY_HAND = "BY_HAND"
    GONE = "GONE"
    FAILING = "FAILING"


_BY_HAND: Final = DisabledReason.BY_HAND.value


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """An endpoint as its merchant may see it: without its secrets. `*_at` are microseconds."""

    id: int
    url: str
    description: str
    events: tuple[str, ...]
    """The kinds that it wants; none stands for all."""
    previous_until: int | None
    enabled: bool
    disabled_reason: DisabledReason | None
    failing_since: int | None
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointChange:
    """What to change of an endpoint; None stays as it is."""

    url: str | None = None
    description: str | None = None
    events: tuple[str, ...] | None = None
    enabled: bool | None = None


@dataclass(frozen=True, slots=True)
class Vault:
    """What registering needs: the key of the installation, and what its URLs may be."""

    secret_key: str
    private: bool
    """Whether private addresses and plain http to this machine are in order: development."""


async def list_endpoints(merchant_id: int) -> list[EndpointView]:
    """All that were not deleted, oldest first."""
    return [_view(row) for row in await statement(_LIST, merchant_id)]


async def find_endpoint(merchant_id: int, endpoint_id: int) -> EndpointView:
    """That endpoint. Raises LoyaltyError(WEBHOOK_NOT_FOUND)."""
    rows = await statement(_FIND, merchant_id, endpoint_id)
    if not rows:
        raise _nothing()
    return _view(rows[0])


async def create_endpoint(
    merchant_id: int,
    change: EndpointChange,
    vault: Vault,
    now: int,
    ids: IdMaker,
    by: Actor = SYSTEM,
) -> tuple[EndpointView, str]:
    """Make an endpoint; answers it with its secret, which is shown this once.

    It is told of what happens from now on. Raises LoyaltyError(INVALID_INPUT).
    """
    there = await list_endpoints(merchant_id)
    check(len(there) < MOST_ENDPOINTS, f"At most {MOST_ENDPOINTS} endpoints are allowed.", "url")
    url = checked_url(change.url or "", private=vault.private)
    description, events = _described(change.description or ""), _events(change.events or ())
    number, secret = ids.next(), new_webhook_secret()
    stored = sealed(secret, vault.secret_key, number, now)
    values = (merchant_id, number, url, description, _json(events), stored, True, now, now)

    async def work() -> EndpointView:
        await statement(_CREATE, *values)
        made = await find_endpoint(merchant_id, number)
        await record(merchant_id, by, now, "webhook.create", url, after=_facts(made))
        return made

    return await transaction(work), secret


async def update_endpoint(
    merchant_id: int,
    endpoint_id: int,
    change: EndpointChange,
    vault: Vault,
    now: int,
    by: Actor = SYSTEM,
) -> EndpointView:
    """Change an endpoint. Switched off, what waits for it is cancelled; on again, it is not sent.

    Raises LoyaltyError(INVALID_INPUT or WEBHOOK_NOT_FOUND).
    """
    sets, values = _changes(change, vault)
    text = (
        f"UPDATE webhook_endpoint SET {', '.join([*sets, 'updated_at = ?'])}"  # noqa: S608 - fixed names
        f" WHERE merchant_id = ? AND id = ? RETURNING {_COLUMNS}"
    )

    async def work() -> EndpointView:
        seen = await statement(_BEFORE, now, merchant_id, endpoint_id)
        if not seen:
            raise _nothing()
        changed = await statement(text, *values, now, merchant_id, endpoint_id)
        if change.enabled is False:
            await statement(_CANCEL, now, merchant_id, endpoint_id)
        before, after = _view(seen[0]), _view(changed[0])
        facts = (_facts(before), _facts(after))
        await record(merchant_id, by, now, "webhook.update", after.url, *facts)
        return after

    return await transaction(work)


def _changes(change: EndpointChange, vault: Vault) -> tuple[list[str], list[object]]:
    """What to set, and to what. Nothing that is not changed is written: another may change it."""
    sets: list[str] = []
    values: list[object] = []
    still: list[str] = []
    if change.url is not None:
        url = checked_url(change.url, private=vault.private)
        still.append("url = ?")
        sets, values = ["url = ?"], [url, url]
    if change.enabled:
        still.append("enabled")
    if still:  # at another address, or switched on again, it has not failed yet
        sets.insert(0, f"failing_since = CASE WHEN {' AND '.join(still)} THEN failing_since END")
    if change.description is not None:
        sets.append("description = ?")
        values.append(_described(change.description))
    if change.events is not None:
        sets.append("events = ?")
        values.append(_json(_events(change.events)))
    if change.enabled is not None:
        reason = "NULL" if change.enabled else f"coalesce(disabled_reason, '{_BY_HAND}')"
        sets += ["enabled = ?", f"disabled_reason = {reason}"]
        values.append(change.enabled)
    return sets, values


async def rotate_secret(
    merchant_id: int,
    endpoint_id: int,
    overlap_seconds: int,
    vault: Vault,
    now: int,
    by: Actor = SYSTEM,
) -> tuple[EndpointView, str]:
    """Make a new secret; for the overlap both sign. Raises LoyaltyError(WEBHOOK_NOT_FOUND)."""
    allowed = 0 <= overlap_seconds <= MOST_OVERLAP_SECONDS
    check(allowed, f"An overlap is 0 to {MOST_OVERLAP_SECONDS} seconds.", "overlapSeconds")
    secret = new_webhook_secret()
    stored = sealed(secret, vault.secret_key, endpoint_id, now)
    until = now + overlap_seconds * SECOND

    async def work() -> EndpointView:
        rotated = await statement(_ROTATE, stored, until, now, merchant_id, endpoint_id)
        if not rotated:
            raise _nothing()
        found = _view(rotated[0])
        facts = {"overlapSeconds": str(overlap_seconds)}
        await record(merchant_id, by, now, "webhook.rotate", found.url, after=facts)
        return found

    return await transaction(work), secret


async def delete_endpoint(merchant_id: int, endpoint_id: int, now: int, by: Actor = SYSTEM) -> bool:
    """End an endpoint for good; what waits for it is cancelled. False where there is none."""

    async def work() -> bool:
        gone = await statement(_DELETE, False, now, merchant_id, endpoint_id)
        if gone:
            await statement(_CANCEL, now, merchant_id, endpoint_id)
            await record(merchant_id, by, now, "webhook.delete", gone[0]["url"])
        return bool(gone)

    return await transaction(work)


async def disable(merchant_id: int, endpoint_id: int, reason: DisabledReason, now: int) -> bool:
    """Switch off, within a transaction; what waits is cancelled. False where it was off already."""
    off = await statement(_DISABLE, False, reason, now, merchant_id, endpoint_id)
    if off:
        await statement(_CANCEL, now, merchant_id, endpoint_id)
    return bool(off)


def _facts(view: EndpointView) -> Facts:
    return {
        "url": view.url,
        "description": view.description or None,
        "events": ", ".join(view.events) or "all",
        "enabled": switch(view.enabled),
    }


def _nothing() -> LoyaltyError:
    return refuse("", "id", code=Code.WEBHOOK_NOT_FOUND)


def _described(text: str) -> str:
    allowed = not text or is_text(text, LONGEST_DESCRIPTION)
    check(allowed, f"A description has at most {LONGEST_DESCRIPTION} characters.", "description")
    return text


def _events(kinds: Sequence[str]) -> tuple[str, ...]:
    for place, kind in enumerate(kinds):
        if kind not in EVENT_KINDS:
            known = ", ".join(EVENT_KINDS)
            raise refuse(f"There are these kinds of event: {known}.", "events", str(place))
    return tuple(kind for kind in EVENT_KINDS if kind in kinds)


def _json(events: Sequence[str]) -> str:
    return orjson.dumps(events).decode()


def _view(row: dict[str, Any]) -> EndpointView:
    reason = row["disabled_reason"]
    shown: dict[str, Any] = row | {
        "events": tuple(orjson.loads(row["events"])),
        "enabled": bool(row["enabled"]),
        "disabled_reason": None if reason is None else DisabledReason(reason),
    }
    return EndpointView(**shown)
