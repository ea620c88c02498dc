"""A merchant to try things on: one rule, a minimum payment, customers with points.

The story it tells: 1 point is worth 1.00, at most 100.00 at once, and the customer always pays at
least 20 % of the cart. Each 10.00 that is paid earns a point, more in a tier.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import orjson

from gateway.ids import IdMaker
from gateway.ledger.commands import Grant, Wallet
from gateway.rules.earning_rules import EarningKind, Tier
from gateway.rules.program import MinimumPayment, MinimumPaymentKind, RuleKind
from gateway.services.audit import SYSTEM
from gateway.services.credentials import create_credential
from gateway.services.customers import upsert_customer
from gateway.services.database import transaction
from gateway.services.directory import Known
from gateway.services.earning_drafts import EarningDraft
from gateway.services.earning_rules import create_earning_rule
from gateway.services.earning_settings import EarningChange, update_earning
from gateway.services.identity import CustomerDraft
from gateway.services.merchants import MerchantView, create_merchant
from gateway.services.passwords import Passwords
from gateway.services.programs import CheckoutChange, update_checkout
from gateway.services.redemptions import Keyed
from gateway.services.rules import RuleDraft, create_rule
from gateway.services.runtime import Runtime
from gateway.services.secrets import CredentialKind
from gateway.services.staff import Role, find_by_email
from gateway.services.staff_links import invite_staff, redeem

DAY = 86_400 * 1_000_000
TOKEN_SECONDS = 86_400
TOGETHER = 200
OWNER_NAME = "Meera Rao"
OWNER_EMAIL = "owner@chai.example"
OWNER_PASSWORD = "chai-and-points"  # noqa: S105 - a demo has no secrets


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer of the demo: lots of points as (points, days until they lapse or None)."""

    external_id: str
    lots: tuple[tuple[int, int | None], ...]
    phone: str | None = None
    email: str | None = None
    credit_minor: int = 0


