"""The customers of the go-live test: nobody's to be, in no figure, and cleaned by the next run."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.ledger.verify import verify
from gateway.services import launch_check, redemptions
from gateway.services.database import statement
from gateway.services.launch_outcomes import held
from gateway.services.launch_trial import Trial
from gateway.services.order_building import Completion
from gateway.services.orders import complete_order
from gateway.services.redemptions import Order, RedemptionRef, capture
from gateway.services.sandbox import SandboxCustomer, real
from gateway.services.sandbox_leases import MOST, take
from gateway.services.sandbox_making import LEASE
from tests.e2e import documents as d
from tests.e2e import earning as e
from tests.e2e import reconciling as r
from tests.e2e.caller import code
from tests.e2e.launching import RUN, items, ready, run, sandbox_customers, sandboxed
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop
LISTED = "query($text: String) { merchant { customers(search: $text) { edges { cursor } } } }"


async def started(shop: Shop) -> Trial:
    """A run that was killed in the middle of everything: a hold, two captures, an order, points."""
    runtime = shop.served.gateway.runtime
    trial = await launch_check._trial(runtime, shop.merchant_id)
    case = trial.case
    assert case is not None
    await trial.have(900)
    carts = [trial.cart(case.rule, 50_000) for _ in range(3)]
    _, second, third = [held(await trial.apply(cart, case.rule)) for cart in carts]
    sale = Completion(
        order_id=f"{trial.run}-1", total_minor=50_000, lines=carts[1].lines, redemption_id=second.id
    )
    await complete_order(runtime, shop.merchant_id, trial.who.known, sale)
    which = RedemptionRef(shop.merchant_id, trial.who.id, third.id)
    order = Order(f"{trial.run}-2", 50_000, carts[2].lines)
    await capture(runtime, which, order, None, trial.keyed())
    return trial


async def sound(shop: Shop) -> bool:
    gateway = shop.served.gateway
    report = await verify(
        gateway.settings.database_url, now=gateway.runtime.clock(), sweep_seconds=3_600
    )
    return report.ok


async def test_what_a_killed_run_left_is_taken_back_by_the_next(shop: Shop):
    await ready(shop)
    await e.make_rule(shop)
    killed = await started(shop)
    assert set(await sandboxed(shop)) != {0}
    # Its time is not over: as far as anybody knows, it is going on.
    assert (await run(shop))["ok"]
    assert len(await sandbox_customers(shop)) == 2
    found = await shop.admin.ask(LISTED, text="sandbox:")
    assert found == {"customers": {"edges": []}}
    shop.served.clock.advance(LEASE / 1_000_000 + 1)
    assert (await run(shop))["ok"]
    assert set(await sandboxed(shop)) == {0}
    row = next(x for x in await sandbox_customers(shop) if x["id"] == killed.who.id)
    assert row["sandbox_until"] == 0
    assert await sound(shop)


async def test_a_run_that_is_called_off_tidies_up(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    await ready(shop)
    reached = asyncio.Event()
    own = redemptions.release

    async def release(*given: Any, **more: Any) -> Any:
        reached.set()
        await asyncio.sleep(0)
        return await own(*given, **more)

    monkeypatch.setattr(redemptions, "release", release)
    runtime = shop.served.gateway.runtime
    task = asyncio.create_task(launch_check.run_launch_check(runtime, shop.merchant_id))
    await reached.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert set(await sandboxed(shop)) == {0}
    assert [row["sandbox_until"] for row in await sandbox_customers(shop)] == [0]


async def test_where_tidying_up_failed_it_is_told_and_the_next_run_does_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    await ready(shop)

    async def broken(*_: Any) -> Any:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(launch_check, "clean", broken)
        found = await items(shop, "order-completed")
    assert found["nothing-left"]["status"] == "FAILED"
    assert "again" in found["nothing-left"]["advice"]
    assert set(await sandboxed(shop)) != {0}
    assert (await items(shop, "integration-on"))["nothing-left"]["status"] == "PASSED"
    assert set(await sandboxed(shop)) == {0}


async def test_more_runs_than_may_be_are_sent_away(shop: Shop):
    runtime = shop.served.gateway.runtime
    taken = [await take(shop.merchant_id, runtime.clock(), runtime.ids) for _ in range(MOST)]
    assert len({each.phone for each in taken}) == MOST
    answer = await shop.admin.send(RUN, input={})
    assert answer.error["code"] == "OVERLOADED"


async def test_nobody_can_be_a_sandbox_customer(shop: Shop):
    who: SandboxCustomer = (await started(shop)).who
    runtime = shop.served.gateway.runtime
    token, _ = runtime.tokens.mint(shop.merchant_id, who.external_id, runtime.clock(), 60)
    answer = await shop.bearer(token).send(d.ME)
    assert answer.status == 401
    asha = await shop.customer()
    both = {"source": {"externalId": who.external_id}, "target": {"externalId": asha}}
    merged = await shop.backend.ask(d.MERGE, input={**both, "idempotencyKey": "a-key"})
    assert code(merged) == "CUSTOMER_NOT_FOUND"
    made = await shop.backend.ask(d.UPSERT, input={"externalId": who.external_id})
    assert code(made) == "INVALID_INPUT"


async def test_it_counts_in_no_figure(shop: Shop):
    """And its points, given and taken back, are no change for the audit log."""
    await started(shop)
    sql = "SELECT target FROM audit_log WHERE merchant_id = ? AND action = 'points.adjust'"
    told = await statement(sql, shop.merchant_id)
    assert [row["target"] for row in told if row["target"].startswith("sandbox")] == []
    shop.served.clock.advance(86_400)
    page = await shop.admin.ask(r.RECONCILIATION, first=50)
    assert page["edges"] == []
    for table in ("customer_order", "redemption", "account", "customer_day"):
        text = f"SELECT count(*) AS n FROM {table} t WHERE t.merchant_id = ?"  # noqa: S608 - fixed names
        (every,) = await statement(text, shop.merchant_id)
        (counted,) = await statement(f"{text} AND {real('t')}", shop.merchant_id)
        assert (every["n"] > 0, counted["n"]) == (True, 0), table
