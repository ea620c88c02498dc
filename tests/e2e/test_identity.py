"""One customer for every way of writing a phone or an e-mail, at every door."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.services.imports import import_customers
from tests.e2e import documents as d
from tests.e2e.caller import Json, cart, code
from tests.e2e.shop import Shop
from tests.e2e.webhook import checkout

PERSON = {"externalId": "p", "phone": "98123 45678", "email": "Asha@BÜCHER.example"}
E164, ADDRESS = "+919812345678", "asha@xn--bcher-kva.example"

pytestmark = pytest.mark.own_shop


async def upsert(shop: Shop, **given: Any) -> Json:
    return await shop.backend.ask(d.UPSERT, input=given)


async def test_a_phone_and_an_email_are_kept_in_one_form(shop: Shop):
    made = (await upsert(shop, **PERSON))["customer"]
    assert (made["phone"], made["email"]) == (E164, ADDRESS)


@pytest.mark.parametrize(
    "by",
    [
        {"phone": "98123 45678"},
        {"phone": "+91 98123-45678"},
        {"phone": "+919812345678"},
        {"phone": "098123 45678"},
        {"phone": "0091 98123 45678"},
        {"email": "ASHA@Bücher.Example"},
        {"email": "asha@xn--bcher-kva.example"},
    ],
)
async def test_every_way_of_writing_names_the_same_customer(shop: Shop, by: Json):
    await upsert(shop, **PERSON)
    assert (await shop.backend.ask(d.CUSTOMER, by=by))["externalId"] == "p"
    taken = await upsert(shop, externalId="other", **by)
    assert code(taken) == "IDENTITY_TAKEN"
    preview = await shop.backend.preview(cart(), customer=by)
    assert preview["balance"]["available"] == 0


@pytest.mark.parametrize("mobile", ["98123 45678", "+91 98123-45678", "+919812345678"])
async def test_the_checkout_webhook_knows_the_same_customer(shop: Shop, mobile: str):
    external_id = await shop.customer(points=500, phone="98123 45678")
    told = await checkout(shop, external_id).done("list", amount="500", mobile=mobile)
    assert told["points_balance"] == 500


async def test_an_import_knows_the_same_customer(shop: Shop, tmp_path: Any):
    await upsert(shop, **PERSON)
    file = tmp_path / "customers.csv"
    file.write_text("externalId,phone,birthday\nother,+91 98123-45678,\nnew,99999 00000,04-23\n")
    runtime = shop.served.gateway.runtime
    report = await import_customers(
        shop.served.gateway.settings.database_url,
        shop.merchant_id,
        file,
        now=runtime.clock(),
        ids=runtime.ids,
        dry_run=False,
        progress=lambda _: None,
    )
    assert [(error.line, error.column) for error in report.errors] == [(2, "phone")]
    file.write_text("externalId,phone,birthday\nnew,99999 00000,04-23\n")
    await import_customers(
        shop.served.gateway.settings.database_url,
        shop.merchant_id,
        file,
        now=runtime.clock(),
        ids=runtime.ids,
        dry_run=False,
        progress=lambda _: None,
    )
    found = await shop.backend.ask(d.PERSON, by={"phone": "+919999900000"})
    assert (found["externalId"], found["birthday"]) == ("new", "04-23")


@pytest.mark.parametrize(
    ("phone", "told"),
    [
        ("12", "that is dialled like this in IN"),
        ("98-CALL-ME", "digits"),
        ("+9999", "calling code"),
    ],
)
async def test_what_is_no_phone_is_told_with_what_would_be(shop: Shop, phone: str, told: str):
    made = await upsert(shop, externalId="q", phone=phone)
    assert code(made) == "INVALID_INPUT"
    assert made["userErrors"][0]["field"] == ["phone"]
    assert told in made["userErrors"][0]["message"]
    asked = await shop.backend.send(d.CUSTOMER, by={"phone": phone})
    assert asked.error["code"] == "BAD_USER_INPUT"


async def test_a_birthday_is_a_date_or_a_day_and_can_be_cleared(shop: Shop):
    for birthday in ("1990-04-23", "02-29"):
        await upsert(shop, externalId="b", birthday=birthday)
        found = await shop.backend.ask(d.PERSON, by={"externalId": "b"})
        assert found["birthday"] == birthday
    own = await shop.shopper("b")
    assert (await own.ask("{ me { birthday } }"))["birthday"] == "02-29"
    assert code(await upsert(shop, externalId="b", birthday="1990-02-30")) == "INVALID_INPUT"
    await upsert(shop, externalId="b", birthday="")
    assert (await shop.backend.ask(d.PERSON, by={"externalId": "b"}))["birthday"] is None


async def test_staff_see_where_bare_numbers_are_dialled(shop: Shop):
    assert (await shop.admin.ask("{ merchant { phoneRegion } }"))["phoneRegion"] == "IN"
