"""From an outcome of the ledger to the parts of a payload, in one place for all mutations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from gateway.auth import Principal
from gateway.context import Context
from gateway.errors import LoyaltyError, RequestCode, RequestError
from gateway.ledger.commands import Outcome
from gateway.ledger.commands import Redemption as Held
from gateway.loaders import Loaded
from gateway.rules.program import Program
from gateway.services.directory import Known
from gateway.services.programs import program_version
from schema.customer import Customer, customer
from schema.errors import RedemptionError, refused, user_error
from schema.redemption import Redemption, shown

T = TypeVar("T")
Work = Callable[[str], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the payloads of all mutations of redemptions share."""

    currency: str
    outcome: Outcome | None
    redemption: Redemption | None
    customer: Customer | None
    replayed: bool
    user_errors: list[RedemptionError]


async def parts(
    context: Context, principal: Principal, work: Work, who: Known | None = None
) -> Parts:
    """Do the work with the merchant's currency, and present what came of it."""
    merchant = await context.runtime.directory.merchant(principal.merchant_id)
    currency = merchant.currency
    try:
        outcome = await work(currency)
    except LoyaltyError as error:
        return Parts(currency, None, None, None, False, [refused(context, currency, error)])
    if outcome.refusal is not None:
        errors = [user_error(context, currency, outcome.refusal)]
        return Parts(currency, outcome, None, None, outcome.replayed, errors)
    held = outcome.redemption
    if held is None:
        whose = who and customer(principal.merchant_id, who)
        return Parts(currency, outcome, None, whose, outcome.replayed, [])
    program = await program_of(context, held.merchant_id, held.program_version)
    whose = _holder(principal, held, outcome, program)
    return Parts(currency, outcome, shown(held, program, whose), whose, outcome.replayed, [])


async def tried(
    context: Context, merchant_id: int, work: Callable[[str], Awaitable[T]]
) -> tuple[T | None, list[RedemptionError]]:
    """The result of the work, or the refusal that it raised as data."""
    currency = (await context.runtime.directory.merchant(merchant_id)).currency
    try:
        return await work(currency), []
    except LoyaltyError as error:
        return None, [refused(context, currency, error)]


def malformed(error: LoyaltyError) -> RequestError:
    """A preview has no `userErrors`: a malformed amount is a broken request."""
    path = error.refusal.field or ()
    return RequestError(RequestCode.BAD_USER_INPUT, f"{error.refusal.code}: {error.detail}", path)


async def program_of(context: Context, merchant_id: int, version: int) -> Program:
    """A version of the merchant's program, from memory where it was used lately."""
    return await program_version(context.runtime.programs, merchant_id, version)


def _holder(principal: Principal, held: Held, outcome: Outcome, program: Program) -> Customer:
    """The redemption's customer. An apply knows the balances under the current program already.

    A replayed one knows those of then: what the customer has now is read.
    """
    loaded = Loaded()
    if not outcome.replayed and held.order_id is None and held.closed_at is None:
        loaded.known_balances = (outcome.coins, outcome.credits, program)
    return customer(held.merchant_id, Known(held.customer_id, principal.external_id), loaded)
