"""From where a merchant's orders may be told: made, found, given new secrets, deleted.

A source has one address. Its secret is told once, when it is made here; a shop that makes its own
brings it along. After a rotation the one before works for an overlap.
"""

from __future__ import annotations

from typing import Final

from tortoise.exceptions import IntegrityError

from gateway.ids import IdMaker
from gateway.services.audit import SYSTEM, Actor, Facts, record
from gateway.services.audit_facts import switch
from gateway.services.checks import check, refuse
from gateway.services.database import statement, transaction
from gateway.services.inbox_care import discard_of_source
from gateway.services.order_source_secrets import SourceSecrets
from gateway.services.order_source_values import (
    NAME,
    IssuedSource,
    OpenedSource,
    SourceDraft,
    SourceView,
    check_prefix,
    no_source,
    usable_secret,
    view_of,
)

SECOND: Final = 1_000_000
DEFAULT_OVERLAP_SECONDS: Final = 86_400
MAX_OVERLAP_SECONDS: Final = 30 * 86_400
MOST_SOURCES: Final = 50

_COLUMNS: Final = (
    "id, name, kind, previous_until, create_customers, customer_prefix, order_prefix, created_at"
)
_LIST: Final = f"SELECT {_COLUMNS} FROM order_source WHERE merchant_id = ? ORDER BY name"  # noqa: S608 - fixed names
_FIND: Final = f"SELECT {_COLUMNS} FROM order_source WHERE merchant_id = ? AND id = ?"  # noqa: S608 - the same
_NAMED: Final = (
    f"SELECT {_COLUMNS}, secret, previous_secret FROM order_source"  # noqa: S608 - the same
    " WHERE merchant_id = ? AND name = ?"
)
_ADD: Final = (
    "INSERT INTO order_source (merchant_id, id, name, kind, secret, create_customers,"
    " customer_prefix, order_prefix, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ROTATE: Final = (
    "UPDATE order_source SET previous_secret = secret,"  # noqa: S608 - the same
    " previous_until = CAST(? AS BIGINT),"
    f" secret = ? WHERE merchant_id = ? AND id = ? RETURNING {_COLUMNS}"
)
_DELETE: Final = "DELETE FROM order_source WHERE merchant_id = ? AND id = ? RETURNING name"


async def create_source(
    merchant_id: int,
    draft: SourceDraft,
    now: int,
    ids: IdMaker,
    vault: SourceSecrets,
    by: Actor = SYSTEM,
) -> IssuedSource:
    """Make a source that works at once. Raises LoyaltyError(INVALID_INPUT) with its field."""
    name = draft.name or draft.kind.value.lower()
    detail = "A name has 1 to 40 small letters, digits and hyphens, none of these at an end."
    check(NAME.fullmatch(name) is not None, detail, "name")
    check_prefix(draft.customer_prefix, "customerPrefix")
    check_prefix(draft.order_prefix, "orderPrefix")
    secret = usable_secret(draft.kind, draft.secret)
    there = await list_sources(merchant_id)
    check(len(there) < MOST_SOURCES, f"There are at most {MOST_SOURCES} sources.", "name")
    source = SourceView(
        merchant_id=merchant_id,
        id=ids.next(),
        name=name,
        kind=draft.kind,
        previous_until=None,
        create_customers=draft.create_customers,
        customer_prefix=draft.customer_prefix,
        order_prefix=draft.order_prefix,
        created_at=now,
    )
    sealed = vault.seal(_vault_name(merchant_id, source.id), secret, now)
    values = (
        merchant_id,
        source.id,
        name,
        draft.kind.value,
        sealed,
        draft.create_customers,
        draft.customer_prefix,
        draft.order_prefix,
        now,
    )

    async def work() -> None:
        await statement(_ADD, *values)
        await record(merchant_id, by, now, "order_source.create", name, after=_facts(source))

    try:
        await transaction(work)
    except IntegrityError:
        raise refuse("Another source has this name.", "name") from None
    return IssuedSource(source, None if draft.secret else secret)


async def rotate_secret(
    merchant_id: int,
    source_id: int,
    secret: str | None,
    now: int,
    vault: SourceSecrets,
    overlap_seconds: int = DEFAULT_OVERLAP_SECONDS,
    by: Actor = SYSTEM,
) -> IssuedSource:
    """Give a source a new secret, one that is made here or `secret`.

    The one before works for the overlap; one that was still in an earlier overlap ends now.
    Raises LoyaltyError(INVALID_INPUT).
    """
    allowed = 0 <= overlap_seconds <= MAX_OVERLAP_SECONDS
    check(allowed, f"An overlap is 0 to {MAX_OVERLAP_SECONDS} seconds.", "overlapSeconds")
    source = await find_source(merchant_id, source_id)
    if source is None:
        raise no_source()
    fresh = usable_secret(source.kind, secret)
    sealed = vault.seal(_vault_name(merchant_id, source_id), fresh, now)
    until = now + overlap_seconds * SECOND

    async def work() -> SourceView:
        found = await statement(_ROTATE, until, sealed, merchant_id, source_id)
        if not found:
            raise no_source()
        facts = {"overlapSeconds": str(overlap_seconds)}
        await record(merchant_id, by, now, "order_source.rotate", source.name, after=facts)
        return view_of(merchant_id, found[0])

    return IssuedSource(await transaction(work), None if secret else fresh)


async def delete_source(merchant_id: int, source_id: int, now: int, by: Actor = SYSTEM) -> None:
    """End a source; what waits of it is let be. What it sent stays to be read.

    Raises LoyaltyError(INVALID_INPUT).
    """

    async def work() -> None:
        gone = await statement(_DELETE, merchant_id, source_id)
        if not gone:
            raise no_source()
        await discard_of_source(merchant_id, source_id)
        await record(merchant_id, by, now, "order_source.delete", gone[0]["name"])

    await transaction(work)


async def list_sources(merchant_id: int) -> list[SourceView]:
    """All sources of a merchant, by name."""
    return [view_of(merchant_id, row) for row in await statement(_LIST, merchant_id)]


async def find_source(merchant_id: int, source_id: int) -> SourceView | None:
    """The source with that id; None when the merchant has no such one."""
    found = await statement(_FIND, merchant_id, source_id)
    return view_of(merchant_id, found[0]) if found else None


async def open_source(
    merchant_id: int, name: str, now: int, vault: SourceSecrets
) -> OpenedSource | None:
    """The source of an address, with its secrets; None when there is no such one."""
    if not NAME.fullmatch(name):
        return None
    found = await statement(_NAMED, merchant_id, name)
    if not found:
        return None
    row, source = found[0], view_of(merchant_id, found[0])
    sealed = [row["secret"]]
    if row["previous_secret"] is not None and now < row["previous_until"]:
        sealed.append(row["previous_secret"])
    kept_as = _vault_name(merchant_id, source.id)
    secrets = (vault.open(kept_as, each) for each in sealed)
    return OpenedSource(source, tuple(each for each in secrets if each is not None))


def _facts(source: SourceView) -> Facts:
    return {
        "kind": source.kind.value,
        "createCustomers": switch(source.create_customers),
        "customerPrefix": source.customer_prefix or None,
        "orderPrefix": source.order_prefix or None,
    }


def _vault_name(merchant_id: int, source_id: int) -> str:
    return f"order source {merchant_id} {source_id}"
