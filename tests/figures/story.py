"""A merchant whose days are told hour by hour, and what its metrics say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gateway.services.database import statement
from gateway.services.rollups import Rollups
from tests.e2e import documents as d
from tests.e2e import metric_documents as m
from tests.e2e.caller import Json, cart, code, money
from tests.e2e.serving import SECOND
from tests.e2e.shop import Shop

ORDERS = count(1)


@dataclass(slots=True)
class Story:
    """Tells a shop what happens, at which hour of its own clocks."""

    shop: Shop
    zone: str = "Asia/Kolkata"
    names: dict[str, str] = field(default_factory=dict[str, str])

    def to(self, when: str) -> None:
        """Let it be that time; time only goes on."""
        moment = datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(self.zone))
        clock = self.shop.served.clock
        at = int(moment.timestamp()) * SECOND
        assert at >= clock.now, "time only goes on"
        clock.now = at

    async def joins(self, name: str, points: int = 0, **facts: Any) -> str:
        self.names[name] = await self.shop.customer(points=points, **facts)
        return self.names[name]

    def who(self, name: str) -> Json:
        return {"externalId": self.names[name]}

    async def looks(self, name: str, cart_id: str, total: str = "500.00") -> Json:
        return await self.shop.backend.preview(cart(total, cart_id), customer=self.who(name))

    async def buys(
        self, name: str, total: str, *, points: int = 0, cart_id: str | None = None, **more: Any
    ) -> str:
        """An order that is told as completed; its points are applied just before."""
        order = f"m-{next(ORDERS)}"
        if points:
            the_cart = cart(total, cart_id or order)
            applied = await self.shop.backend.apply(
                the_cart, customer=self.who(name), points=points
            )
            assert code(applied) is None, applied
            more["redemptionId"] = applied["redemption"]["id"]
        sale = {"customer": self.who(name), "order": {"id": order, "total": money(total)}, **more}
        done = await self.shop.backend.ask(d.COMPLETE_ORDER, input=sale)
        assert code(done) is None, done
        return order

    async def returns(self, order: str, amount: str | None = None) -> None:
        what = {} if amount is None else {"amount": money(amount)}
        fact = {"orderId": order, "refundId": f"r-{amount}", **what}
        done = await self.shop.backend.ask(d.REFUND_ORDER, input=fact)
        assert code(done) is None, done

    async def rolled_up(self) -> None:
        """Everything that was noted is written down, and summed up."""
        runtime = self.shop.served.gateway.runtime
        await runtime.sightings.flush()
        await Rollups(runtime).run()

    async def metrics(self, begins: str, ends: str, **given: Any) -> Json:
        """The answer, with its metrics by id."""
        await self.rolled_up()
        found = await self.shop.admin.ask(m.METRICS, **{"from": begins, "to": ends, **given})
        shown = found["metrics"]
        return {**shown, "metrics": {each["id"]: each for each in shown["metrics"]}}

    async def values(self, begins: str, ends: str) -> dict[str, str | None]:
        found = (await self.metrics(begins, ends))["metrics"]
        return {name: each["value"] for name, each in found.items()}

    async def rows(self) -> dict[str, list[Json]]:
        """All that the rollups hold of this merchant."""
        return {
            table: await statement(
                f"SELECT * FROM {table} WHERE merchant_id = ? ORDER BY {order}",  # noqa: S608 - fixed names
                self.shop.merchant_id,
            )
            for table, order in (
                ("customer_figure", "customer_id, day"),
                ("daily_figure", "day"),
                ("daily_reach", "kind, day, day_before"),
            )
        }


async def living_in(shop: Shop, zone: str) -> Story:
    """The shop's story, on the clocks of a time zone."""
    directory = shop.served.gateway.runtime.directory
    sql = "UPDATE merchant SET time_zone = ? WHERE id = ?"
    await statement(sql, zone, shop.merchant_id)
    directory._merchants.put(shop.merchant_id, await _again(shop.merchant_id))
    return Story(shop, zone)


async def _again(merchant_id: int) -> Any:
    from gateway.services.merchants import find_merchant  # noqa: PLC0415

    return await find_merchant(merchant_id)
