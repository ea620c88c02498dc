"""Customers: whom the merchant knows, by the merchant's own id, a phone number or an e-mail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import orjson
from tortoise.exceptions import IntegrityError

from gateway.errors import Code, RequestCode, RequestError, bad_input
from gateway.ids import IdMaker
from gateway.services.birthdays import next_birthday
from gateway.services.checks import refuse
from gateway.services.database import statement
from gateway.services.identity import CustomerDraft, columns_of, normal_email
from gateway.services.merchants import MerchantView
from gateway.services.phones import NotAPhoneError, sought

TRIES = 5
"""Of an upsert that clashes with another one which then turns out to be gone."""

COLUMNS: Final = (
    "id, external_id, phone, email, tier, tags, locale, birthday, merged_into,"
    " created_at, awards_due_at, erased_at, sandbox"
)
"""What `view_of` makes a view of."""

_BY_OLD_NAME: Final = (
    f"SELECT {COLUMNS} FROM customer WHERE (merchant_id, id) IN (SELECT merchant_id, customer_id"  # noqa: S608 - fixed names
    " FROM customer_alias WHERE merchant_id = ? AND kind = ? AND value = ?)"
)

_IS_OLD_NAME: Final = (
    "SELECT merchant_id, customer_id FROM customer_alias"
    " WHERE merchant_id = ? AND kind = 'external_id' AND value = ?"
)
_WHOLE: Final = frozenset({"merchant_id", "id", "created_at", "updated_at", "awards_due_at"})
# Sooner than it was to be, never later: what is due by now is still to be given.
_SOONER: Final = (
    "awards_due_at = CASE WHEN CAST(? AS BIGINT) < customer.awards_due_at OR"
    " customer.awards_due_at IS NULL THEN ? ELSE customer.awards_due_at END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRef:
    """Names a customer in exactly one way; anything else raises RequestError(BAD_USER_INPUT)."""

    id: int | None = None
    external_id: str | None = None
    phone: str | None = None
    email: str | None = None
    old_names: bool = False
    """Whether a customer is found also by what it was known by before it was merged into another
    one. Never for a shopper: whoever was a guest does not become whom the shop made of it."""

    def __post_init__(self) -> None:
        if len([part for part in self._parts() if part is not None]) != 1:
            raise bad_input("Name the customer by one of id, externalId, phone and email.")

    def column(self) -> tuple[str, int | str]:
        """The column to look in, and what to look for."""
        for name, value in zip(("id", "external_id", "phone"), self._parts(), strict=False):
            if value is not None:
                return name, value
        return "email", normal_email(self.email or "")

    def as_now(self) -> CustomerRef:
        """The same, by what customers are known by now alone."""
        return replace(self, old_names=False)

    def at_home(self, region: str | None) -> CustomerRef:
        """The same with the phone as it is stored; `region` is where it is dialled without "+".

        Raises RequestError(BAD_USER_INPUT) for a text that is no phone number.
        """
        if self.phone is None:
            return self
        try:
            return replace(self, phone=sought(self.phone, region))
        except NotAPhoneError as error:
            raise bad_input(str(error), "phone") from None

    def _parts(self) -> tuple[int | str | None, ...]:
        return self.id, self.external_id, self.phone, self.email


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
    birthday: str | None = None
    merged_into: int | None = None
    """The customer that has this one's points now."""
    created_at: int = field(default=0, compare=False)
    awards_due_at: int | None = field(default=None, compare=False)
    """When to look next at what is given for an occasion."""
    erased_at: int | None = field(default=None, compare=False)
    sandbox: bool = field(default=False, compare=False)
    """Of the gateway's own, to try the setup on."""


async def find_customer(merchant_id: int, ref: CustomerRef) -> CustomerView | None:
    """The customer that `ref` names, None when the merchant has no such one."""
    column, value = ref.column()
    if isinstance(value, str) and not value.isprintable():
        return None  # such a text is never stored, and not every engine can even look for it
    sql = f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND {column} = ?"  # noqa: S608 - fixed names
    found = await statement(sql, merchant_id, value)
    if not found and ref.old_names and column != "id":
        found = await statement(_BY_OLD_NAME, merchant_id, column, value)
    return view_of(found[0]) if found else None


