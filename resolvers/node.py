"""Anything by its global id, if it is the caller's to see."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import CallerKind, Scope
from gateway.context import Context
from gateway.loaders import Loaded
from gateway.services.customers import CustomerRef as Ref
from gateway.services.customers import find_customer
from gateway.services.directory import Known
from gateway.services.earning_rules import find_earning_rule
from gateway.services.rules import find_rule
from resolvers import order
from resolvers.redemption import redemption
from schema import checks
from schema.customer import customer as present
from schema.describe import arg
from schema.earning import earning_rule
from schema.node import Node
from schema.rule import redemption_rule

Info = strawberry.Info[Context, None]


async def node(info: Info, id: Annotated[strawberry.ID, arg("The global id.")]) -> Node | None:
    """Null for what is not there and for what is not the caller's."""
    info.context.require(Scope.READ_OWN)
    if checks.numbers(id, "Redemption", 2):
        return await redemption(info, id)
    order_id = checks.numbers(id, "LoyaltyOrder", 1)
    if order_id:
        return await order.node(info.context, info.context.require(Scope.READ_OWN), order_id[0])
    customer_id = checks.numbers(id, "Customer", 1)
    if customer_id:
        return await _customer(info.context, customer_id[0])
    rule_id = checks.numbers(id, "RedemptionRule", 1)
    if rule_id:
        return await _rule(info.context, rule_id[0])
    earning_id = checks.numbers(id, "EarningRule", 1)
    return await _earning_rule(info.context, earning_id[0]) if earning_id else None


async def _customer(context: Context, customer_id: int) -> Node | None:
    principal = context.require(Scope.READ_OWN)
    view = await find_customer(principal.merchant_id, Ref(id=customer_id))
    if view is None or principal.external_id not in {None, view.external_id}:
        return None
    return present(principal.merchant_id, Known(view.id, view.external_id), Loaded(view=view))


async def _rule(context: Context, rule_id: int) -> Node | None:
    principal = context.require(Scope.READ_OWN)
    view = await find_rule(principal.merchant_id, rule_id, None)
    if view is None or (view.archived_at is not None and principal.kind is CallerKind.CUSTOMER):
        return None
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    return redemption_rule(view.rule, merchant.currency)


async def _earning_rule(context: Context, rule_id: int) -> Node | None:
    principal = context.require(Scope.READ_OWN)
    view = await find_earning_rule(principal.merchant_id, rule_id)
    if view is None or (view.archived_at is not None and principal.kind is CallerKind.CUSTOMER):
        return None
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    return earning_rule(view.rule, merchant.currency)
