"""Sentences for a shopper: what points would save, what an order earns, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.messages.catalogue import ANY_CODE, Catalogue, Forms, load
from gateway.messages.formats import format_count, format_money

if TYPE_CHECKING:
    from gateway.errors import Refusal


def offer_message(points: int, discount_minor: int, currency: str, language: str) -> str:
    """Say what the points save: "Use 100 points and save ₹100.00."."""
    amount = format_money(discount_minor, currency, language)
    return _counted(load(language).preview["offer"], points, language, amount)


def credits_message(credit_minor: int, currency: str, language: str) -> str:
    """Say how much store credit is used: "Use ₹50.00 of your store credit."."""
    amount = format_money(credit_minor, currency, language)
    return load(language).preview["credits"]["other"].format(amount=amount)


def earned_message(points: int, language: str, *, pending: bool) -> str:
    """Say what an order earns: "You earn 120 points with this order."; and that it takes time."""
    catalogue = load(language)
    said = _counted(catalogue.earning["earned"], points, language)
    return said + catalogue.joiner + catalogue.earning["pending"]["other"] if pending else said


def earning_refusal_message(refusal: Refusal, currency: str, language: str) -> str:
    """Say why an order earns nothing, with the money that is missing where that helps."""
    catalogue, code = load(language), refusal.code
    if refusal.shortfall_minor and code in catalogue.earning_shortfall:
        amount = format_money(refusal.shortfall_minor, currency, language)
        return catalogue.earning_shortfall[code]["other"].format(amount=amount)
    return (catalogue.earning.get(code) or catalogue.text[code])["other"]


def refusal_message(refusal: Refusal, currency: str, language: str) -> str:
    """Say why, with the number that helps most where the refusal has one, then what is possible.

    A number that is absent or zero is not told.
    """
    catalogue = load(language)
    reason = _reason(refusal, currency, language, catalogue)
    if not refusal.allowed_points:
        return reason
    sentences = catalogue.allowed_points
    forms = sentences.get(refusal.code) or sentences[ANY_CODE]
    return reason + catalogue.joiner + _counted(forms, refusal.allowed_points, language)


def _reason(refusal: Refusal, currency: str, language: str, catalogue: Catalogue) -> str:
    code = refusal.code
    if refusal.shortfall_points and (forms := catalogue.shortfall_points.get(code)):
        return _counted(forms, refusal.shortfall_points, language)
    for minor, sentences in (
        (refusal.shortfall_minor, catalogue.shortfall_minor),
        (refusal.limit_minor, catalogue.limit_minor),
    ):
        if minor and code in sentences:
            amount = format_money(minor, currency, language)
            return sentences[code]["other"].format(amount=amount)
    return catalogue.text[code]["other"]


def _counted(forms: Forms, count: int, language: str, amount: str = "") -> str:
    number, form = format_count(count, language)
    return forms[form].format(count=number, amount=amount)
