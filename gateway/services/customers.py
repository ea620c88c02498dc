"""Customers: whom the merchant knows, by the merchant's own id, a phone number or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import orjson
from tortoise.exceptions import IntegrityError

from gateway.errors import Code, RequestCode, RequestError, bad_input
from gateway.ids import IdMaker
from gateway.services.checks import check, is_language_tag, is_text, refuse
from gateway.services.database import statement

LONGEST_EXTERNAL_ID = 255
LONGEST_EMAIL = 254
LONGEST_NAME = 64
"""Of a tag, or of a tier."""
MOST_TAGS = 100
TRIES = 5
"""Of an upsert that clashes with another one which then turns out to be gone."""

_PHONE: Final = re.compile(r"\+[0-9]{8,15}")
_EMAIL: Final = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]+")
_COLUMNS: Final = "id, external_id, phone, email, tier, tags, locale"
_OPTIONAL: Final = ("phone", "email", "tier", "locale")


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRef:
    """Names a customer in exactly one way; anything else raises RequestError(BAD_USER_INPUT)."""

    id: int | None = None
    external_id: str | None = None
    phone: str | None = None
    email: str | None = None

    def __post_init__(self) -> None:
        if len([part for part in self._parts() if part is not None]) != 1:
            raise bad_input("Name the customer by one of id, externalId, phone and email.")

    def column(self) -> tuple[str, int | str]:
        """The column to look in, and what to look for."""
        for name, value in zip(("id", "external_id", "phone"), self._parts(), strict=False):
            if value is not None:
                return name, value
        return "email", (self.email or "").lower()

    def _parts(self) -> tuple[int | str | None, ...]:
        return self.id, self.external_id, self.phone, self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDraft:
    """What to write of a customer: None leaves, an empty text clears; tags are replaced whole."""

    external_id: str
    phone: str | None = None
    email: str | None = None
    tier: str | None = None
    tags: frozenset[str] | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """A customer as it stands."""

    id: int
    external_id: str
    phone: str | None = None
    email: str | None = None
    tier: str | None = None
    tags: frozenset[str] = frozenset()
    locale: str | None = None


async def find_customer(merchant_id: int, ref: CustomerRef) -> CustomerView | None:
    """The customer that `ref` names, None when the merchant has no such one."""
    column, value = ref.column()
    if isinstance(value, str) and not value.isprintable():
        return None  # such a text is never stored, and not every engine can even look for it
    sql = f"SELECT {_COLUMNS} FROM customer WHERE merchant_id = ? AND {column} = ?"  # noqa: S608 - fixed names
    found = await statement(sql, merchant_id, value)
    return _view(found[0]) if found else None


async def find_customers(merchant_id: int, external_ids: Iterable[str]) -> list[CustomerView]:
    """Those of the named customers that are there, in any order; one statement."""
    sought = [each for each in external_ids if each.isprintable()]
    if not sought:
        return []
    places = ", ".join("?" * len(sought))
    sql = f"SELECT {_COLUMNS} FROM customer WHERE merchant_id = ? AND external_id IN ({places})"  # noqa: S608 - fixed names
    return [_view(row) for row in await statement(sql, merchant_id, *sought)]


async def upsert_customer(
    merchant_id: int, draft: CustomerDraft, now: int, ids: IdMaker
) -> CustomerView:
    """Make the customer with that external id, or change the one there is; one statement.

    Raises LoyaltyError: INVALID_INPUT with the field that is to blame, IDENTITY_TAKEN when
    another customer of the merchant has the phone or the e-mail. Raises RequestError(OVERLOADED)
    when others write the same customer all the time.
    """
    values = columns_of(draft)
    for _ in range(TRIES):
        try:
            return await _write(merchant_id, values, now, ids)
        except IntegrityError:
            await _refuse_taken(merchant_id, values)
            # Whoever was in the way was this very customer, or is gone by now.
    raise RequestError(RequestCode.OVERLOADED, "Try again.", retry_after_seconds=1)


async def _write(merchant_id: int, values: dict[str, Any], now: int, ids: IdMaker) -> CustomerView:
    changed = ", ".join(f"{name} = excluded.{name}" for name in (*values, "updated_at"))
    row = {"tags": "[]", **values, "merchant_id": merchant_id, "id": ids.next()}
    row |= {"created_at": now, "updated_at": now}
    found = await statement(
        f"INSERT INTO customer ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608 - fixed names
        f" ON CONFLICT (merchant_id, external_id) DO UPDATE SET {changed} RETURNING {_COLUMNS}",
        *row.values(),
    )
    return _view(found[0])


async def _refuse_taken(merchant_id: int, values: dict[str, Any]) -> None:
    for name in ("phone", "email"):
        if values.get(name) is None:
            continue
        other = await find_customer(merchant_id, CustomerRef(**{name: values[name]}))
        if other is not None and other.external_id != values["external_id"]:
            detail = f"Another customer has this {name}."
            raise refuse(detail, name, code=Code.IDENTITY_TAKEN)


def columns_of(draft: CustomerDraft) -> dict[str, Any]:
    """The columns to write; NULL for what is cleared, nothing for what is left."""
    allowed = is_text(draft.external_id, LONGEST_EXTERNAL_ID) and draft.external_id.isprintable()
    detail = f"An external id has 1 to {LONGEST_EXTERNAL_ID} printable characters."
    check(allowed, detail, "externalId")
    values: dict[str, Any] = {"external_id": draft.external_id}
    for name in _OPTIONAL:
        given: str | None = getattr(draft, name)
        if given is not None:
            values[name] = _CHECKS[name](given) if given else None
    if draft.tags is not None:
        tags = sorted(draft.tags)
        fine = len(tags) <= MOST_TAGS and all(is_text(tag, LONGEST_NAME) for tag in tags)
        detail = f"At most {MOST_TAGS} tags of 1 to {LONGEST_NAME} characters."
        check(fine, detail, "tags")
        values["tags"] = orjson.dumps(tags).decode()
    return values


def _phone(text: str) -> str:
    detail = 'A phone number is "+" and 8 to 15 digits, as in E.164: "+919812345678".'
    check(_PHONE.fullmatch(text) is not None, detail, "phone")
    return text


def _email(text: str) -> str:
    allowed = len(text) <= LONGEST_EMAIL and text.isprintable() and _EMAIL.fullmatch(text)
    detail = f'An e-mail address is like "a@example.com", at most {LONGEST_EMAIL} characters.'
    check(bool(allowed), detail, "email")
    return text.lower()


def _tier(text: str) -> str:
    allowed = is_text(text, LONGEST_NAME)
    check(allowed, f"A tier has 1 to {LONGEST_NAME} characters.", "tier")
    return text


def _locale(text: str) -> str:
    check(is_language_tag(text), 'A locale is a BCP 47 tag such as "hi-IN".', "locale")
    return text


_CHECKS = {"phone": _phone, "email": _email, "tier": _tier, "locale": _locale}


def _view(row: dict[str, Any]) -> CustomerView:
    values: dict[str, Any] = row | {"tags": frozenset(orjson.loads(row["tags"]))}
    return CustomerView(**values)
