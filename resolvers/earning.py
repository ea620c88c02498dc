"""How points are earned: what staff decide, and what a cart would earn."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import strawberry

from gateway.auth import Principal, Scope
from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.services import earning_rules as rules
from gateway.services.customers import CustomerRef as Ref
from gateway.services.earn_previews import earn_preview as preview
from gateway.services.earning_settings import update_earning as update
from gateway.services.programs import current_program
from resolvers import callers
from resolvers.presenting import malformed, tried
from schema import checks
from schema import earning as shown
from schema.describe import arg
from schema.earn_preview import EarnPreview, EarnPreviewInput
from schema.earn_preview import earn_preview as present
from schema.earning_inputs import (
    ArchiveEarningRuleInput,
    CreateEarningRuleInput,
    UpdateEarningInput,
    UpdateEarningRuleInput,
)

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def earn_preview(info: Info, input: Annotated[EarnPreviewInput, INPUT]) -> EarnPreview:
    """Nothing is changed."""
    context, principal = info.context, info.context.require(Scope.READ_PROGRAM)
    if input.customer is not None:
        context.require(Scope.READ_OWN)  # a publishable key names nobody
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    try:
        sale = input.sale(merchant.currency)
    except LoyaltyError as error:
        raise malformed(error) from None
    who = await _earner(context, principal, input)
    own = principal.external_id
    may_be_new = own is not None and who is not None and who.external_id == own
    result = await preview(context.runtime, principal.merchant_id, who, sale, may_be_new=may_be_new)
    return present(result)


async def _earner(context: Context, principal: Principal, input: EarnPreviewInput) -> Ref | None:
    if input.customer is None and principal.external_id is None:
        return None
    # A customer who is not there is looked up all the same: both answers take as long.
    return await callers.whom(context, principal, input.customer) or Ref(id=-1)


async def update_earning(
    info: Info, input: Annotated[UpdateEarningInput, INPUT]
) -> shown.UpdateEarningPayload:
    """Set windows, expiry, tiers and what never earns."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(currency: str) -> shown.EarningSettings:
        measure = (await current_program(merchant_id)).earning.tier_measure
        change = input.change(measure, currency)
        return shown.earning_settings(await update(merchant_id, change, runtime.clock(), actor))

    done, errors = await tried(info.context, merchant_id, work)
    return shown.UpdateEarningPayload(earning=done, user_errors=errors)


async def create_earning_rule(
    info: Info, input: Annotated[CreateEarningRuleInput, INPUT]
) -> shown.EarningRulePayload:
    """Make a rule; it counts from the next order on, or from its start."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(currency: str) -> rules.EarningRuleView:
        draft = input.rule.draft(currency)
        return await rules.create_earning_rule(
            merchant_id, draft, runtime.clock(), runtime.ids, actor
        )

    return await _rule(info.context, merchant_id, work)


async def update_earning_rule(
    info: Info, input: Annotated[UpdateEarningRuleInput, INPUT]
) -> shown.EarningRulePayload:
    """Make the next version of a rule; what was earned under the old one stays."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(currency: str) -> rules.EarningRuleView:
        draft, rule_id = input.rule.draft(currency), _rule_id(input.id)
        return await rules.update_earning_rule(
            merchant_id, rule_id, input.version, draft, runtime.clock(), actor
        )

    return await _rule(info.context, merchant_id, work)


async def archive_earning_rule(
    info: Info, input: Annotated[ArchiveEarningRuleInput, INPUT]
) -> shown.EarningRulePayload:
    """Take a rule out of use; safe to repeat."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(_: str) -> rules.EarningRuleView:
        rule_id, now = _rule_id(input.id), runtime.clock()
        return await rules.archive_earning_rule(merchant_id, rule_id, now, actor)

    return await _rule(info.context, merchant_id, work)


def _rule_id(global_id: str) -> int:
    number = checks.numbers(global_id, "EarningRule", 1)
    if number is None:
        raise LoyaltyError(Refusal(Code.RULE_NOT_FOUND, field=("id",)))
    return number[0]


async def _rule(
    context: Context, merchant_id: int, work: Callable[[str], Awaitable[rules.EarningRuleView]]
) -> shown.EarningRulePayload:
    async def made(currency: str) -> shown.EarningRule:
        return shown.earning_rule((await work(currency)).rule, currency)

    done, errors = await tried(context, merchant_id, made)
    return shown.EarningRulePayload(rule=done, user_errors=errors)
