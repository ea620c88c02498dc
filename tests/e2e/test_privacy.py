"""All that is kept of a customer is given out, and forgotten."""

from __future__ import annotations

import json
from typing import Any

import pytest
import pytest_asyncio

from gateway.services import exports
from gateway.services.database import statement
from tests.e2e import documents as d
from tests.e2e.caller import Json, cart, code
from tests.e2e.shop import Shop
from tests.e2e.test_merging import merge

pytestmark = pytest.mark.own_shop

ASHA = {"externalId": "asha"}
TELLING = ("asha", "+919812345678", "asha@example.com", "1990-04-23", "vip", "hi-IN")


@pytest_asyncio.fixture(loop_scope="package")
async def known(shop: Shop) -> Shop:
    """A customer of whom all is known, and who has done something."""
    facts: Json = {"phone": "98123 45678", "email": "asha@example.com", "birthday": "1990-04-23"}
    await shop.customer(500, external_id="asha", tags=["vip"], locale="hi-IN", **facts)
    own = await shop.shopper("asha")
    assert code(await own.apply(cart(), points=50)) is None
    return shop


async def exported(shop: Shop, by: Json = ASHA) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    after: str | None = None
    while True:
        page = await shop.admin.ask(d.EXPORT, customer=by, after=after)
        for name, more in json.loads(page["document"]).items():
            rows.setdefault(name, []).extend(more)
        after = page["next"]
        if after is None:
            return rows


async def test_an_export_holds_all_that_is_kept(known: Shop):
    rows = await exported(known)
    text = json.dumps(rows)
    assert all(each in text for each in TELLING)
    assert [entry["kind"] for entry in rows["journal"]] == ["GRANT", "HOLD"]
    assert [each["status"] for each in rows["redemptions"]] == ["HELD"]
    assert rows["balances"][0]["available"] == 450
    assert await known.admin.ask(d.EXPORT, customer={"externalId": "nobody"}) is None


async def test_an_export_is_paged_and_misses_nothing(known: Shop, monkeypatch: pytest.MonkeyPatch):
    whole = await exported(known)
    monkeypatch.setattr(exports, "PAGE", 1)
    assert await exported(known) == whole
    for after in ("x", "99:0:", "0:9:", "0:0:x"):
        asked = await known.admin.send(d.EXPORT, customer=ASHA, after=after)
        assert asked.error["code"] == "BAD_USER_INPUT"


async def test_who_is_erased_is_found_by_nothing_and_has_nothing(known: Shop):
    by_id = {"id": (await known.backend.ask(d.PERSON, by=ASHA))["id"]}
    own = await known.shopper("asha")
    erased = await known.admin.ask(d.ERASE, input={"customer": ASHA})
    assert (erased["erased"], code(erased)) == (True, None)
    for by in (ASHA, {"phone": "98123 45678"}, {"email": "asha@example.com"}):
        assert await known.backend.ask(d.CUSTOMER, by=by) is None
    assert await own.ask(d.ME) is None
    assert code(await own.apply(cart(cart_id="c2"), points=1)) == "CUSTOMER_NOT_FOUND"
    left = await known.backend.ask(d.PERSON, by=by_id)
    assert (left["phone"], left["email"], left["birthday"], left["tags"]) == (None, None, None, [])
    assert (left["points"]["available"], left["points"]["held"]) == (0, 0)
    text = json.dumps(await exported(known, by_id))
    assert not [each for each in TELLING if f'"{each}"' in text]
    again = await known.admin.ask(d.ERASE, input={"customer": by_id})
    assert again["erased"]


async def test_no_row_of_the_ledger_tells_who_it_was(known: Shop):
    await known.admin.ask(d.ERASE, input={"customer": ASHA})
    tables = ("customer", "customer_alias", "idempotency", "outbox", "journal", "redemption")
    for table in (*tables, "audit_log"):
        rows = await statement(f"SELECT * FROM {table} WHERE merchant_id = ?", known.merchant_id)  # noqa: S608 - fixed names
        text = json.dumps(rows)
        assert not [each for each in TELLING[:3] if each in text], table


async def test_the_same_person_may_come_again_as_somebody_new(known: Shop):
    await known.admin.ask(d.ERASE, input={"customer": ASHA})
    await known.customer(external_id="asha", phone="98123 45678")
    assert (await known.backend.balance("asha"))["available"] == 0
    assert len((await exported(known))["customers"]) == 1


async def test_guests_of_an_account_are_exported_and_erased_with_it(shop: Shop):
    await shop.customer(500, external_id="guest", phone="98123 45678")
    await shop.customer(100, external_id="account")
    await merge(shop)
    rows = await exported(shop, {"externalId": "account"})
    assert len(rows["customers"]) == 2
    assert {row["value"] for row in rows["formerlyKnownAs"]} == {"guest", "+919812345678"}
    await shop.admin.ask(d.ERASE, input={"customer": {"externalId": "account"}})
    assert await shop.backend.ask(d.CUSTOMER, by={"externalId": "guest"}) is None
    assert await shop.backend.ask(d.CUSTOMER, by={"phone": "98123 45678"}) is None


async def test_stored_bodies_of_webhooks_name_nobody_any_more(known: Shop):
    number = (await person_row(known))["id"]
    body = json.dumps({"data": {"customer": {"id": "x", "externalId": "asha"}}})
    await statement(
        "INSERT INTO webhook_delivery (merchant_id, id, endpoint_id, message_id, kind, customer_id,"
        " body, state, attempts, log, created_at, finished_at)"
        " VALUES (?, 1, 1, 'm', 'k', ?, ?, 'DELIVERED', 1, '[]', 1, 1)",
        known.merchant_id,
        number,
        body,
    )
    await known.admin.ask(d.ERASE, input={"customer": ASHA})
    [row] = await statement(
        "SELECT body FROM webhook_delivery WHERE merchant_id = ?", known.merchant_id
    )
    assert json.loads(row["body"]) == {"data": {"customer": {"id": "x", "externalId": None}}}


async def person_row(shop: Shop) -> Json:
    [row] = await statement(
        "SELECT * FROM customer WHERE merchant_id = ? AND external_id = 'asha'", shop.merchant_id
    )
    return row


async def test_what_else_keeps_texts_is_told_before_and_after(
    known: Shop,
):
    told: list[tuple[str, ...]] = []

    async def redact(person: Any) -> None:
        told.append((*person.external_ids, *person.phones, *person.emails))

    runtime = known.served.gateway.runtime
    before = runtime.redactors
    object.__setattr__(runtime, "redactors", (redact,))
    try:
        await known.admin.ask(d.ERASE, input={"customer": ASHA})
    finally:
        object.__setattr__(runtime, "redactors", before)
    assert told == [("asha", "+919812345678", "asha@example.com")] * 2
