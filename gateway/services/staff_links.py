"""Links by which somebody chooses a password: an invitation, and after forgetting the old one.

The gateway sends no mail: a link is told once, to whoever made it, and passed on by them. What is
stored is its hash. It works once, for a time, and only the latest of a person does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from gateway.errors import LoyaltyError
from gateway.ids import IdMaker
from gateway.services.audit import Actor, ActorKind, record
from gateway.services.checks import check, refuse
from gateway.services.database import transaction
from gateway.services.identity import read_email
from gateway.services.secrets import merchant_of, new_token, secret_hash
from gateway.services.staff import (
    Role,
    StaffView,
    lock,
    read_name,
    the_row,
    view_of,
)
from models.merchant import Merchant
from models.staff import Staff, StaffInvitation, StaffSession

PREFIX: Final = "si_"
SECOND: Final = 1_000_000
LIFE_SECONDS: Final = 7 * 86_400
RESET_SECONDS: Final = 86_400
PATH: Final = "/console/invitation#"
"""The token follows as the fragment, which a browser sends to no server and no log sees."""


class LinkKind(StrEnum):
    """What a link is for."""

    INVITE = "INVITE"
    RESET = "RESET"


@dataclass(frozen=True, slots=True)
class Link:
    """A new link, for the one time that it is told."""

    staff: StaffView
    token: str = field(repr=False)
    expires_at: int

    @property
    def path(self) -> str:
        """Where it leads, below the address of the gateway."""
        return PATH + self.token


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for."""

    staff: StaffView
    kind: LinkKind
    merchant_name: str


async def invite_staff(
    merchant_id: int,
    email: str,
    role: Role,
    now: int,
    ids: IdMaker,
    by: Actor,
) -> Link:
    """Let somebody in who is not yet here; to invite again replaces the link and the role.

    Raises LoyaltyError(INVALID_INPUT) for an address that has an account already.
    """
    address = read_email(email)

    async def work() -> Link:
        await lock(merchant_id)
        row = await Staff.filter(merchant_id=merchant_id, email=address).first()
        check(
            row is None or row.password_hash is None,
            "Somebody with this address has an account already.",
            "email",
        )
        if row is None:
            row = await Staff.create(
                id=ids.next(),
                merchant_id=merchant_id,
                email=address,
                name=address.partition("@")[0],
                role=role.value,
                failed_tries=0,
                created_at=now,
            )
        row.role, row.disabled_at = role.value, None
        mine = Staff.filter(merchant_id=merchant_id, id=row.id)
        await mine.update(role=row.role, disabled_at=None)
        await record(merchant_id, by, now, "staff.invite", address, after={"role": role.value})
        return await _linked(row, LinkKind.INVITE, now, LIFE_SECONDS)

    return await transaction(work)


async def reset_staff(merchant_id: int, staff_id: int, now: int, by: Actor) -> Link:
    """A link to choose another password. The old one works until the link is used.

    Raises LoyaltyError(INVALID_INPUT) for who is not there, or may not come in.
    """

    async def work() -> Link:
        await lock(merchant_id)
        row = await the_row(merchant_id, staff_id)
        check(row.disabled_at is None, "Let this person in again first.", "id")
        await record(merchant_id, by, now, "staff.reset", row.email)
        kind = LinkKind.RESET if row.password_hash else LinkKind.INVITE
        return await _linked(row, kind, now, RESET_SECONDS)

    return await transaction(work)


async def look_at(token: str, now: int) -> Invited | None:
    """Whom the link is for; None where it is unknown, used, replaced, or too old."""
    found = await _open_link(token, now)
    if found is None:
        return None
    link, row = found
    merchant = await Merchant.get(id=row.merchant_id)
    return Invited(view_of(row), LinkKind(link.kind), merchant.name)


async def redeem(token: str, name: str | None, password_hash: str, now: int) -> StaffView:
    """Use the link: the password is set, and every other browser is signed out.

    Raises LoyaltyError(INVALID_INPUT) where somebody was quicker.
    """
    chosen = None if name is None else read_name(name)

    async def work() -> StaffView:
        merchant_id, digest = merchant_of(PREFIX, token), secret_hash(token)
        used = await StaffInvitation.filter(
            merchant_id=merchant_id, token_hash=digest, used_at__isnull=True, expires_at__gt=now
        ).update(used_at=now)
        found = await StaffInvitation.filter(merchant_id=merchant_id, token_hash=digest).first()
        if not used or found is None:
            raise gone()
        row = await the_row(found.merchant_id, found.staff_id)
        row.name, row.password_hash = chosen or row.name, password_hash
        await Staff.filter(merchant_id=row.merchant_id, id=row.id, disabled_at__isnull=True).update(
            name=row.name, password_hash=password_hash, failed_tries=0, locked_until=None
        )
        await StaffSession.filter(merchant_id=row.merchant_id, staff_id=row.id).delete()
        who = Actor(ActorKind.STAFF, row.id, row.name)
        action = "staff.join" if found.kind == LinkKind.INVITE else "staff.new_password"
        await record(row.merchant_id, who, now, action, row.email)
        return view_of(row)

    return await transaction(work)


def gone() -> LoyaltyError:
    """The refusal of a link that does not work, or not any more."""
    return refuse("This link was used, replaced, or is too old. Ask for another one.", "token")


async def _open_link(token: str, now: int) -> tuple[StaffInvitation, Staff] | None:
    merchant_id = merchant_of(PREFIX, token)
    if merchant_id is None:
        return None
    link = await StaffInvitation.filter(
        merchant_id=merchant_id,
        token_hash=secret_hash(token),
        used_at__isnull=True,
        expires_at__gt=now,
    ).first()
    if link is None:
        return None
    row = await Staff.filter(
        merchant_id=merchant_id, id=link.staff_id, disabled_at__isnull=True
    ).first()
    return None if row is None else (link, row)


async def _linked(row: Staff, kind: LinkKind, now: int, seconds: int) -> Link:
    """Make the link, in the place of those before it."""
    merchant_id = row.merchant_id
    await StaffInvitation.filter(
        merchant_id=merchant_id, staff_id=row.id, used_at__isnull=True
    ).delete()
    token, expires_at = new_token(PREFIX, merchant_id), now + seconds * SECOND
    await StaffInvitation.create(
        merchant_id=merchant_id,
        token_hash=secret_hash(token),
        staff_id=row.id,
        kind=kind.value,
        created_at=now,
        expires_at=expires_at,
    )
    return Link(view_of(row), token, expires_at)
