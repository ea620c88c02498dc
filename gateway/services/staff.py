"""The people of a merchant: who they are, what role they have, whether they may still come in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from tortoise.expressions import F

from gateway.services.audit import Actor, record
from gateway.services.checks import check, is_text, refuse
from gateway.services.database import transaction
from gateway.services.identity import normal_email
from models.merchant import Merchant
from models.staff import Staff, StaffSession

LONGEST_NAME: Final = 100
NOBODY: Final = "There is no such staff member."


class Role(StrEnum):
    """What somebody is trusted with."""

    OWNER = "OWNER"
    MANAGER = "MANAGER"
    SUPPORT = "SUPPORT"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffView:
    """One person; `*_at` are microseconds. Nothing of the password."""

    merchant_id: int
    id: int
    email: str
    name: str
    role: Role
    created_at: int
    seen_at: int | None
    disabled_at: int | None
    locked_until: int | None
    invited: bool
    """Has no password yet."""


_SHOWN: Final = tuple(
    item.name for item in fields(StaffView) if item.name not in {"role", "invited"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffChange:
    """What to change of somebody; None leaves it."""

    role: Role | None = None
    disabled: bool | None = None


async def list_staff(merchant_id: int) -> list[StaffView]:
    """Everyone, by name; also who may not come in any more."""
    rows = await Staff.filter(merchant_id=merchant_id)
    return sorted(map(view_of, rows), key=lambda who: (who.disabled_at is not None, who.name))


async def find_staff(merchant_id: int, staff_id: int) -> StaffView | None:
    """That person of this merchant; None where there is none."""
    row = await Staff.filter(merchant_id=merchant_id, id=staff_id).first()
    return view_of(row) if row else None


async def find_by_email(merchant_id: int, email: str) -> StaffView | None:
    """The person of this merchant with that address; None where there is none."""
    row = await Staff.filter(merchant_id=merchant_id, email=normal_email(email)).first()
    return view_of(row) if row else None


async def change_staff(
    merchant_id: int, staff_id: int, change: StaffChange, now: int, by: Actor
) -> StaffView:
    """Give another role, shut somebody out, or let them in again.

    Who is shut out, and who has another role, is so from the next request on. Raises
    LoyaltyError(INVALID_INPUT) where nobody could manage the staff afterwards.
    """

    async def work() -> StaffView:
        await lock(merchant_id)
        row = await the_row(merchant_id, staff_id)
        before = _facts(row)
        if change.role is not None:
            row.role = change.role.value
        if change.disabled is not None:
            row.disabled_at = (row.disabled_at or now) if change.disabled else None
        await _mine(merchant_id, staff_id).update(role=row.role, disabled_at=row.disabled_at)
        check(await _owners(merchant_id) > 0, "Somebody has to remain an owner.", "id")
        if row.disabled_at is not None:
            await StaffSession.filter(merchant_id=merchant_id, staff_id=staff_id).delete()
        await record(merchant_id, by, now, "staff.update", row.email, before, _facts(row))
        return view_of(row)

    return await transaction(work)


async def lock(merchant_id: int) -> None:
    """Let changes of one merchant's staff come one after the other, within a transaction.

    An update that changes nothing is the lock, on both engines, and has to be the first statement.
    """
    await Merchant.filter(id=merchant_id).update(program_version=F("program_version"))


async def the_row(merchant_id: int, staff_id: int) -> Staff:
    """The row of that person. Raises LoyaltyError(INVALID_INPUT)."""
    row = await _mine(merchant_id, staff_id).first()
    if row is None:
        raise refuse(NOBODY, "id")
    return row


def read_name(text: str) -> str:
    """A name as it is stored. Raises LoyaltyError(INVALID_INPUT)."""
    name = text.strip()
    check(is_text(name, LONGEST_NAME), f"A name has 1 to {LONGEST_NAME} characters.", "name")
    return name


def view_of(row: Staff) -> StaffView:
    """What may be seen of a row."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _SHOWN}
    return StaffView(role=Role(row.role), invited=row.password_hash is None, **values)


def _facts(row: Staff) -> dict[str, str]:
    state = "signed out for good" if row.disabled_at is not None else "may sign in"
    return {"role": row.role, "access": state}


async def _owners(merchant_id: int) -> int:
    """How many can sign in and manage the staff."""
    return await Staff.filter(
        merchant_id=merchant_id,
        role=Role.OWNER.value,
        disabled_at__isnull=True,
        password_hash__isnull=False,
    ).count()


def _mine(merchant_id: int, staff_id: int) -> Any:  # noqa: ANN401 - Tortoise's query, in part untyped
    return Staff.filter(merchant_id=merchant_id, id=staff_id)
