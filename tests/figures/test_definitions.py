"""What the metrics are called and said to be is the same wherever it is said."""

from __future__ import annotations

from gateway.services.metric_definitions import METRICS
from schema.metrics import MetricId, MetricUnit
from tests.house.sources import ROOT

GUIDE = (ROOT / "docs" / "guides" / "metrics.md").read_text("utf-8")


def test_the_guide_has_every_metric_with_its_very_definition():
    rows = [f"| {m.name} | `{m.id}` | {m.unit.value.lower()} | {m.definition} |" for m in METRICS]
    assert [row for row in rows if row not in GUIDE] == []


def test_the_schema_has_every_metric_and_no_other():
    assert [m.id for m in METRICS] == [each.name for each in MetricId]
    assert {m.unit.name for m in METRICS} == {each.name for each in MetricUnit}
