"""Merchants: made with everything that a merchant has from the start, and found again."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import models
from gateway.currencies import CURRENCIES
from gateway.ids import IdMaker
from gateway.ledger.programs import encode
from gateway.rules.program import Program
from gateway.services.checks import check, is_language_tag, is_text
from gateway.services.database import transaction
from gateway.services.earning_rows import insert_settings
from gateway.services.phones import home_country

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantView:
    """A merchant as it stands; `created_at` in microseconds since the Unix epoch, UTC."""

    id: int
    name: str
    currency: str
    locale: str
    time_zone: str
    program_version: int
    created_at: int

    @property
    def region(self) -> str | None:
        """The country in which phone numbers without a calling code are dialled, alpha-2."""
        return home_country(self.locale, self.currency, self.time_zone)


async def create_merchant(
    *, name: str, currency: str, locale: str, time_zone: str, now: int, ids: IdMaker
) -> MerchantView:
    """Make a merchant with its Custom Checkout, turned off, and the first program version.

    It has the settings of earning as well, and no rule of either kind.

    Raises LoyaltyError(INVALID_INPUT) with the field that is to blame: `name`, `currency` (a code
    of gateway.currencies), `locale` (BCP 47) or `timeZone` (an IANA name).
    """
    _check(name, currency, locale, time_zone)
    program = Program(
        merchant_id=ids.next(), version=1, currency=currency, locale=locale, enabled=False
    )
    merchant = MerchantView(
        id=program.merchant_id,
        name=name,
        currency=currency,
        locale=locale,
        time_zone=time_zone,
        program_version=program.version,
        created_at=now,
    )
    await transaction(lambda: _insert(merchant, program))
    return merchant


async def find_merchant(merchant_id: int) -> MerchantView | None:
    """The merchant with that id, None when there is no such one."""
    row = await models.Merchant.get_or_none(id=merchant_id)
    return _view(row) if row else None


async def list_merchants() -> list[MerchantView]:
    """All merchants, oldest first."""
    return [_view(row) for row in await models.Merchant.all().order_by("id")]


def _check(name: str, currency: str, locale: str, time_zone: str) -> None:
    check(is_text(name, LONGEST_NAME), f"A name has 1 to {LONGEST_NAME} characters.", "name")
    check(currency in CURRENCIES, "The currency is not a known ISO 4217 code.", "currency")
    check(is_language_tag(locale), 'A locale is a BCP 47 tag such as "hi-IN".', "locale")
    allowed = _is_time_zone(time_zone)
    check(allowed, 'A time zone is an IANA name such as "Asia/Kolkata".', "timeZone")


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # unknown; a path out of the folder; the folder
        return False
    return True


async def _insert(merchant: MerchantView, program: Program) -> None:
    await models.Merchant.create(
        id=merchant.id,
        name=merchant.name,
        currency=merchant.currency,
        locale=merchant.locale,
        time_zone=merchant.time_zone,
        program_version=merchant.program_version,
        created_at=merchant.created_at,
    )
    await models.CustomCheckout.create(
        merchant_id=merchant.id,
        enabled=program.enabled,
        minimum_payment_kind=program.minimum_payment.kind.value,
        minimum_payment_value=program.minimum_payment.value,
        hold_seconds=program.hold_seconds,
        quote_seconds=program.quote_seconds,
        refund_grace_seconds=program.refund_grace_seconds,
        clawback_policy=program.clawback_policy.value,
        order_lines_required=program.order_lines_required,
    )
    await insert_settings(merchant.id, program.earning)
    await models.Program.create(
        merchant_id=merchant.id,
        version=program.version,
        body=encode(program),
        created_at=merchant.created_at,
    )


def _view(row: models.Merchant) -> MerchantView:
    return MerchantView(
        id=row.id,
        name=row.name,
        currency=row.currency,
        locale=row.locale,
        time_zone=row.time_zone,
        program_version=row.program_version,
        created_at=row.created_at,
    )
