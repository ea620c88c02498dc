"""Metrics as CSV: a line for each metric and stretch of days."""

from __future__ import annotations

import csv
import io

from gateway.services.calendar_days import date_of, number
from gateway.services.merchant_metrics import Measures

HEAD = ("metric", "name", "unit", "from", "to", "value")


def metrics_csv(measures: Measures, currency: str) -> str:
    """RFC 4180. First the whole range and the one before, then each point; empty: no value."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(HEAD)
    whole, before = measures.span, measures.previous
    for measured in measures.metrics:
        metric = measured.metric
        unit = currency if metric.unit == "MONEY" else metric.unit.value.lower()
        about = (metric.id, metric.name, unit)
        lines.writerow((*about, date_of(whole.first), date_of(whole.last), measured.value or ""))
        if before is not None:
            ends = date_of(before.first), date_of(before.last)
            lines.writerow((*about, *ends, measured.previous or ""))
        firsts = [point.first for point in measured.points]
        lasts = [date_of(day - 1) for day in map(number, firsts[1:])] + [date_of(whole.last)]
        for point, last in zip(measured.points, lasts, strict=True):
            lines.writerow((*about, point.first, last, point.value or ""))
    return out.getvalue()
