"""Whom a shop means: found by its own id, then by e-mail and phone, or made if the source may."""

from __future__ import annotations

from typing import Final

from gateway.errors import Code, LoyaltyError, RequestError
from gateway.inbound.facts import Buyer
from gateway.services.customers import CustomerRef as Ref
from gateway.services.customers import upsert_customer
from gateway.services.directory import Known
from gateway.services.identity import LONGEST_EXTERNAL_ID, CustomerDraft
from gateway.services.merchants import MerchantView
from gateway.services.order_source_values import SourceView
from gateway.services.phones import mobile_e164
from gateway.services.runtime import Runtime

_ABOUT_CONTACTS: Final = frozenset({Code.INVALID_INPUT, Code.IDENTITY_TAKEN})


async def find_buyer(
    runtime: Runtime, merchant: MerchantView, source: SourceView, buyer: Buyer
) -> Known | None:
    """The customer; None for a guest whom nothing identifies.

    A guest is never made a customer: the shop itself does not know whether it is one.
    """
    external_id = _external_id(source, buyer)
    email, phone = buyer.email, _phone(buyer, merchant)
    # Also by what a guest was known by before it was merged: shops go on with the old name.
    refs = [] if external_id is None else [Ref(external_id=external_id, old_names=True)]
    refs += [] if email is None else [Ref(email=email, old_names=True)]
    refs += [] if phone is None else [Ref(phone=phone, old_names=True)]
    for ref in refs:
        found = await runtime.directory.customer(merchant.id, ref)
        if found is not None:
            return found
    if external_id is None or not source.create_customers:
        return None
    return await _made(runtime, merchant, external_id, email, phone)


async def _made(
    runtime: Runtime,
    merchant: MerchantView,
    external_id: str,
    email: str | None,
    phone: str | None,
) -> Known:
    """A new customer. A contact that cannot be stored, or is taken by now, is left out."""
    for mail, number in ((email, phone), (email, None), (None, phone), (None, None)):
        draft = CustomerDraft(external_id=external_id, email=mail, phone=number)
        try:
            made = await upsert_customer(merchant, draft, runtime.clock(), runtime.ids)
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
    try:
        return mobile_e164(buyer.phone, buyer.country, merchant.region)
    except RequestError:
        return None
