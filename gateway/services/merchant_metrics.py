"""The metrics of a merchant over some days, out of sums that are there already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final

from gateway.money import to_decimal
from gateway.services.calendar_days import date_of
from gateway.services.customer_days import COLUMNS, REACH
from gateway.services.database import statement
from gateway.services.metric_definitions import METRICS, Metric, Unit, completed
from gateway.services.spans import Granularity, Span, cut

RATIO_PLACES: Final = 4
SUMS: Final = COLUMNS[1 : -len(REACH)]
REACHED: Final = {"BUYER": "buyers", "REPEAT": "repeat_buyers", "REDEEMER": "redeemers"}

_DAYS: Final = "SELECT * FROM daily_figure WHERE merchant_id = ? AND day BETWEEN ? AND ?"
_CALLS: Final = """
    SELECT day, sum(done) AS done, sum(refused) AS refused, sum(failed) AS failed
    FROM call_count WHERE merchant_id = ? AND day BETWEEN ? AND ? GROUP BY day
"""
_TICKETS: Final = """
    SELECT day, count(*) AS tickets
    FROM support_ticket WHERE merchant_id = ? AND day BETWEEN ? AND ? GROUP BY day
"""
# Of each day those who were not there on an earlier day of the same stretch.
_REACHED: Final = """
    WITH s(place, first_day, last_day) AS (VALUES {spans})
    SELECT s.place, r.kind, sum(r.customers) AS customers
    FROM s JOIN daily_reach r ON r.merchant_id = ? AND r.kind IN ('BUYER', 'REPEAT', 'REDEEMER')
        AND r.day BETWEEN s.first_day AND s.last_day AND r.day_before < s.first_day
    GROUP BY s.place, r.kind
"""
_MARK: Final = "SELECT read_until FROM figure_mark WHERE merchant_id = 0"


@dataclass(frozen=True, slots=True)
class Point:
    """The value of one stretch of a trend."""

    first: date
    value: str | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with its value, that of the days before, and its trend. Values are decimals."""

    metric: Metric
    value: str | None
    previous: str | None
    change: str | None
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """All metrics of some days."""

    span: Span
    previous: Span | None
    read_until: int | None
    """Up to when the ledger was looked through; None: never yet."""
    metrics: tuple[Measured, ...]


async def measure(
    merchant_id: int,
    currency: str,
    whole: Span,
    granularity: Granularity,
    *,
    compare: bool,
) -> Measures:
    """Every metric over `whole`, its points, and with `compare` over as many days before."""
    before = whole.before() if compare else None
    points = cut(whole, granularity)
    spans = [whole, *([before] if before else []), *points]
    sums = await _sums(merchant_id, spans, by_day=granularity is Granularity.DAY)
    trend = sums[-len(points) :]
    mark = await statement(_MARK)
    return Measures(
        whole,
        before,
        mark[0]["read_until"] if mark else None,
        tuple(
            _measured(metric, currency, sums[0], sums[1] if before else None, points, trend)
            for metric in METRICS
        ),
    )


def _measured(
    metric: Metric,
    currency: str,
    now: dict[str, int],
    before: dict[str, int] | None,
    points: Sequence[Span],
    trend: Sequence[dict[str, int]],
) -> Measured:
    value = metric.value(now)
    previous = None if before is None else metric.value(before)
    change = (value - previous) / abs(previous) if value is not None and previous else None
    return Measured(
        metric,
        shown(value, metric.unit, currency),
        shown(previous, metric.unit, currency),
        shown(change, Unit.RATIO, currency),
        tuple(
            Point(date_of(each.first), shown(metric.value(sums), metric.unit, currency))
            for each, sums in zip(points, trend, strict=True)
        ),
    )


def shown(value: Fraction | None, unit: Unit, currency: str) -> str | None:
    """A value as a decimal: money in major units, a ratio with four places, halves up."""
    if value is None:
        return None
    if unit is Unit.COUNT:
        return str(int(value))
    if unit is Unit.MONEY:
        return to_decimal(_rounded(value), currency)
    whole = _rounded(value * 10**RATIO_PLACES)
    sign, digits = "-" if whole < 0 else "", str(abs(whole)).zfill(RATIO_PLACES + 1)
    return f"{sign}{digits[:-RATIO_PLACES]}.{digits[-RATIO_PLACES:]}"


def _rounded(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


async def _sums(merchant_id: int, spans: Sequence[Span], *, by_day: bool) -> list[dict[str, int]]:
    """What each stretch comes to."""
    reach = min(s.first for s in spans), max(s.last for s in spans)
    days: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for sql in (_DAYS, _CALLS, _TICKETS):
        for row in await statement(sql, merchant_id, *reach):
            days[row["day"]].update({k: int(v) for k, v in row.items() if k != "merchant_id"})
    found = [_added(days, span) for span in spans]
    # A day's own row says how many there were on it.
    counted = [n for n, s in enumerate(spans) if not (by_day and s.days == 1)]
    for place, kind, customers in await _reached(merchant_id, [(n, spans[n]) for n in counted]):
        found[place][REACHED[kind]] = customers
    return [completed(each) for each in found]


def _added(days: dict[int, dict[str, int]], span: Span) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for day in range(span.first, span.last + 1):
        for name, value in days.get(day, {}).items():
            sums[name] += value
    if span.days > 1:
        for name in REACHED.values():
            sums[name] = 0
    return dict(sums)


async def _reached(
    merchant_id: int, spans: Sequence[tuple[int, Span]]
) -> list[tuple[int, str, int]]:
    if not spans:
        return []
    # Numbers of our own making: PostgreSQL would take parameters here for texts.
    rows = ", ".join(f"({n}, {int(s.first)}, {int(s.last)})" for n, s in spans)
    found: list[dict[str, Any]] = await statement(_REACHED.format(spans=rows), merchant_id)
    return [(row["place"], row["kind"], int(row["customers"])) for row in found]
