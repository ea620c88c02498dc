"""Staff find a customer by whatever is known of it, by an index, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import RequestError
from gateway.ids import IdMaker, to_global_id
from gateway.services import customer_queries as queries
from gateway.services.customer_search import Part, Place, search_customers
from gateway.services.customers import COLUMNS, upsert_customer
from gateway.services.database import statement
from gateway.services.identity import CustomerDraft
from gateway.services.merchants import MerchantView, find_merchant
from tests.conftest import Engine

NOW = 1_000_000
MANY = """
    WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < 3000)
    INSERT INTO customer (merchant_id, id, external_id, tags, created_at, updated_at)
    SELECT {merchant}, v, 'web-' || (10000 + v), '[]', 1, 1 FROM n
"""


@pytest.fixture
async def merchant(shop: int) -> MerchantView:
    found = await find_merchant(shop)
    assert found is not None
    return found


async def make(merchant: MerchantView, ids: IdMaker, *names: str, **facts: Any) -> list[int]:
    drafts = [CustomerDraft(external_id=name, **facts) for name in names]
    return [(await upsert_customer(merchant, draft, NOW, ids)).id for draft in drafts]


async def found(merchant: MerchantView, text: str = "", first: int = 100) -> list[str]:
    """The external ids of an answer, page by page."""
    names: list[str] = []
    after: Place | None = None
    while True:
        page = await search_customers(merchant, text, first, after)
        assert len(page.items) <= first
        names += [hit.view.external_id for hit in page.items]
        if not page.more:
            return names
        after = page.items[-1].place


async def test_a_customer_is_found_by_whatever_is_known_of_it(merchant: MerchantView, ids: IdMaker):
    await make(merchant, ids, "other")
    (asha,) = await make(
        merchant, ids, "custom_website-10001", phone="+919812345670", email="asha@example.com"
    )
    for text in (
        "custom_website-10001", "custom_web", "10001", "100", "98123 45670", "098123-45670",
        "+91 98123 45670", "0091 9812345670", " Asha@Example.com ", to_global_id("Customer", asha),
    ):  # fmt: skip
        assert await found(merchant, text) == ["custom_website-10001"], text
    for text in ("0001", "website", "asha", "98123", "@", "custom_website-100011", "CUSTOM"):
        assert await found(merchant, text) == [], text


async def test_whoever_is_meant_exactly_comes_first_and_nobody_twice(
    merchant: MerchantView, ids: IdMaker
):
    await make(merchant, ids, "app-7", "7", "web-7", "70", "web-70", "7-7", "web-17", "x7x")
    expected = ["7", "7-7", "70", "app-7", "web-7", "web-70"]
    for first in (1, 2, 3, 100):
        assert await found(merchant, "7", first) == expected


async def test_without_a_text_the_newest_come_first(merchant: MerchantView, ids: IdMaker):
    names = [f"c-{number}" for number in range(7)]
    await make(merchant, ids, *names)
    assert await found(merchant, "  ", 3) == names[::-1]


async def test_a_sign_stands_for_itself(merchant: MerchantView, ids: IdMaker):
    """Also a wildcard is one letter of an id."""
    await make(merchant, ids, "c-1", "cx1")
    for text in ("%", "_", "c%", "c_1", "\\", "'", '"; --', "🙂", "c-\u00e9"):
        assert await found(merchant, text) == []
        await make(merchant, ids, text + "tail")
        assert await found(merchant, text) == [text + "tail"]


async def test_what_cannot_be_an_id_is_no_ones_and_what_is_too_long_is_refused(
    merchant: MerchantView, ids: IdMaker
):
    await make(merchant, ids, "c-1")
    for text in ("c\x00", "c\n1", "9" * 255, "+" * 255, "\ud7ff", "\ue000"):
        assert await found(merchant, text) == []
    with pytest.raises(RequestError) as refused:
        await found(merchant, "c" * 256)
    assert refused.value.field == ("search",)


async def test_who_was_merged_leads_to_whom_and_who_is_no_customer_is_not_found(
    merchant: MerchantView, ids: IdMaker
):
    guest, account, gone, trial = await make(merchant, ids, "guest", "account", "gone", "trial")
    await statement(
        "UPDATE customer SET merged_into = ?, external_id = 'merged:1' WHERE id = ?", account, guest
    )
    await statement(
        "INSERT INTO customer_alias (merchant_id, kind, value, customer_id, source_id, at)"
        " VALUES (?, 'external_id', 'guest', ?, ?, 1)",
        merchant.id,
        account,
        guest,
    )
    await statement("UPDATE customer SET erased_at = 1 WHERE id = ?", gone)
    await statement("UPDATE customer SET sandbox = true WHERE id = ?", trial)
    for text in ("guest", "merged:1", to_global_id("Customer", guest)):
        assert await found(merchant, text) == ["account"]
    for text in ("merged:", "m", "gone", "g", "trial", to_global_id("Customer", gone)):
        assert await found(merchant, text) == []
    assert await found(merchant) == ["account"]


async def test_another_merchants_customers_and_cursors_are_not_there(
    merchant: MerchantView, other_shop: int, ids: IdMaker
):
    await make(merchant, ids, "c-1", "c-2", "c-3")
    other = replace(merchant, id=other_shop)
    (theirs,) = await make(other, ids, "c-2", phone="+919812345670")
    for text in ("+919812345670", to_global_id("Customer", theirs)):
        assert await found(merchant, text) == []
    assert await found(other, "c-") == ["c-2"]
    for place in (Place(Part.BEGINNING, theirs), Place(Part.NEWEST, theirs)):
        with pytest.raises(RequestError) as refused:
            await search_customers(merchant, "c-", 2, place)
        assert refused.value.field == ("after",)
    with pytest.raises(RequestError):
        await search_customers(merchant, "", 2, Place(Part.EXACT, theirs))


async def test_each_way_to_look_goes_by_an_index(
    engine: Engine, merchant: MerchantView, ids: IdMaker
):
    """Also where the engine knows nothing of the table yet."""
    await statement(MANY.format(merchant=merchant.id))
    own = "customer_pkey|sqlite_autoindex_customer_1 (merchant_id=? AND id"
    exact = f"SELECT {COLUMNS} FROM customer WHERE merchant_id = ? AND external_id = ?"  # noqa: S608
    ways: list[tuple[str, tuple[object, ...], str]] = [
        (exact, ("web-1",), "customer_by_external_id"),
        (queries.newest_sql(), (2**62, 21), own),
        (queries.by_beginning_sql(), ("web-1", "web-2", 21), "customer_listed_by_external_id"),
        (queries.by_number_sql(), ("1", "2", "1", 0, "1", "2", 21), "customer_listed_by_number"),
    ]
    word = "EXPLAIN" if engine == "postgres" else "EXPLAIN QUERY PLAN"
    for _ in ("never analysed", "analysed"):
        for sql, values, index in ways:
            rows = await statement(f"{word} {sql}", merchant.id, *values)
            plan = "\n".join(str(value) for row in rows for value in row.values())
            assert any(name in plan for name in index.split("|")), plan
            for slow in ("Seq Scan", "Bitmap", "Sort", "TEMP B-TREE"):
                assert slow not in plan, plan
        await statement("ANALYZE")
