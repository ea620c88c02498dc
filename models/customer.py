"""Whose points they are."""

from __future__ import annotations

from tortoise.models import Model

from models import columns


class Customer(Model):
    """A customer of one merchant; `tags` is a JSON list. The key of the row is (merchant_id, id).

    Written by `gateway.services.customers` alone, which the ledger reads tier and tags from.
    """

    id: int = columns.key()
    merchant_id: int = columns.whole()
    external_id: str = columns.text()
    phone: str | None = columns.text_or_none()
    email: str | None = columns.text_or_none()
    tier: str | None = columns.text_or_none()
    tags: str = columns.text()
    locale: str | None = columns.text_or_none()
    birthday: str | None = columns.text_or_none()
    awards_due_at: int | None = columns.whole_or_none()
    erased_at: int | None = columns.whole_or_none()
    has_guests: bool = columns.flag()
    created_at: int = columns.whole()
    updated_at: int = columns.whole()
    tier_review_at: int | None = columns.whole_or_none()
    merged_into: int | None = columns.whole_or_none()
    sandbox: bool = columns.flag()
    sandbox_until: int | None = columns.whole_or_none()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "customer"


class CustomerAlias(Model):
    """What a customer was known by before it was merged. The key is (merchant, kind, value).

    `kind` is `external_id`, `phone` or `email`.
    """

    value: str = columns.text_key()
    merchant_id: int = columns.whole()
    kind: str = columns.text()
    customer_id: int = columns.whole()
    source_id: int = columns.whole()
    at: int = columns.whole()

    class Meta(Model.Meta):
        """Where it is stored."""

        table = "customer_alias"
