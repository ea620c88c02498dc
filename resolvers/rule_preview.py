"""A rule before it is published, tried on some carts: for redeeming and for earning."""

from __future__ import annotations

from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.services.earning_rule_previews import EarningRulePreview, preview_earning_rule
from gateway.services.rule_previews import RulePreview, preview_rule
from resolvers.presenting import tried
from schema import checks
from schema import earning_rule_preview as earning
from schema import rule_preview as shown
from schema.describe import arg
from schema.earning_rule_preview_inputs import EarningRulePreviewInput

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def rule_preview(
    info: Info, input: Annotated[shown.RulePreviewInput, INPUT]
) -> shown.RulePreview:
    """Changes nothing."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)

    async def work(currency: str) -> RulePreview:
        draft, carts = input.rule.draft(currency), input.trials(currency)
        named = None if input.id is None else checks.numbers(input.id, "RedemptionRule", 1)
        rule_id, now = None if named is None else named[0], context.runtime.clock()
        return await preview_rule(principal.merchant_id, draft, rule_id, carts, now)

    found, errors = await tried(context, principal.merchant_id, work)
    if found is None:
        return shown.RulePreview(carts=[], free_cart=None, overlaps=[], user_errors=errors)
    return shown.rule_preview(found)


async def earning_rule_preview(
    info: Info, input: Annotated[EarningRulePreviewInput, INPUT]
) -> earning.EarningRulePreview:
    """Changes nothing."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)

    async def work(currency: str) -> tuple[EarningRulePreview, int]:
        draft, orders, most_bp = input.rule.draft(currency), input.orders(currency), input.most_bp()
        named = None if input.id is None else checks.numbers(input.id, "EarningRule", 1)
        rule_id, now = None if named is None else named[0], context.runtime.clock()
        found = await preview_earning_rule(principal.merchant_id, draft, rule_id, orders, now)
        return found, most_bp

    found, errors = await tried(context, principal.merchant_id, work)
    if found is None:
        return earning.refused_preview(errors)
    return earning.earning_rule_preview(*found)
