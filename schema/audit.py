"""The audit log, as it is shown: who changed what, from what to what."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.ids import to_global_id
from gateway.services.audit import AuditView
from gateway.services.history import Page
from schema.connections import cursor, page_info
from schema.describe import about
from schema.enums import ActorKind
from schema.node import PageInfo
from schema.scalars import instant


@strawberry.type(description="Who changed something.")
class AuditActor:
    """Who changed something."""

    kind: ActorKind = about("A person, a key, or the command line.")
    name: str = about("The person's name or the key's label, as it was then.")


@strawberry.type(description="One value that was changed.")
class AuditChange:
    """One value that was changed."""

    field: str = about("Its name, as in the API.")
    before: str | None = about("As it was; null where there was none.")
    after: str | None = about("As it is since; null where there is none.")


@strawberry.type(description="One change of the merchant's configuration.")
class AuditEntry:
    """One change of the merchant's configuration."""

    id: strawberry.ID = about("Opaque.")
    at: datetime = about("When.")
    actor: AuditActor = about("Who.")
    action: str = about(
        "What was done, such as checkout.update, rule.create, earning_rule.update, earning.update,"
        " webhook.rotate, order_source.delete, inbox.replay, key.revoke, points.adjust,"
        " customer.erase, finding.repair or staff.invite. More may come: show what you do not know"
        " as it is."
    )
    target: str = about(
        "To what: the rule's name, the key's label, the address, the customer, the order, the"
        " person. A customer who was erased is `erased:` and a number."
    )
    changes: list[AuditChange] = about("The values that changed.")


@strawberry.type(description="One entry of a page.")
class AuditEntryEdge:
    """One entry of a page."""

    cursor: str = about("Ask for what comes `after` it.")
    node: AuditEntry = about("The entry.")


@strawberry.type(description="A page of the audit log.")
class AuditEntryConnection:
    """A page of the audit log."""

    edges: list[AuditEntryEdge] = about("The entries, newest first.")
    page_info: PageInfo = about("Whether there is more.")


def audit_page(page: Page[AuditView], after: str | None) -> AuditEntryConnection:
    """The outside form of a page."""
    edges = [AuditEntryEdge(cursor=cursor(each.id), node=_entry(each)) for each in page.items]
    ends = page_info([edge.cursor for edge in edges], more=page.more, after=after)
    return AuditEntryConnection(edges=edges, page_info=ends)


def _entry(view: AuditView) -> AuditEntry:
    return AuditEntry(
        id=strawberry.ID(to_global_id("AuditEntry", view.id)),
        at=instant(view.at),
        actor=AuditActor(kind=ActorKind[view.actor.kind.name], name=view.actor.name),
        action=view.action,
        target=view.target,
        changes=[
            AuditChange(field=name, before=view.before.get(name), after=view.after.get(name))
            for name in {**view.before, **view.after}
        ],
    )
