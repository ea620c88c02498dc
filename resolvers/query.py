"""The index of queries."""

from __future__ import annotations

import strawberry

from resolvers import (
    customer,
    earning,
    merchant,
    node,
    order,
    people,
    reconciliation,
    redemption,
    rule_preview,
    staff,
)
from schema.customer import Customer
from schema.earn_preview import EarnPreview
from schema.earning_rule_preview import EarningRulePreview
from schema.merchant import Merchant
from schema.node import Node
from schema.order import Order
from schema.people import CustomerExport
from schema.preview import RedemptionPreview
from schema.program import Program
from schema.reconciliation import FindingConnection
from schema.redemption import Redemption
from schema.rule_preview import RulePreview
from schema.staff import Viewer


@strawberry.type(description="What can be read. Each field says who may.")
class Query:
    """What can be read."""

    me: Customer | None = strawberry.field(
        resolver=customer.me,
        description="The customer whose token this is; null while that one is unknown here, and for"
        " callers that are no customer. Customer token, Secret Webhook ID, admin key, staff.",
    )
    customer: Customer | None = strawberry.field(
        resolver=customer.customer,
        description="A customer; null if not there. Customer token (itself only), Secret Webhook"
        " ID, admin key, staff.",
    )
    export_customer: CustomerExport | None = strawberry.field(
        resolver=people.export_customer,
        description="All that is kept of a customer, a page at a time; null if not there. Admin"
        " key, owner, manager.",
    )
    redemption_preview: RedemptionPreview = strawberry.field(
        resolver=redemption.redemption_preview,
        description="What a customer could redeem on a cart, now, and why not more. Changes"
        " nothing. Customer token (itself only), Secret Webhook ID, admin key, staff.",
    )
    redemption: Redemption | None = strawberry.field(
        resolver=redemption.redemption,
        description="A redemption; null if not there. Customer token (its own only), Secret"
        " Webhook ID, admin key, staff.",
    )
    loyalty_order: Order | None = strawberry.field(
        resolver=order.order,
        description="An order by the merchant's own id; null while nothing was told of one. Secret"
        " Webhook ID, admin key, staff.",
    )
    earn_preview: EarnPreview = strawberry.field(
        resolver=earning.earn_preview,
        description="What a cart would earn if it were ordered now. Changes nothing. Customer token"
        " (itself only), Secret Webhook ID, admin key, staff, publishable key (as for"
        " somebody new).",
    )
    program: Program = strawberry.field(
        resolver=merchant.program,
        description="What points are worth at this merchant. Any credential, also the publishable"
        " key.",
    )
    merchant: Merchant = strawberry.field(
        resolver=merchant.merchant, description="The merchant and its settings. Admin key, staff."
    )
    reconciliation: FindingConnection = strawberry.field(
        resolver=reconciliation.reconciliation,
        description="Where redemptions, holds and orders of a stretch of time do not agree, and"
        " what would mend it. Changes nothing. Admin key, staff.",
    )
    node: Node | None = strawberry.field(
        resolver=node.node,
        description="Anything by its global id; null if not there or not the caller's. Customer"
        " token (its own only), Secret Webhook ID, admin key, staff.",
    )
    viewer: Viewer | None = strawberry.field(
        resolver=staff.viewer,
        description="Who is asking, by the session of the console; null for a key. Admin key,"
        " staff.",
    )
    earning_rule_preview: EarningRulePreview = strawberry.field(
        resolver=rule_preview.earning_rule_preview,
        description="What an earning rule that is still being written would give on some orders,"
        " beside the live ones. Changes nothing. Admin key, owner, manager.",
    )
    rule_preview: RulePreview = strawberry.field(
        resolver=rule_preview.rule_preview,
        description="What a rule that is still being written would give on some carts, by the"
        " evaluator of the checkout. Changes nothing. Admin key, owner, manager.",
    )
