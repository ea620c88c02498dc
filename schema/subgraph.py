"""The contract as a subgraph of Apollo Federation 2: the same schema, and what composition needs.

The types of this package know nothing of federation; its directives are written into the printed
schema here. A router is told what a field requires, but it is the gateway that decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    FieldDefinitionNode,
    ObjectTypeDefinitionNode,
    parse,
    print_ast,
)

from gateway.auth import SCOPES, CallerKind, Scope

VERSION: Final = "v2.9"
"""The newest that Apollo's composition and that of The Guild both understand."""

KEYS: Final = {"Customer": "externalId"}
"""What other subgraphs may refer to, and by which field."""

SHARED: Final = ("Money", "PageInfo")
"""Values that another subgraph may define as well, in the same way."""

REQUIRED: Final[Mapping[str, Scope | None]] = {
    "Query.me": Scope.READ_OWN,
    "Query.customer": Scope.READ_OWN,
    "Query.redemptionPreview": Scope.PREVIEW,
    "Query.redemption": Scope.READ_OWN,
    "Query.loyaltyOrder": Scope.READ_ANY_CUSTOMER,
    "Query.exportCustomer": Scope.PRIVACY,
    "Query.program": None,
    "Query.earnPreview": None,
    "Query.merchant": Scope.READ_MERCHANT,
    "Query.reconciliation": Scope.READ_MERCHANT,
    "Query.node": Scope.READ_OWN,
    "Query.viewer": Scope.READ_MERCHANT,
    "Query.rulePreview": Scope.CONFIGURE,
    "Query.earningRulePreview": Scope.CONFIGURE,
    "Mutation.applyRedemption": Scope.APPLY,
    "Mutation.captureRedemption": Scope.CAPTURE,
    "Mutation.releaseRedemption": Scope.RELEASE,
    "Mutation.refundRedemption": Scope.REFUND,
    "Mutation.completeOrder": Scope.CAPTURE,
    "Mutation.cancelOrder": Scope.REFUND,
    "Mutation.refundOrder": Scope.REFUND,
    "Mutation.recordSupportTicket": Scope.MANAGE_CUSTOMERS,
    "Mutation.repairFinding": Scope.ADJUST,
    "Mutation.adjustPoints": Scope.ADJUST,
    "Mutation.upsertCustomer": Scope.MANAGE_CUSTOMERS,
    "Mutation.mergeCustomers": Scope.MANAGE_CUSTOMERS,
    "Mutation.eraseCustomer": Scope.PRIVACY,
    "Mutation.createCustomerToken": Scope.MINT_TOKENS,
    "Mutation.updateCustomCheckout": Scope.CONFIGURE,
    "Mutation.rotateSecretWebhookId": Scope.CONFIGURE,
    "Mutation.createRedemptionRule": Scope.CONFIGURE,
    "Mutation.updateRedemptionRule": Scope.CONFIGURE,
    "Mutation.archiveRedemptionRule": Scope.CONFIGURE,
    "Mutation.runLaunchCheck": Scope.CONFIGURE,
    "Mutation.updateEarning": Scope.CONFIGURE,
    "Mutation.createEarningRule": Scope.CONFIGURE,
    "Mutation.updateEarningRule": Scope.CONFIGURE,
    "Mutation.archiveEarningRule": Scope.CONFIGURE,
    "Mutation.createWebhookEndpoint": Scope.CONFIGURE,
    "Mutation.updateWebhookEndpoint": Scope.CONFIGURE,
    "Mutation.rotateWebhookSecret": Scope.CONFIGURE,
    "Mutation.deleteWebhookEndpoint": Scope.CONFIGURE,
    "Mutation.sendTestEvent": Scope.CONFIGURE,
    "Mutation.replayWebhookDelivery": Scope.CONFIGURE,
    "Mutation.replayWebhookDeliveries": Scope.CONFIGURE,
    "Mutation.createOrderSource": Scope.CONFIGURE,
    "Mutation.rotateOrderSourceSecret": Scope.CONFIGURE,
    "Mutation.deleteOrderSource": Scope.CONFIGURE,
    "Mutation.replayInbox": Scope.CONFIGURE,
    "Mutation.discardInbox": Scope.CONFIGURE,
    "Mutation.createCredential": Scope.CONFIGURE,
    "Mutation.revokeCredential": Scope.CONFIGURE,
    "Mutation.registerSigningKey": Scope.CONFIGURE,
    "Mutation.revokeSigningKey": Scope.CONFIGURE,
    "Mutation.inviteStaff": Scope.MANAGE_STAFF,
    "Mutation.resetStaff": Scope.MANAGE_STAFF,
    "Mutation.updateStaff": Scope.MANAGE_STAFF,
    "Subscription.pointsChanged": Scope.FOLLOW_OWN,
    "Subscription.whatIf": Scope.CONFIGURE,
}
"""The scope of every root field; None where the publishable key, which no token says, is enough."""