async def find_customers(merchant_id: int, external_ids: Iterable[str]) -> list[CustomerView]:
    """Those of the named customers that are there, in any order; one statement."""
    sought = [each for each in external_ids if each.isprintable()]
    if not sought:
        return []
    places = ", ".join("?" * len(sought))
    sql = f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND external_id IN ({places})"  # noqa: S608 - fixed names
    return [view_of(row) for row in await statement(sql, merchant_id, *sought)]


async def upsert_customer(
    merchant: MerchantView, draft: CustomerDraft, now: int, ids: IdMaker
) -> CustomerView:
    """Make the customer with that external id, or change the one there is; one statement.

    An id from before a merge changes the customer that it is a part of now; a new customer is due
    for what is given for signing up.

    Raises LoyaltyError: INVALID_INPUT with the field that is to blame, IDENTITY_TAKEN when
    another customer of the merchant has the phone or the e-mail. Raises RequestError(OVERLOADED)
    when others write the same customer all the time.
    """
    values = columns_of(draft, merchant.region)
    due = values.get("birthday") and next_birthday(values["birthday"], now, merchant.time_zone)
    for _ in range(TRIES):
        try:
            found = await _write(merchant.id, values, now, due, ids)
            found = found or await _write_old_name(merchant.id, values, now, due)
        except IntegrityError:
            await _refuse_taken(merchant.id, values)
        else:
            if found:
                return view_of(found[0])
            # Whoever was in the way was this very customer, or is gone by now.
    raise RequestError(RequestCode.OVERLOADED, "Try again.", retry_after_seconds=1)


async def _write(
    merchant_id: int, values: dict[str, Any], now: int, due: int | None, ids: IdMaker
) -> list[dict[str, Any]]:
    """The row as it is then; none where the external id is one from before a merge."""
    changed = ", ".join(f"{name} = excluded.{name}" for name in (*values, "updated_at"))
    row = {"tags": "[]", **values, "merchant_id": merchant_id, "id": ids.next()}
    row |= {"created_at": now, "updated_at": now, "awards_due_at": now}
    # The casts: a value in a SELECT has no column from which PostgreSQL could tell its type.
    given = ", ".join(f"CAST(? AS {'BIGINT' if name in _WHOLE else 'TEXT'})" for name in row)
    return await statement(
        f"INSERT INTO customer ({', '.join(row)}) SELECT {given}"  # noqa: S608 - fixed names
        f" WHERE NOT EXISTS ({_IS_OLD_NAME} AND NOT EXISTS (SELECT 1 FROM customer"
        " WHERE merchant_id = ? AND external_id = ?))"
        " ON CONFLICT (merchant_id, external_id) WHERE external_id IS NOT NULL"
        f" DO UPDATE SET {changed}, {_SOONER} RETURNING {COLUMNS}",
        *row.values(),
        *(merchant_id, values["external_id"]) * 2,
        *(due,) * 2,
    )


async def _write_old_name(
    merchant_id: int, values: dict[str, Any], now: int, due: int | None
) -> list[dict[str, Any]]:
    """Change the customer that the one of this external id was merged into."""
    row = {name: value for name, value in values.items() if name != "external_id"}
    row["updated_at"] = now
    changed = ", ".join(f"{name} = ?" for name in row)
    return await statement(
        f"UPDATE customer SET {changed}, {_SOONER} WHERE (merchant_id, id) IN"  # noqa: S608 - fixed names
        f" ({_IS_OLD_NAME}) RETURNING {COLUMNS}",
        *row.values(),
        *(due,) * 2,
        merchant_id,
        values["external_id"],
    )


async def _refuse_taken(merchant_id: int, values: dict[str, Any]) -> None:
    for name in ("phone", "email"):
        if values.get(name) is None:
            continue
        other = await find_customer(merchant_id, CustomerRef(**{name: values[name]}))
        if other is not None and other.external_id != values["external_id"]:
            detail = f"Another customer has this {name}."
            raise refuse(detail, name, code=Code.IDENTITY_TAKEN)


def view_of(row: dict[str, Any]) -> CustomerView:
    """The view of a row of COLUMNS."""
    tags = frozenset(orjson.loads(row["tags"]))
    values: dict[str, Any] = row | {"tags": tags, "sandbox": bool(row["sandbox"])}
    return CustomerView(**values)
