"""The people of a merchant who use the console, and whoever is asking."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.auth import ROLES, Principal
from gateway.ids import to_global_id
from gateway.services.staff import StaffChange, StaffView
from gateway.services.staff_links import Link
from schema.describe import about, optional
from schema.enums import StaffRole
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.scalars import instant

STAFF = "StaffMember"


@strawberry.type(description="Somebody who may use the console.")
class StaffMember:
    """Somebody who may use the console."""

    id: strawberry.ID = about("Opaque.")
    email: str = about("What they sign in with.")
    name: str = about("What they are called.")
    role: StaffRole = about("What they are trusted with.")
    invited: bool = about("Has not chosen a password yet.")
    created_at: datetime = about("When they were invited.")
    seen_at: datetime | None = about("When they were last here, to the minute; null: never.")
    disabled_at: datetime | None = about("When they were shut out; null: they may come in.")
    locked_until: datetime | None = about(
        "Until then no password opens, after too many wrong ones; null unless that is so now."
    )


@strawberry.type(description="Who is asking, by the session of the console.")
class Viewer:
    """Who is asking, by the session of the console."""

    staff: StaffMember = about("Who it is.")
    permissions: list[str] = about(
        "What the role may do, by names such as CONFIGURE, ADJUST, READ_AUDIT and MANAGE_STAFF."
    )
    session_expires_at: datetime = about("When the session ends if nothing is asked meanwhile.")


def staff_member(view: StaffView, now: int) -> StaffMember:
    """The outside form."""
    locked = view.locked_until if (view.locked_until or 0) > now else None
    return StaffMember(
        id=strawberry.ID(to_global_id(STAFF, view.id)),
        email=view.email,
        name=view.name,
        role=StaffRole[view.role.name],
        invited=view.invited,
        created_at=instant(view.created_at),
        seen_at=None if view.seen_at is None else instant(view.seen_at),
        disabled_at=None if view.disabled_at is None else instant(view.disabled_at),
        locked_until=None if locked is None else instant(locked),
    )


def viewer(view: StaffView, principal: Principal, now: int) -> Viewer:
    """The outside form."""
    return Viewer(
        staff=staff_member(view, now),
        permissions=sorted(scope.value for scope in ROLES[view.role]),
        session_expires_at=instant(principal.expires_at or now),
    )


@strawberry.input(description="Whom to invite.")
class InviteStaffInput:
    """Whom to invite."""

    email: str = about("Their e-mail address; what they will sign in with.")
    role: StaffRole = about("What they are trusted with.")


@strawberry.input(description="Who needs a new password.")
class ResetStaffInput:
    """Who needs a new password."""

    id: strawberry.ID = about("Who.")


@strawberry.input(description="What to change of somebody; what is left out stays.")
class UpdateStaffInput:
    """What to change of somebody; what is left out stays."""

    id: strawberry.ID = about("Who.")
    role: StaffRole | None = optional("Another role.")
    disabled: bool | None = optional("Shut out, signed out everywhere; or let in again.")

    def change(self) -> StaffChange:
        """The inside form."""
        return StaffChange(role=self.role, disabled=self.disabled)


@strawberry.type(description="A link by which a password is chosen, or why there is none.")
class StaffLinkPayload:
    """A link by which a password is chosen, or why there is none."""

    staff: StaffMember | None = about("Whom it is for; null when refused.")
    path: str | None = about(
        "Where the link leads, below the gateway's address. Told this once; pass it on. Null when"
        " refused."
    )
    expires_at: datetime | None = about("Until when it works; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


@strawberry.type(description="Somebody as they are now, or why nothing was changed.")
class UpdateStaffPayload:
    """Somebody as they are now, or why nothing was changed."""

    staff: StaffMember | None = about("As they are now; null when refused.")
    user_errors: list[RedemptionError] = about(ERRORS)


def link_payload(link: Link | None, errors: list[RedemptionError], now: int) -> StaffLinkPayload:
    """The outside form of a link that was made, or was not."""
    return StaffLinkPayload(
        staff=None if link is None else staff_member(link.staff, now),
        path=None if link is None else link.path,
        expires_at=None if link is None else instant(link.expires_at),
        user_errors=errors,
    )
