"""How a customer is written: one form for the many ways to write a phone, an e-mail, a birthday.

What is stored and what is looked for go through the same functions, so that both meet.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson

from gateway.services.checks import check, is_language_tag, is_text, refuse
from gateway.services.phones import NotAPhoneError, e164

LONGEST_EXTERNAL_ID = 255
LONGEST_EMAIL = 254
LONGEST_NAME = 64
"""Of a tag, or of a tier."""
MOST_TAGS = 100
SANDBOX: Final = "sandbox:"
"""Before the id of a customer of the gateway's own, whom no token opens."""
RESERVED: Final = ("merged:", "erased:", SANDBOX)
"""What only the gateway itself puts before an id: also of whoever is not a customer any more."""

_EMAIL: Final = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_BIRTHDAY: Final = re.compile(r"(?:(?P<year>[0-9]{4})-)?(?P<day>[0-9]{2}-[0-9]{2})")
_LEAP_YEAR: Final = "2000"
_OLDEST: Final = 1900


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """What to write of a customer: None leaves, an empty text clears; tags are replaced whole.

    `phone` may be written as it is dialled in the merchant's country; `birthday` is "1990-04-23",
    or "04-23" where the year is nobody's business.
    """

    external_id: str
    phone: str | None = None
    email: str | None = None
    tier: str | None = None
    tags: frozenset[str] | None = None
    locale: str | None = None
    birthday: str | None = None


def columns_of(draft: CustomerDraft, region: str | None = None) -> dict[str, Any]:
    """The columns to write; NULL for what is cleared, nothing for what is left.

    `region` is the merchant's country, alpha-2. Raises LoyaltyError(INVALID_INPUT) with the field.
    """
    allowed = is_text(draft.external_id, LONGEST_EXTERNAL_ID) and draft.external_id.isprintable()
    detail = f"An external id has 1 to {LONGEST_EXTERNAL_ID} printable characters."
    check(allowed, detail, "externalId")
    detail = f"An external id does not begin with {' or '.join(RESERVED)}: that is the gateway's."
    check(not draft.external_id.startswith(RESERVED), detail, "externalId")
    values: dict[str, Any] = {"external_id": draft.external_id}
    if draft.phone is not None:
        values["phone"] = _phone(draft.phone, region) if draft.phone else None
    for name, judged in _CHECKS.items():
        given: str | None = getattr(draft, name)
        if given is not None:
            values[name] = judged(given) if given else None
    if draft.tags is not None:
        tags = sorted(draft.tags)
        fine = len(tags) <= MOST_TAGS and all(is_text(tag, LONGEST_NAME) for tag in tags)
        detail = f"At most {MOST_TAGS} tags of 1 to {LONGEST_NAME} characters."
        check(fine, detail, "tags")
        values["tags"] = orjson.dumps(tags).decode()
    return values


def normal_email(text: str) -> str:
    """The address in lower case, its domain as the DNS writes it (`xn--…`).

    What cannot be an address is answered as it is, in lower case: it is no one's.
    """
    text = text.strip().lower()
    if text.isascii():
        return text
    name, _, domain = unicodedata.normalize("NFC", text).rpartition("@")
    return f"{name}@{_in_dns(domain)}"


def _in_dns(domain: str) -> str:
    if domain.isascii():
        return domain
    import idna  # noqa: PLC0415 - tables that few addresses need

    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return domain


def _phone(text: str, region: str | None) -> str:
    try:
        return e164(text, region)
    except NotAPhoneError as error:
        raise refuse(str(error), "phone") from None


def read_email(text: str) -> str:
    """The address as it is stored. Raises LoyaltyError(INVALID_INPUT) for what is none."""
    found = normal_email(text)
    allowed = len(found) <= LONGEST_EMAIL and found.isprintable() and _EMAIL.fullmatch(found)
    detail = f'An e-mail address is like "a@example.com", at most {LONGEST_EMAIL} characters.'
    check(bool(allowed) and found.rpartition("@")[2].isascii(), detail, "email")
    return found


def _tier(text: str) -> str:
    allowed = is_text(text, LONGEST_NAME)
    check(allowed, f"A tier has 1 to {LONGEST_NAME} characters.", "tier")
    return text


def _locale(text: str) -> str:
    check(is_language_tag(text), 'A locale is a BCP 47 tag such as "hi-IN".', "locale")
    return text


def _birthday(text: str) -> str:
    detail = f'A birthday is a date since {_OLDEST}, "1990-04-23", or a day alone, "04-23".'
    found = _BIRTHDAY.fullmatch(text)
    if found is None:
        raise refuse(detail, "birthday")
    year = found["year"] or _LEAP_YEAR
    try:
        date.fromisoformat(f"{year}-{found['day']}")
    except ValueError:
        raise refuse(detail, "birthday") from None
    check(int(year) >= _OLDEST, detail, "birthday")
    return text


_CHECKS = {"email": read_email, "tier": _tier, "locale": _locale, "birthday": _birthday}
