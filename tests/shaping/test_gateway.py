"""The gateway itself: random documents, every kind of caller, the bytes of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx
import orjson

from gateway.app import create_app
from gateway.http.shaping.executor import ShapingExecutor
from models.migrate import migrate
from resolvers.build import build_schema, executable
from tests.e2e.caller import Caller, cart
from tests.e2e.serving import Clock, Served, settings
from tests.e2e.shop import Shop, open_shop
from tests.shaping.documents import Author
from tests.shaping.executors import Alone, Both

SCHEMA = executable(build_schema())
Json = dict[str, Any]


@asynccontextmanager
async def shop_in_process(folder: Path) -> AsyncGenerator[Shop]:
    """A merchant behind an application that is called directly, without limits of rate."""
    url = f"sqlite:///{folder}/loyalty.db"
    await migrate(url)
    rates = dict.fromkeys(("rate_customer", "rate_address", "rate_publishable_key", "rate_backend"))
    clock = Clock()
    app = create_app(settings(url, **rates), clock)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://gateway") as http,
    ):
        yield await open_shop(Served(app.state.gateway, clock, http, port=0))


async def sent(shop: Shop, caller: Caller, executor: Any, body: Json) -> bytes:
    """The answer that this executor makes, as it goes over the wire."""
    shop.served.gateway.endpoint._executor_class = executor
    headers = {**caller.headers, "x-request-id": "the-same-for-both"}
    return (await caller.http.post("/graphql", json=body, headers=headers)).content


def kinds_of(answer: bytes) -> Iterator[str]:
    """What came: the codes of its errors, and whether there was data."""
    body: Json = orjson.loads(answer)
    yield from (error["extensions"]["code"] for error in body.get("errors", ()))
    if any(value for key, value in (body.get("data") or {}).items() if key != "used"):
        yield "data"


async def queries(shop: Shop, asha: str) -> list[tuple[str, str, str, list[Json]]]:
    """Root fields: variables, the field, its type, and variables to send."""
    applied = await shop.backend.ask(
        "mutation ($input: ApplyRedemptionInput!) { applyRedemption(input: $input) {"
        " redemption { id customer { id } rule { id } } } }",
        input={
            "customer": {"externalId": asha},
            "cart": cart("500.00"),
            "points": 40,
            "idempotencyKey": "a key of Asha's",
        },
    )
    held = applied["redemption"]
    someone = {"externalId": asha}
    preview = "redemptionPreview(input: $input)"
    ids = [held["id"], held["customer"]["id"], held["rule"]["id"], "nonsense"]
    carts = [cart("900.00"), cart("0.50"), cart("-1"), {"id": 7}]
    wishes = [{"customer": someone, "cart": each} for each in carts]
    nobody = {"externalId": "nobody"}
    return [
        ("$input: RedemptionPreviewInput!", preview, "RedemptionPreview",
         [*({"input": wish} for wish in wishes),
          {"input": {"customer": nobody, "cart": carts[0]}}, {}]),
        ("$by: CustomerRef!", "customer(by: $by)", "Customer",
         [{"by": someone}, {"by": someone}, {"by": nobody}, {"by": {}}]),
        ("$id: ID!", "redemption(id: $id)", "Redemption", [{"id": each} for each in ids]),
        ("$id: ID!", "node(id: $id)", "Node", [{"id": each} for each in ids]),
        ("", "me", "Customer", [{}]),
        ("", "program", "Program", [{}]),
        ("", "merchant", "Merchant", [{}]),
    ]  # fmt: skip


async def test_a_query_is_answered_in_the_same_bytes(tmp_path: Path):
    random = Random("queries")  # noqa: S311 - the same documents each time
    came: Counter[str] = Counter()
    async with shop_in_process(tmp_path) as shop:
        asha = await shop.customer(points=500, credit_minor=2_500, tier="gold", tags=["a", "b"])
        stranger = await shop.shopper(await shop.customer(points=1))
        callers = [shop.admin, shop.backend, shop.page, await shop.shopper(asha), stranger]
        asked = await queries(shop, asha)
        for number in range(400):
            variables, root, type_name, given = asked[number % len(asked)]
            text = Author(SCHEMA, random).document("query", variables, root, type_name)
            values = {**random.choice(given), "yes": random.random() < 0.8}
            caller = random.choice(callers[:1] + callers)
            body = {"query": text, "variables": values}
            ours = await sent(shop, caller, ShapingExecutor, body)
            assert ours == await sent(shop, caller, Alone, body), body
            assert ours == await sent(shop, caller, ShapingExecutor, body), body
            came.update(kinds_of(ours))
    assert came["data"] > 100, came
    assert came["FORBIDDEN"] > 10, came
    assert came["BAD_USER_INPUT"] > 10, came


async def test_a_mutation_runs_once_and_is_told_in_the_same_bytes(tmp_path: Path):
    """What it returned is completed both ways."""
    random = Random("mutations")  # noqa: S311 - the same documents each time
    Both.compared = 0
    variables, root = "$input: ApplyRedemptionInput!", "applyRedemption(input: $input)"
    async with shop_in_process(tmp_path) as shop:
        asha = await shop.customer(points=100)
        for number in range(60):
            text = Author(SCHEMA, random).document(
                "mutation", variables, root, "ApplyRedemptionPayload"
            )
            given = {
                "customer": {"externalId": asha},
                "cart": cart("500.00", f"cart-{number}"),
                "points": random.randint(1, 12),
                "idempotencyKey": f"key-{number // 2}",
            }
            body = {"query": text, "variables": {"input": given}}
            answer = await sent(shop, shop.backend, Both, body)
            assert "INTERNAL" not in set(kinds_of(answer)), (answer, body)
    assert Both.compared > 60
