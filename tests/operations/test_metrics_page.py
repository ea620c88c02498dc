"""What `/metrics` counts, on both databases, and what the operations guide says of it."""

from __future__ import annotations

import re

from prometheus_client.parser import text_string_to_metric_families

from gateway.telemetry.names import PER_SIDE, Names
from models.migrate import migrate
from tests.conftest import Engine
from tests.e2e import documents as d
from tests.e2e.serving import Served, serving, settings
from tests.e2e.shop import open_shop
from tests.house.sources import ROOT
from tests.operations.reading import Page, of, read

GUIDE = ROOT / "docs" / "guides" / "operations.md"
ROW = re.compile(r"^\| `((?:loyalty|process)_\w+)` \| (\w+) \|([^|]*)\|", re.MULTILINE)


async def page_of(served: Served) -> Page:
    return read((await served.http.get("/metrics")).text)


def grown(before: Page, after: Page, name: str) -> dict[tuple[str, ...], float]:
    """What has come to a counter, which the whole process shares."""
    return {
        labels: value - before.get((name, labels), 0)
        for labels, value in of(after, name).items()
        if value != before.get((name, labels), 0)
    }


async def test_requests_refusals_and_batches_are_counted(engine: Engine, database_url: str):
    await migrate(database_url)
    async with serving(settings(database_url, metrics="on")) as served:
        shop = await open_shop(served)
        asha = await shop.customer(points=50)
        before = await page_of(served)
        by = {"externalId": asha}
        assert (await shop.backend.apply(customer=by, points=10))["redemption"]
        for _ in range(2):
            assert (await shop.backend.apply(customer=by, points=9_000))["userErrors"]
        await shop.backend.send("query Hidden { merchant { name } }")
        await shop.backend.send("{ nonsense }")
        await shop.bearer("whk_1_wrong").send(d.ME)
        after = await page_of(served)
        assert grown(before, after, "loyalty_requests_total") == {
            ("ApplyRedemption", "OK", "mutation"): 1,
            ("ApplyRedemption", "INSUFFICIENT_POINTS", "mutation"): 2,
            ("FORBIDDEN", "Hidden", "query"): 1,
            ("GRAPHQL_VALIDATION_FAILED", "none", "none"): 1,
            ("UNAUTHENTICATED", "none", "none"): 1,
        }
        refused = grown(before, after, "loyalty_refusals_total")
        assert refused == {("INSUFFICIENT_POINTS", "applyRedemption"): 2}
        slow = grown(before, after, "loyalty_request_seconds_count")
        assert slow == {("mutation",): 3, ("query",): 1, ("none",): 2}
        commands = grown(before, after, "loyalty_ledger_batch_commands_sum")
        lanes = {(label,): n for (label,), n in commands.items() if label != "read"}
        assert sum(lanes.values()) == 3
        (build,) = of(after, "loyalty_build_info")
        assert engine in build
        assert after["loyalty_outbox_events", ()] > 0
        assert after["loyalty_holds_overdue", ()] == 0
        assert after["process_resident_memory_bytes", build_pid(after)] > 10_000_000
        served.clock.advance(3_600)
        lag = (await page_of(served))["loyalty_sweeper_lag_seconds", ()]
        assert lag >= 3_600


def build_pid(page: Page) -> tuple[str, ...]:
    (labels,) = of(page, "process_resident_memory_bytes")
    return labels


async def test_the_guide_has_a_row_for_every_metric_with_its_type_and_labels(tmp_path):
    url = f"sqlite:///{tmp_path}/loyalty.db"
    await migrate(url)
    async with serving(settings(url, metrics="on")) as served:
        shop = await open_shop(served)
        await shop.customer(points=1)
        page = (await served.http.get("/metrics")).text
    families = list(text_string_to_metric_families(page))
    rows = ROW.findall(GUIDE.read_text("utf-8"))
    documented = {name.removesuffix("_total"): kind for name, kind, _ in rows}
    assert documented == {family.name: family.type for family in families}
    said = {name.removesuffix("_total"): set(re.findall(r"`(\w+)`", of)) for name, _, of in rows}
    for family in families:
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == said[family.name], family.name


async def test_nothing_is_served_or_counted_where_metrics_are_off(tmp_path):
    url = f"sqlite:///{tmp_path}/loyalty.db"
    await migrate(url)
    async with serving(settings(url)) as served:
        assert (await served.http.get("/metrics")).status_code == 404


def test_made_up_names_of_browsers_fill_no_place_of_a_backend():
    names = Names()
    hostile = {names.bounded(f"Made{n}", trusted=False) for n in range(10_000)}
    assert len(hostile) == PER_SIDE + 1
    assert names.bounded("Capture", trusted=True) == "Capture"
    assert names.bounded("Preview", trusted=False) == "other"
    assert names.bounded("x" * 65, trusted=True) == "other"
