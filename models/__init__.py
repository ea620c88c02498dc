"""The nouns that the gateway keeps: Tortoise tables and their migrations.

The tables themselves are made by the SQL files in `models/migrations` alone: Tortoise would leave
out every CHECK. All ids are 64-bit integers, times are microseconds since the Unix epoch, UTC,
and lists are JSON in text columns.
"""

from __future__ import annotations

from models.account import Account
from models.audit import AuditEntry
from models.credential import Credential, SigningKey
from models.customer import Customer, CustomerAlias
from models.earning import EarningProgram, EarningRule
from models.figure import CustomerFigure, DailyFigure, DailyReach
from models.figure_due import FigureDayDue, FigureDue, FigureMark
from models.idempotency import IdempotencyRecord
from models.inbound import InboxItem, OrderSource
from models.journal import JournalEntry
from models.lot import Lot
from models.merchant import Merchant
from models.noted import CallCount, CheckoutSeen, SupportTicket
from models.order import Award, CustomerDay, CustomerOrder
from models.origin import AllowedOrigin
from models.outbox import OutboxEvent
from models.program import CustomCheckout, Program
from models.rate_bucket import RateBucket
from models.redemption import Redemption, RedemptionLot
from models.rule import RedemptionRule
from models.staff import Staff, StaffInvitation, StaffSession
from models.webhook import WebhookDelivery, WebhookEndpoint

__all__ = [
    "Account",
    "AllowedOrigin",
    "AuditEntry",
    "Award",
    "CallCount",
    "CheckoutSeen",
    "Credential",
    "CustomCheckout",
    "Customer",
    "CustomerAlias",
    "CustomerDay",
    "CustomerFigure",
    "CustomerOrder",
    "DailyFigure",
    "DailyReach",
    "EarningProgram",
    "EarningRule",
    "FigureDayDue",
    "FigureDue",
    "FigureMark",
    "IdempotencyRecord",
    "InboxItem",
    "JournalEntry",
    "Lot",
    "Merchant",
    "OrderSource",
    "OutboxEvent",
    "Program",
    "RateBucket",
    "Redemption",
    "RedemptionLot",
    "RedemptionRule",
    "SigningKey",
    "Staff",
    "StaffInvitation",
    "StaffSession",
    "SupportTicket",
    "WebhookDelivery",
    "WebhookEndpoint",
]

__models__ = [
    Merchant,
    CustomCheckout,
    AllowedOrigin,
    Program,
    RedemptionRule,
    EarningProgram,
    EarningRule,
    Credential,
    SigningKey,
    Staff,
    StaffSession,
    StaffInvitation,
    AuditEntry,
    Customer,
    CustomerAlias,
    Account,
    Lot,
    Redemption,
    RedemptionLot,
    JournalEntry,
    IdempotencyRecord,
    OutboxEvent,
    CustomerOrder,
    CustomerDay,
    Award,
    OrderSource,
    InboxItem,
    RateBucket,
    WebhookEndpoint,
    WebhookDelivery,
    CheckoutSeen,
    CallCount,
    SupportTicket,
    CustomerFigure,
    DailyFigure,
    DailyReach,
    FigureDue,
    FigureDayDue,
    FigureMark,
]
"""The name is Tortoise's: it finds the tables here."""
