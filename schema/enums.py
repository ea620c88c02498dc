"""Enumerations of the contract. Their values never change with the language."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, cast

import strawberry

from gateway.currencies import CURRENCIES
from gateway.errors import Code
from gateway.ledger import commands
from gateway.rules import earning_rules, offer, program
from gateway.services import audit, secrets, staff
from schema.descriptions import CODES, LIMITS

__all__ = [
    "ActorKind",
    "ClawbackPolicy",
    "CredentialKind",
    "CurrencyCode",
    "EarningKind",
    "ErrorCode",
    "LimitKind",
    "MinimumPaymentKind",
    "RuleKind",
    "StaffRole",
    "Status",
    "TierMeasure",
    "Wallet",
    "WalletUse",
]


def _described(enum: type[Enum], name: str, text: str, values: dict[str, str]) -> object:
    """Expose an enum of the inside, each value with its description."""
    members = {
        member.name: strawberry.enum_value(member.value, description=values[member.name])
        for member in enum
    }
    return strawberry.enum(cast("type[Enum]", Enum(name, members)), description=text)


if TYPE_CHECKING:
    from gateway.errors import Code as ErrorCode
    from gateway.ledger.commands import Status, Wallet, WalletUse
    from gateway.rules.earning_rules import EarningKind, TierMeasure
    from gateway.rules.offer import LimitKind
    from gateway.rules.program import ClawbackPolicy, MinimumPaymentKind, RuleKind
    from gateway.services.audit import ActorKind
    from gateway.services.secrets import CredentialKind
    from gateway.services.staff import Role as StaffRole

    class CurrencyCode(Enum):
        """A currency by its ISO 4217 code; at run time it has a member for each."""

        INR = "INR"

else:
    CurrencyCode = strawberry.enum(
        Enum(
            "CurrencyCode",
            {
                code: strawberry.enum_value(code, description=f"{c.name}, {c.exponent} decimals.")
                for code, c in CURRENCIES.items()
            },
        ),
        description="A currency by its ISO 4217 code.",
    )
    ErrorCode = _described(
        Code,
        "RedemptionErrorCode",
        "Why something was refused. Codes are stable; messages are for people.",
        CODES,
    )
    LimitKind = _described(
        offer.LimitKind,
        "RedemptionLimitKind",
        "What keeps a redemption from being larger.",
        LIMITS,
    )
    RuleKind = _described(
        program.RuleKind,
        "RedemptionRuleKind",
        "How a rule turns points into a discount.",
        {
            "VARIABLE_AMOUNT": "As many steps of points as fit, each worth the same amount.",
            "FIXED_AMOUNT": "Exactly these points for exactly this amount.",
            "VARIABLE_PERCENT": "As many steps of points as fit, each worth a percentage.",
            "FIXED_PERCENT": "Exactly these points for this percentage.",
        },
    )
    EarningKind = _described(
        earning_rules.EarningKind,
        "EarningRuleKind",
        "What a customer earns points for.",
        {
            "ORDER": "Points for each amount that was paid of an order.",
            "FIRST_ORDER": "A fixed number of points, once, with the first order.",
            "CAMPAIGN": "A fixed number of points with each order.",
            "SIGN_UP": "A fixed number of points, once, for being a customer.",
            "BIRTHDAY": "A fixed number of points once a calendar year.",
        },
    )
    TierMeasure = _described(
        earning_rules.TierMeasure,
        "TierMeasure",
        "What is counted over the last 365 days to reach a tier; what was given back does not.",
        {
            "POINTS_EARNED": "Points that orders have brought.",
            "AMOUNT_SPENT": "Money that was paid for orders.",
        },
    )
    Status = _described(
        commands.Status,
        "RedemptionStatus",
        "Where a redemption is in its life.",
        {
            "HELD": "Points are reserved for a cart, until `expiresAt`.",
            "CAPTURED": "An order was paid with the discount; the points are spent.",
            "RELEASED": "The points were given back before any order.",
            "EXPIRED": "The hold ran out and the points were given back.",
        },
    )
    Wallet = _described(
        commands.Wallet,
        "Wallet",
        "One of a customer's accounts.",
        {
            "COINS": "Loyalty points, turned into a discount by redemption rules.",
            "CREDITS": "Store credit in minor units of the merchant's currency, worth itself.",
        },
    )
    WalletUse = _described(
        commands.WalletUse,
        "WalletUse",
        "Which wallets to draw on.",
        {
            "COINS": "Loyalty points only.",
            "CREDITS": "Store credit only.",
            "COINS_AND_CREDITS": "Store credit first, then loyalty points on what remains.",
        },
    )
    MinimumPaymentKind = _described(
        program.MinimumPaymentKind,
        "MinimumPaymentKind",
        "How the least that a customer must pay is given.",
        {
            "NONE": "There is no minimum; an order may become free.",
            "FIXED": "An amount of money.",
            "PERCENT": "A percentage of the cart, rounded up to a minor unit.",
        },
    )
    ClawbackPolicy = _described(
        program.ClawbackPolicy,
        "ClawbackPolicy",
        "What happens when points are taken back that the customer no longer has.",
        {
            "WITHIN_BALANCE": "No more is taken than is there.",
            "DEBT": "The rest is owed, and later earning pays it first.",
        },
    )
    ActorKind = _described(
        audit.ActorKind,
        "AuditActorKind",
        "Who can change something.",
        {
            "STAFF": "A person in the console.",
            "KEY": "A program with a key.",
            "SYSTEM": "The command line of the gateway.",
        },
    )
    CredentialKind = _described(
        secrets.CredentialKind,
        "CredentialKind",
        "What a key is for.",
        {
            "PUBLISHABLE": "Public: stands in the storefront's page.",
            "SECRET_WEBHOOK": "A Secret Webhook ID, of the checkout's backend.",
            "ADMIN": "For scripts of the merchant: everything but the staff.",
        },
    )
    StaffRole = _described(
        staff.Role,
        "StaffRole",
        "What somebody is trusted with.",
        {
            "OWNER": "Everything, also who else may come in.",
            "MANAGER": "Settings, rules, keys and the audit log.",
            "SUPPORT": "Looks everything up, helps customers with their points.",
        },
    )