CAST = (
    Person(
        external_id="custom_website-10001",
        lots=((120, 7), (380, 90), (1500, None)),
        phone="+919812345670",
    ),
    Person(external_id="custom_website-10002", lots=((40, 30),), phone="+919812345671"),
    Person(external_id="custom_website-10003", lots=(), phone="+919812345672"),
    Person(external_id="custom_website-10004", lots=((900, 3), (60, 365)), credit_minor=25_000),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The keys of a demo merchant, in clear: a demo has no secrets."""

    merchant_id: int
    publishable_key: str
    secret_webhook_id: str
    admin_key: str
    customers: tuple[tuple[str, str], ...] = ()
    """External id and token of each customer."""

    def as_json(self, endpoint: str) -> str:
        """The form that scripts read."""
        body = {
            "endpoint": endpoint,
            "publishableKey": self.publishable_key,
            "secretWebhookId": self.secret_webhook_id,
            "adminKey": self.admin_key,
            "customers": [{"externalId": e, "token": t} for e, t in self.customers],
        }
        return orjson.dumps(body, option=orjson.OPT_INDENT_2).decode()


async def seed_merchant(
    runtime: Runtime, name: str, customers: int, progress: Callable[[int], object] = lambda _: None
) -> Keys:
    """Make the merchant of the story with so many customers, of 500 points each."""
    keys = await _merchant(runtime, name)
    people = (
        Person(external_id=f"custom_website-{10_000 + i}", lots=((500, 30 + i % 300),))
        for i in range(1, customers + 1)
    )
    batch: list[Person] = []
    for person in people:
        batch.append(person)
        if len(batch) == TOGETHER:
            await settle_in(runtime, keys.merchant_id, batch)
            progress(len(batch))
            batch = []
    await settle_in(runtime, keys.merchant_id, batch)
    progress(len(batch))
    return keys


async def seed_demo(runtime: Runtime) -> Keys:
    """Make the demo's merchant, with its cast of customers."""
    keys = await open_shop(runtime)
    await settle_in(runtime, keys.merchant_id, CAST)
    return keys


async def open_shop(runtime: Runtime) -> Keys:
    """Make the demo's merchant alone, with nobody in it."""
    return await _merchant(runtime, "Chai & Co.")


async def let_owner_in(runtime: Runtime, passwords: Passwords, merchant_id: int) -> None:
    """Let the demo's owner sign in to the console with the password that everybody knows.

    Only ever for a demo. Nothing happens where the owner is there already.
    """
    if await find_by_email(merchant_id, OWNER_EMAIL) is not None:
        return
    now = runtime.clock()
    link = await invite_staff(merchant_id, OWNER_EMAIL, Role.OWNER, now, runtime.ids, SYSTEM)
    hashed = await passwords.hash(OWNER_PASSWORD)
    await redeem(link.token, OWNER_NAME, hashed, now)


def tokens(runtime: Runtime, merchant_id: int) -> tuple[tuple[str, str], ...]:
    """A day's token for each customer of the demo."""
    now = runtime.clock()
    return tuple(
        (p.external_id, runtime.tokens.mint(merchant_id, p.external_id, now, TOKEN_SECONDS)[0])
        for p in CAST
    )


async def _merchant(runtime: Runtime, name: str) -> Keys:
    now, ids = runtime.clock(), runtime.ids
    merchant = await create_merchant(
        name=name, currency="INR", locale="en-IN", time_zone="Asia/Kolkata", now=now, ids=ids
    )
    least = MinimumPayment(MinimumPaymentKind.PERCENT, 2_000)
    change = CheckoutChange(enabled=True, minimum_payment=least)
    await update_checkout(merchant.id, change, now)
    rule = RuleDraft(
        name="1 point = ₹1, up to ₹100",
        kind=RuleKind.VARIABLE_AMOUNT,
        points=1,
        discount_minor=100,
        maximum_discount_minor=10_000,
    )
    await create_rule(merchant.id, rule, now, ids)
    await _let_earn(merchant.id, now, ids)
    made = {
        kind: (await create_credential(merchant.id, kind, "demo", now, ids)).secret
        for kind in CredentialKind
    }
    return Keys(
        merchant_id=merchant.id,
        publishable_key=made[CredentialKind.PUBLISHABLE],
        secret_webhook_id=made[CredentialKind.SECRET_WEBHOOK],
        admin_key=made[CredentialKind.ADMIN],
    )


async def _let_earn(merchant_id: int, now: int, ids: IdMaker) -> None:
    """One point for each ₹10 that is paid, more of them in a tier."""
    tiers = (Tier("Silver", 500, 12_500), Tier("Gold", 2_000, 15_000))
    await update_earning(merchant_id, EarningChange(tiers=tiers), now)
    rate = EarningDraft(name="1 point per ₹10", kind=EarningKind.ORDER, points=1, per_minor=1_000)
    await create_earning_rule(merchant_id, rate, now, ids)


async def settle_in(
    runtime: Runtime, merchant_id: int, people: tuple[Person, ...] | list[Person]
) -> list[Known]:
    """Make these customers and give them what they have."""
    merchant = await runtime.directory.merchant(merchant_id)

    async def make() -> list[Known]:
        return [await _customer(runtime, merchant, person) for person in people]

    known = await transaction(make) if people else []
    await asyncio.gather(
        *(
            runtime.ledger.submit(grant)
            for who, person in zip(known, people, strict=True)
            for grant in _grants(runtime.clock(), merchant_id, who, person)
        )
    )
    return known


async def _customer(runtime: Runtime, merchant: MerchantView, person: Person) -> Known:
    draft = CustomerDraft(external_id=person.external_id, phone=person.phone, email=person.email)
    view = await upsert_customer(merchant, draft, runtime.clock(), runtime.ids)
    return Known(view.id, view.external_id)


def _grants(now: int, merchant_id: int, who: Known, person: Person) -> list[Grant]:
    lots = [(Wallet.COINS, points, days) for points, days in person.lots]
    if person.credit_minor:
        lots.append((Wallet.CREDITS, person.credit_minor, None))
    return [
        Grant(
            merchant_id=merchant_id,
            customer_id=who.id,
            key=Keyed("seed", f"{who.id}:{number}").bind(wallet.value, amount, days),
            wallet=wallet,
            points=amount,
            reason="welcome",
            expires_at=None if days is None else now + days * DAY,
        )
        for number, (wallet, amount, days) in enumerate(lots)
    ]
