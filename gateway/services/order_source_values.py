"""What an order source is, and what may stand in one."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any, Final

from gateway.errors import LoyaltyError
from gateway.inbound.facts import SourceKind
from gateway.inbound.signing import PREFIX
from gateway.services.checks import check, refuse

LONGEST_PREFIX: Final = 40
SHORTEST_SECRET: Final = 16
LONGEST_SECRET: Final = 500
BRINGS_ITS_OWN: Final = frozenset({SourceKind.SHOPIFY, SourceKind.WOOCOMMERCE})
"""Kinds whose shops make the secret themselves, or let it be typed in."""

NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source as its merchant may see it: without the secret. `*_at` are microseconds."""

    merchant_id: int
    id: int
    name: str
    kind: SourceKind
    previous_until: int | None
    """Until when the secret before the last rotation works."""
    create_customers: bool
    customer_prefix: str
    order_prefix: str
    created_at: int

    @property
    def path(self) -> str:
        """Where the shop is to send to, at this gateway's own address."""
        return f"/hooks/orders/{self.merchant_id}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """A source to make. `name` None: that of its kind. `secret` None: one is made."""

    kind: SourceKind
    name: str | None = None
    secret: str | None = None
    create_customers: bool = True
    customer_prefix: str = ""
    order_prefix: str = ""


@dataclass(frozen=True, slots=True)
class IssuedSource:
    """A source with its secret, for the one time that it is told; None: the caller brought it."""

    source: SourceView
    secret: str | None

    def __repr__(self) -> str:
        return f"IssuedSource({self.source!r})"


@dataclass(frozen=True, slots=True)
class OpenedSource:
    """A source with the secrets that work now."""

    source: SourceView
    secrets: tuple[str, ...]

    def __repr__(self) -> str:
        return f"OpenedSource({self.source!r})"


def usable_secret(kind: SourceKind, given: str | None) -> str:
    """The secret that the caller brings, or a new one with 256 random bits."""
    if given is None:
        return PREFIX + b64encode(token_bytes(32)).decode()
    check(kind in BRINGS_ITS_OWN, "The secret of this kind of source is made here.", "secret")
    allowed = SHORTEST_SECRET <= len(given) <= LONGEST_SECRET and given.isprintable()
    detail = f"A secret has {SHORTEST_SECRET} to {LONGEST_SECRET} printable characters."
    check(allowed and given == given.strip(), detail, "secret")
    return given


def check_prefix(prefix: str, name: str) -> None:
    """Refuse what cannot go before an id."""
    allowed = len(prefix) <= LONGEST_PREFIX and (prefix == "" or prefix.isprintable())
    check(allowed, f"A prefix has at most {LONGEST_PREFIX} printable characters.", name)


def no_source() -> LoyaltyError:
    """The refusal of an id that names no source of the merchant."""
    return refuse("There is no such source.", "id")


def view_of(merchant_id: int, row: Mapping[str, Any]) -> SourceView:
    """A row of the table, as its merchant may see it."""
    return SourceView(
        merchant_id=merchant_id,
        id=row["id"],
        name=row["name"],
        kind=SourceKind(row["kind"]),
        previous_until=row["previous_until"],
        create_customers=bool(row["create_customers"]),
        customer_prefix=row["customer_prefix"],
        order_prefix=row["order_prefix"],
        created_at=row["created_at"],
    )
