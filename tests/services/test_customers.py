"""Customers are written by external id, found by three keys, and share neither phone nor e-mail."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.errors import Code, LoyaltyError, RequestError
from gateway.ids import IdMaker
from gateway.services.customers import CustomerRef, CustomerView, find_customer
from gateway.services.customers import upsert_customer as upsert
from gateway.services.database import statement
from gateway.services.identity import CustomerDraft
from gateway.services.merchants import MerchantView, find_merchant
from tests.services.making import NOW, id_maker, said

PHONE, EMAIL = "+919812345678", "asha@example.com"
FULL: dict[str, Any] = {
    "phone": PHONE,
    "email": EMAIL,
    "tier": "GOLD",
    "tags": frozenset({"vip", "ünï"}),
    "locale": "hi-IN",
    "birthday": "1990-04-23",
}


SHOP = MerchantView(
    id=1,
    name="Shop",
    currency="INR",
    locale="en-IN",
    time_zone="Asia/Kolkata",
    program_version=1,
    created_at=1,
)


async def upsert_customer(
    merchant_id: int, draft: CustomerDraft, now: int, ids: IdMaker
) -> CustomerView:
    merchant = await find_merchant(merchant_id)
    assert merchant
    return await upsert(merchant, draft, now, ids)


def asha(**values: Any) -> CustomerDraft:
    return CustomerDraft(external_id="custom_website-10001", **values)


async def test_a_customer_is_found_by_each_of_its_keys(shop: int, ids: IdMaker):
    made = await upsert_customer(shop, asha(**FULL), NOW, ids)
    assert made == CustomerView(id=made.id, external_id="custom_website-10001", **FULL)
    for ref in (
        CustomerRef(id=made.id),
        CustomerRef(external_id="custom_website-10001"),
        CustomerRef(phone=PHONE),
        CustomerRef(email="Asha@Example.COM"),
    ):
        assert await find_customer(shop, ref) == made


async def test_a_customer_of_another_merchant_is_not_there(
    shop: int, other_shop: int, ids: IdMaker
):
    made = await upsert_customer(shop, asha(**FULL), NOW, ids)
    for ref in (CustomerRef(id=made.id), CustomerRef(phone=PHONE), CustomerRef(email=EMAIL)):
        assert await find_customer(other_shop, ref) is None
    other = await upsert_customer(other_shop, asha(**FULL), NOW, ids)
    assert other.id != made.id
    assert await find_customer(shop, CustomerRef(phone=PHONE)) == made


async def test_who_is_not_there_is_none(shop: int, ids: IdMaker):
    """Also under texts that PostgreSQL, or any UTF-8, cannot even carry."""
    await upsert_customer(shop, asha(), NOW, ids)
    for ref in (
        CustomerRef(id=1),
        CustomerRef(external_id="nobody"),
        CustomerRef(external_id="a\x00b"),
        CustomerRef(phone=""),
        CustomerRef(email="a\ud800@example.com"),
    ):
        assert await find_customer(shop, ref) is None


@pytest.mark.parametrize("keys", [{}, {"id": 1, "phone": PHONE}, {"email": "", "phone": ""}])
def test_a_customer_is_named_in_exactly_one_way(keys: dict[str, Any]):
    with pytest.raises(RequestError):
        CustomerRef(**keys)


async def test_none_leaves_and_an_empty_text_clears(shop: int, ids: IdMaker):
    made = await upsert_customer(shop, asha(**FULL), NOW, ids)
    assert await upsert_customer(shop, asha(), NOW + 1, ids) == made
    for name in ("phone", "email", "tier", "locale", "birthday"):
        now = await upsert_customer(shop, asha(**{name: ""}), NOW + 2, ids)
        assert getattr(now, name) is None
    bare = await upsert_customer(shop, asha(tags=frozenset()), NOW + 3, ids)
    assert bare == CustomerView(id=made.id, external_id=made.external_id)
    [row] = await statement("SELECT * FROM customer")
    assert (row["created_at"], row["updated_at"], row["tags"]) == (NOW, NOW + 3, "[]")


async def test_phone_and_email_of_another_customer_are_refused(shop: int, ids: IdMaker):
    made = await upsert_customer(shop, asha(**FULL), NOW, ids)
    ravi = await upsert_customer(shop, CustomerDraft(external_id="ravi"), NOW, ids)
    for name, taken in (("phone", PHONE), ("email", "ASHA@example.com")):
        for external_id in ("ravi", "new"):
            values: dict[str, Any] = {name: taken}
            wish = CustomerDraft(external_id=external_id, tier="X", **values)
            with pytest.raises(LoyaltyError) as caught:
                await upsert_customer(shop, wish, NOW, ids)
            assert said(caught.value) == (Code.IDENTITY_TAKEN, name)
    assert await find_customer(shop, CustomerRef(id=ravi.id)) == ravi
    assert await find_customer(shop, CustomerRef(external_id="new")) is None
    assert await find_customer(shop, CustomerRef(id=made.id)) == made


async def test_a_phone_that_was_given_up_can_be_taken(shop: int, ids: IdMaker):
    await upsert_customer(shop, asha(**FULL), NOW, ids)
    await upsert_customer(shop, asha(phone=""), NOW, ids)
    ravi = await upsert_customer(shop, CustomerDraft(external_id="r", phone=PHONE), NOW, ids)
    assert await find_customer(shop, CustomerRef(phone=PHONE)) == ravi


async def test_an_upsert_at_the_same_time_makes_one_customer(shop: int, ids: IdMaker):
    """Also with a phone, whose unique key PostgreSQL may find broken before the external id's."""
    for n in range(5):
        wish = CustomerDraft(external_id=f"c{n}", phone=f"+1555000000{n}", email=f"{n}@example.com")
        made = await asyncio.gather(*(upsert_customer(shop, wish, NOW, ids) for _ in range(12)))
        assert len({view.id for view in made}) == 1
    [row] = await statement("SELECT count(*) AS n FROM customer")
    assert row["n"] == 5