INNER: Final[Mapping[str, Scope]] = {
    "Customer.lots": Scope.READ_MERCHANT,
    "Redemption.trace": Scope.READ_MERCHANT,
}
"""Of what lies further inside, what needs more than the way there."""


def subgraph_sdl(plain: str, *, scopes: bool = True) -> str:
    """The schema `plain` with federation's directives.

    Without `scopes` it has no `@requiresScopes`: for a router that forwards credentials and knows
    nothing of them. Raises KeyError for a root field that REQUIRED does not name.
    """
    document = parse(plain, no_location=True)
    definitions = tuple(_directed(each, scopes=scopes) for each in document.definitions)
    imported = ("@key", "@shareable", "@tag", *(("@requiresScopes",) if scopes else ()))
    names = ", ".join(f'"{name}"' for name in imported)
    link = f'@link(url: "https://specs.apollo.dev/federation/{VERSION}", import: [{names}])'
    return f"extend schema {link}\n\n{print_ast(replace(document, definitions=definitions))}\n"


def _directed(node: DefinitionNode, *, scopes: bool) -> DefinitionNode:
    if not isinstance(node, ObjectTypeDefinitionNode):
        return node
    name = node.name.value
    fields = tuple(_field(name, each, scopes=scopes) for each in node.fields or ())
    directives = (*(node.directives or ()), *_parsed(_of_type(name)))
    return replace(node, directives=directives, fields=fields)


def _of_type(name: str) -> Iterable[str]:
    if name in KEYS:
        yield f'@key(fields: "{KEYS[name]}")'
    if name in SHARED:
        yield "@shareable"


def _field(owner: str, node: FieldDefinitionNode, *, scopes: bool) -> FieldDefinitionNode:
    required = _required(owner, node.name.value)
    if required is None:
        return node
    audience = _audience(required)
    said = [f'@requiresScopes(scopes: [["{scope_name(required)}"]])'] if scopes else []
    said += [f'@tag(name: "{audience}")'] if audience else []
    return replace(node, directives=(*(node.directives or ()), *_parsed(said)))


def _required(owner: str, name: str) -> Scope | None:
    if owner in ("Query", "Mutation", "Subscription"):
        return REQUIRED[f"{owner}.{name}"]
    if f"{owner}.{name}" in INNER:
        return INNER[f"{owner}.{name}"]
    # Another subgraph leads to a customer too: what is known of it here needs what `me` needs.
    known_elsewhere = (KEYS.get(owner), "id")
    return Scope.READ_OWN if owner in KEYS and name not in known_elsewhere else None


def scope_name(scope: Scope) -> str:
    """How the `scope` claim of a token names it, for a router that reads the claim."""
    return f"loyalty:{scope.value.lower()}"


def _audience(scope: Scope) -> str | None:
    """Whom the field is for, unless it is for shoppers: a contract variant can leave it out."""
    if scope in SCOPES[CallerKind.CUSTOMER]:
        return None
    return "backend" if scope in SCOPES[CallerKind.BACKEND] else "staff"


def _parsed(directives: Iterable[str]) -> tuple[ConstDirectiveNode, ...]:
    node = parse(f"scalar Some {' '.join(directives)}", no_location=True).definitions[0]
    return tuple(getattr(node, "directives", None) or ())
