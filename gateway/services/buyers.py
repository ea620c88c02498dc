"""Whom a shop means: found by its own id, then by e-mail and phone, or made if the source may."""

from __future__ import annotations

import re
from typing import Final

from gateway.errors import Code, LoyaltyError, RequestError
from gateway.inbound.facts import Buyer
from gateway.services.customers import LONGEST_EXTERNAL_ID, CustomerDraft, upsert_customer
from gateway.services.customers import CustomerRef as Ref
from gateway.services.directory import Known
from gateway.services.merchants import MerchantView
from gateway.services.order_source_values import SourceView
from gateway.services.phones import e164, home_country
from gateway.services.runtime import Runtime

_SEPARATORS: Final = re.compile(r"[\s().\-/]+")
_ABOUT_CONTACTS: Final = frozenset({Code.INVALID_INPUT, Code.IDENTITY_TAKEN})
_WITH_TRUNK_ZERO: Final = 11
_PHONE: Final = re.compile(r"\+[0-9]{8,15}")


async def find_buyer(
    runtime: Runtime, merchant: MerchantView, source: SourceView, buyer: Buyer
) -> Known | None:
    """The customer; None for a guest whom nothing identifies.

    A guest is never made a customer: the shop itself does not know whether it is one.
    """
    external_id = _external_id(source, buyer)
    email, phone = buyer.email, _phone(buyer, merchant)
    refs: list[Ref] = [] if external_id is None else [Ref(external_id=external_id)]
    refs += [] if email is None else [Ref(email=email)]
    refs += [] if phone is None else [Ref(phone=phone)]
    for ref in refs:
        found = await runtime.directory.customer(merchant.id, ref)
        if found is not None:
            return found
    if external_id is None or not source.create_customers:
        return None
    return await _made(runtime, merchant.id, external_id, email, phone)


async def _made(
    runtime: Runtime, merchant_id: int, external_id: str, email: str | None, phone: str | None
) -> Known:
    """A new customer. A contact that cannot be stored, or is taken by now, is left out."""
    for mail, number in ((email, phone), (email, None), (None, phone), (None, None)):
        draft = CustomerDraft(external_id=external_id, email=mail, phone=number)
        try:
            made = await upsert_customer(merchant_id, draft, runtime.clock(), runtime.ids)
        except LoyaltyError as refused:
            if (mail or number) is None or refused.refusal.code not in _ABOUT_CONTACTS:
                raise
        else:
            return Known(made.id, made.external_id)
    raise AssertionError("the last of them has no contact")


def _external_id(source: SourceView, buyer: Buyer) -> str | None:
    if buyer.external_id is None:
        return None
    whole = source.customer_prefix + buyer.external_id
    return whole if len(whole) <= LONGEST_EXTERNAL_ID and whole.isprintable() else None


def _phone(buyer: Buyer, merchant: MerchantView) -> str | None:
    """As E.164, if it can be told: shops let people write what they like."""
    if buyer.phone is None:
        return None
    digits = _SEPARATORS.sub("", buyer.phone)
    if _PHONE.fullmatch(digits):
        return digits
    if len(digits) == _WITH_TRUNK_ZERO and digits.startswith("0"):
        digits = digits[1:]
    home = home_country(merchant.locale, merchant.currency)
    try:
        return e164(digits, buyer.country, home)
    except RequestError:
        return None
