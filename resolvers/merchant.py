"""What the merchant decides: the integration, the Secret Webhook ID, the rules."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

import strawberry

from gateway.auth import Scope
from gateway.context import Context
from gateway.errors import Code, LoyaltyError, Refusal
from gateway.services import rules
from gateway.services.credentials import rotate_secret_webhook_id as rotate
from gateway.services.programs import current_program, update_checkout
from resolvers.presenting import tried
from schema import checkout_inputs as inputs
from schema import checks, webhook_id
from schema import custom_checkout as checkout_shown
from schema import merchant as shown
from schema import program as programs_shown
from schema.describe import arg
from schema.rule import redemption_rule
from schema.rule_inputs import (
    ArchiveRedemptionRuleInput,
    CreateRedemptionRuleInput,
    UpdateRedemptionRuleInput,
)

Info = strawberry.Info[Context, None]
INPUT = arg("See the input's fields.")


async def program(info: Info) -> programs_shown.Program:
    """Open to a publishable key."""
    principal = info.context.require(Scope.READ_PROGRAM)
    return programs_shown.program(await current_program(principal.merchant_id))


async def merchant(info: Info) -> shown.Merchant:
    """For staff."""
    principal = info.context.require(Scope.READ_MERCHANT)
    view = await info.context.runtime.directory.merchant(principal.merchant_id)
    return shown.merchant(view, await current_program(principal.merchant_id))


async def update_custom_checkout(
    info: Info, input: Annotated[inputs.UpdateCustomCheckoutInput, INPUT]
) -> inputs.UpdateCustomCheckoutPayload:
    """Switch the integration, set the minimum payment, the times and who may call."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)

    async def work(currency: str) -> checkout_shown.CustomCheckout:
        change = input.change(currency)
        now = context.runtime.clock()
        changed = await update_checkout(principal.merchant_id, change, now, context.actor)
        context.runtime.origins.forget()
        return checkout_shown.custom_checkout(changed)

    done, errors = await tried(context, principal.merchant_id, work)
    return inputs.UpdateCustomCheckoutPayload(custom_checkout=done, user_errors=errors)


async def rotate_secret_webhook_id(
    info: Info,
    input: Annotated[webhook_id.RotateSecretWebhookIdInput, INPUT],
) -> webhook_id.RotateSecretWebhookIdPayload:
    """Make a new Secret Webhook ID; the old one works for the overlap."""
    context, principal = info.context, info.context.require(Scope.CONFIGURE)
    runtime = context.runtime

    async def work(_: str) -> str:
        issued = await rotate(
            principal.merchant_id,
            runtime.clock(),
            runtime.ids,
            input.overlap_seconds,
            by=context.actor,
        )
        runtime.forget_credentials()
        return issued.secret

    done, errors = await tried(context, principal.merchant_id, work)
    return webhook_id.RotateSecretWebhookIdPayload(secret_webhook_id=done, user_errors=errors)


async def create_redemption_rule(
    info: Info, input: Annotated[CreateRedemptionRuleInput, INPUT]
) -> inputs.RedemptionRulePayload:
    """Make a rule; it is live at once, or from its start."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(currency: str) -> rules.RuleView:
        draft = input.rule.draft(currency)
        return await rules.create_rule(merchant_id, draft, runtime.clock(), runtime.ids, actor)

    return await _rule(info.context, merchant_id, work)


async def update_redemption_rule(
    info: Info, input: Annotated[UpdateRedemptionRuleInput, INPUT]
) -> inputs.RedemptionRulePayload:
    """Make the next version of a rule; what was applied under the old one stays as it is."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(currency: str) -> rules.RuleView:
        draft, rule_id = input.rule.draft(currency), _rule_id(input.id)
        return await rules.update_rule(
            merchant_id, rule_id, input.version, draft, runtime.clock(), actor
        )

    return await _rule(info.context, merchant_id, work)


async def archive_redemption_rule(
    info: Info, input: Annotated[ArchiveRedemptionRuleInput, INPUT]
) -> inputs.RedemptionRulePayload:
    """Take a rule out of use; safe to repeat."""
    runtime, merchant_id = info.context.runtime, info.context.require(Scope.CONFIGURE).merchant_id
    actor = info.context.actor

    async def work(_: str) -> rules.RuleView:
        return await rules.archive_rule(merchant_id, _rule_id(input.id), runtime.clock(), actor)

    return await _rule(info.context, merchant_id, work)


def _rule_id(global_id: str) -> int:
    number = checks.numbers(global_id, "RedemptionRule", 1)
    if number is None:
        raise LoyaltyError(Refusal(Code.RULE_NOT_FOUND, field=("id",)))
    return number[0]


async def _rule(
    context: Context, merchant_id: int, work: Callable[[str], Awaitable[rules.RuleView]]
) -> inputs.RedemptionRulePayload:
    done, errors = await tried(context, merchant_id, work)
    if done is None:
        return inputs.RedemptionRulePayload(rule=None, user_errors=errors)
    currency = (await context.runtime.directory.merchant(merchant_id)).currency
    return inputs.RedemptionRulePayload(rule=redemption_rule(done.rule, currency), user_errors=[])