async def test_of_two_that_want_one_phone_at_the_same_time_one_gets_it(shop: int, ids: IdMaker):
    wishes = [CustomerDraft(external_id=f"c{n}", phone=PHONE) for n in range(8)]
    answers = await asyncio.gather(
        *(upsert_customer(shop, wish, NOW, ids) for wish in wishes), return_exceptions=True
    )
    won = [answer for answer in answers if isinstance(answer, CustomerView)]
    lost = [said(answer) for answer in answers if isinstance(answer, LoyaltyError)]
    assert len(won) == 1
    assert lost == [(Code.IDENTITY_TAKEN, "phone")] * 7
    assert await find_customer(shop, CustomerRef(phone=PHONE)) == won[0]


async def test_an_id_that_another_process_has_used_is_passed_over(shop: int, ids: IdMaker):
    first = await upsert_customer(shop, asha(), NOW, ids)

    class Behind(IdMaker):
        made = iter([first.id, first.id + 1])

        def next(self) -> int:
            return next(self.made)

    second = await upsert_customer(shop, CustomerDraft(external_id="ravi"), NOW, Behind(lambda: 0))
    assert second.id == first.id + 1
    assert await find_customer(shop, CustomerRef(id=first.id)) == first


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"external_id": ""}, "externalId"),
        ({"external_id": " "}, "externalId"),
        ({"external_id": "c" * 256}, "externalId"),
        ({"external_id": "a\tb"}, "externalId"),
        ({"external_id": "a\u200bb"}, "externalId"),
        ({"external_id": "merged:7"}, "externalId"),
        ({"external_id": "erased:7"}, "externalId"),
        ({"phone": "981234567"}, "phone"),
        ({"phone": "+1234567"}, "phone"),
        ({"phone": "+1234567890123456"}, "phone"),
        ({"phone": "+91 98123 45678 x9"}, "phone"),
        ({"phone": "tel:+919812345678"}, "phone"),
        ({"phone": "\x00"}, "phone"),
        ({"email": "asha"}, "email"),
        ({"email": "asha@example"}, "email"),
        ({"email": "a b@example.com"}, "email"),
        ({"email": "a@b@example.com"}, "email"),
        ({"email": "a\x00@example.com"}, "email"),
        ({"email": "a@" + "e" * 249 + ".com"}, "email"),
        ({"email": "a@" + "ü" * 64 + ".com"}, "email"),
        ({"birthday": "1990-02-29"}, "birthday"),
        ({"birthday": "1899-01-01"}, "birthday"),
        ({"birthday": "23-04-1990"}, "birthday"),
        ({"birthday": "13-01"}, "birthday"),
        ({"birthday": "1990-04-23T00:00:00Z"}, "birthday"),
        ({"tier": " "}, "tier"),
        ({"tier": "t" * 65}, "tier"),
        ({"tags": frozenset({""})}, "tags"),
        ({"tags": frozenset({"t" * 65})}, "tags"),
        ({"tags": frozenset(map(str, range(101)))}, "tags"),
        ({"locale": "hi_IN"}, "locale"),
        ({"locale": "x" * 9}, "locale"),
    ],
)
async def test_what_is_not_allowed_is_refused_with_its_field(values: dict[str, Any], field: str):
    plain: dict[str, Any] = {"external_id": "c"}
    with pytest.raises(LoyaltyError) as caught:
        await upsert(SHOP, CustomerDraft(**(plain | values)), NOW, id_maker())
    assert said(caught.value) == (Code.INVALID_INPUT, field)
    assert caught.value.detail.endswith(".")


async def test_the_longest_texts_are_allowed(shop: int, ids: IdMaker):
    longest: dict[str, Any] = {
        "external_id": "é" * 255,
        "phone": "+491234567890123",
        "email": "a@" + "e" * 248 + ".com",
        "tier": "t" * 64,
        "tags": frozenset(str(n).zfill(64) for n in range(100)),
        "locale": "zh-Hant-TW",
    }
    made = await upsert_customer(shop, CustomerDraft(**longest), NOW, ids)
    assert made == CustomerView(id=made.id, **longest)
