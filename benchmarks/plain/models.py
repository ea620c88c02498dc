"""The tables, made by Tortoise itself."""

from __future__ import annotations

from typing import Any

from tortoise import fields
from tortoise.models import Model

Field = Any  # Tortoise's fields are typed as descriptors, not as the values that rows have


def _of(model: str) -> Field:
    return fields.ForeignKeyField(f"models.{model}")  # pyright: ignore[reportUnknownVariableType] - untyped by Tortoise


def _only_one_of(model: str) -> Field:
    return fields.OneToOneField(f"models.{model}")  # pyright: ignore[reportUnknownVariableType] - untyped by Tortoise


def _json() -> Field:
    return fields.JSONField()  # pyright: ignore[reportUnknownVariableType] - untyped by Tortoise


class Merchant(Model):
    """A merchant with its Secret Webhook ID, hashed, and its minimum payment in basis points."""

    id: Field = fields.BigIntField(primary_key=True)
    currency: Field = fields.CharField(max_length=3)
    secret_hash: Field = fields.CharField(max_length=64, unique=True)
    minimum_payment_bp: Field = fields.IntField()


class Rule(Model):
    """Points a step, the discount of a step and the most discount, in minor units."""

    id: Field = fields.BigIntField(primary_key=True)
    merchant: Field = _of("Merchant")
    points: Field = fields.BigIntField()
    discount_minor: Field = fields.BigIntField()
    maximum_discount_minor: Field = fields.BigIntField()


class Customer(Model):
    """A customer of a merchant."""

    id: Field = fields.BigIntField(primary_key=True)
    merchant: Field = _of("Merchant")
    external_id: Field = fields.CharField(max_length=255)

    class Meta(Model.Meta):
        """Found by the merchant's own id."""

        unique_together = (("merchant", "external_id"),)


class Account(Model):
    """What a customer has."""

    id: Field = fields.BigIntField(primary_key=True)
    customer: Field = _only_one_of("Customer")
    available: Field = fields.BigIntField()
    held: Field = fields.BigIntField(default=0)
    sequence: Field = fields.BigIntField(default=0)


class Lot(Model):
    """Points that came in together."""

    id: Field = fields.BigIntField(primary_key=True)
    account: Field = _of("Account")
    available: Field = fields.BigIntField()
    held: Field = fields.BigIntField(default=0)
    expires_at: Field = fields.DatetimeField()


class Redemption(Model):
    """Points reserved for a cart."""

    id: Field = fields.BigIntField(primary_key=True)
    customer: Field = _of("Customer")
    rule: Field = _of("Rule")
    cart_id: Field = fields.CharField(max_length=255)
    status: Field = fields.CharField(max_length=10, default="HELD")
    points: Field = fields.BigIntField()
    discount_minor: Field = fields.BigIntField()
    total_minor: Field = fields.BigIntField()
    expires_at: Field = fields.DatetimeField()

    class Meta(Model.Meta):
        """One customer's redemption of a cart is looked for at every apply."""

        indexes = (("customer", "cart_id"),)


class RedemptionLot(Model):
    """How many points of which lot a redemption holds."""

    id: Field = fields.BigIntField(primary_key=True)
    redemption: Field = _of("Redemption")
    lot: Field = _of("Lot")
    points: Field = fields.BigIntField()


class JournalEntry(Model):
    """One movement of points."""

    id: Field = fields.BigIntField(primary_key=True)
    account: Field = _of("Account")
    sequence: Field = fields.BigIntField()
    kind: Field = fields.CharField(max_length=10)
    points: Field = fields.BigIntField()
    redemption: Field = _of("Redemption")
    available_after: Field = fields.BigIntField()
    held_after: Field = fields.BigIntField()
    at: Field = fields.DatetimeField(auto_now_add=True)

    class Meta(Model.Meta):
        """No number twice in an account."""

        unique_together = (("account", "sequence"),)


class IdempotencyRecord(Model):
    """Which redemption was made under a key."""

    id: Field = fields.BigIntField(primary_key=True)
    merchant: Field = _of("Merchant")
    key: Field = fields.CharField(max_length=128)
    request_hash: Field = fields.CharField(max_length=64)
    redemption: Field = _of("Redemption")
    redemption_id: int

    class Meta(Model.Meta):
        """A key is a merchant's."""

        unique_together = (("merchant", "key"),)


class OutboxEvent(Model):
    """What others are to be told."""

    id: Field = fields.BigIntField(primary_key=True)
    merchant: Field = _of("Merchant")
    kind: Field = fields.CharField(max_length=40)
    payload: Field = _json()
    at: Field = fields.DatetimeField(auto_now_add=True)


__models__ = [
    Merchant,
    Rule,
    Customer,
    Account,
    Lot,
    Redemption,
    RedemptionLot,
    JournalEntry,
    IdempotencyRecord,
    OutboxEvent,
]
"""The name is Tortoise's: it finds the tables here."""
