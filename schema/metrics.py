"""How a merchant's programme does: metrics with their definitions."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum

import strawberry

from gateway.services import merchant_metrics as inside
from gateway.services import spans
from gateway.services.calendar_days import date_of
from gateway.services.metrics_csv import metrics_csv
from schema.describe import about
from schema.enums import CurrencyCode
from schema.scalars import Decimal, instant


def _value(name: str, text: str) -> object:
    return strawberry.enum_value(name, description=text)


@strawberry.enum(description="How long each point of a trend is.")
class MetricGranularity(Enum):
    """How long each point of a trend is."""

    DAY = _value("DAY", "A day of the merchant's time zone; a range has at most 400.")
    WEEK = _value("WEEK", "From Monday to Sunday; a range has at most 1100 days.")
    MONTH = _value("MONTH", "A calendar month; a range has at most 3700 days.")


@strawberry.enum(description="What a metric's values are.")
class MetricUnit(Enum):
    """What a metric's values are."""

    RATIO = _value("RATIO", "A part of one, with four decimals: `0.2500` is 25 %.")
    MONEY = _value("MONEY", "Major units of the merchant's currency.")
    COUNT = _value("COUNT", "A whole number.")


@strawberry.enum(description="The metrics that there are. More may come.")
class MetricId(Enum):
    """The metrics that there are."""

    CHECKOUT_REDEMPTION_USAGE = _value("CHECKOUT_REDEMPTION_USAGE", "Checkout redemption usage.")
    POINTS_REDEMPTION_RATE = _value("POINTS_REDEMPTION_RATE", "Points redemption rate.")
    REPEAT_PURCHASE_RATE = _value("REPEAT_PURCHASE_RATE", "Repeat purchase rate of members.")
    AVERAGE_ORDER_VALUE_REDEEMERS = _value(
        "AVERAGE_ORDER_VALUE_REDEEMERS", "Average order value with points."
    )
    AVERAGE_ORDER_VALUE_OTHERS = _value(
        "AVERAGE_ORDER_VALUE_OTHERS", "Average order value without points."
    )
    CHECKOUT_COMPLETION_RATE = _value(
        "CHECKOUT_COMPLETION_RATE", "Checkout completion with redeemable points."
    )
    CUSTOMERS_USING_POINTS = _value(
        "CUSTOMERS_USING_POINTS", "Share of customers using points at checkout."
    )
    SUPPORT_TICKETS = _value("SUPPORT_TICKETS", "Reward support tickets.")
    DISCOUNT_COST = _value("DISCOUNT_COST", "Discount cost.")
    REPEAT_REVENUE = _value("REPEAT_REVENUE", "Repeat revenue from members.")
    TECHNICAL_ERROR_RATE = _value(
        "TECHNICAL_ERROR_RATE", "Technical error rate of redemption calls."
    )


@strawberry.type(description="One value of a trend.")
class MetricPoint:
    """One value of a trend."""

    first_day: date = about("The first day that it counts.", name="from")
    value: Decimal | None = about("As the metric's; null: there was nothing to divide by.")


@strawberry.type(description="One metric over some days.")
class Metric:
    """One metric over some days."""

    id: MetricId = about("Which.")
    name: str = about("Its name, for people; in English.")
    definition: str = about("What exactly is counted, and what that is divided by.")
    unit: MetricUnit = about("What its values are.")
    value: Decimal | None = about("Over all days; null: there was nothing to divide by.")
    previous_value: Decimal | None = about(
        "Over as many days right before; null where there was nothing to divide by, or it was not"
        " asked for."
    )
    change: Decimal | None = about(
        "The value against the previous one, as a part of it: `0.1000` is 10 % more. Null where one"
        " of them is null, or the previous one is 0."
    )
    points: list[MetricPoint] = about("The trend, oldest first.")


@strawberry.type(name="MetricsReport", description="The metrics of a merchant over some days.")
class Metrics:
    """The metrics of a merchant over some days."""

    first_day: date = about("The first day that counts.", name="from")
    last_day: date = about("The last one.", name="to")
    previous_from: date | None = about("Where the days before begin; null: not asked for.")
    previous_to: date | None = about("Where they end; null: not asked for.")
    time_zone: str = about("Days begin and end by it.")
    currency_code: CurrencyCode = about("Of all money.")
    as_of: datetime | None = about(
        "What happened before is counted, but for the last minute; null: nothing was counted yet."
    )
    metrics: list[Metric] = about("All of them, in a fixed order.")
    measures: strawberry.Private[inside.Measures]
    currency: strawberry.Private[str]

    @strawberry.field(description="The same as CSV: a line for each metric and stretch of days.")
    def csv(self) -> str:
        """With a line of names first."""
        return metrics_csv(self.measures, self.currency)


def span(begins: date, ends: date, granularity: MetricGranularity) -> spans.Span:
    """The days that are meant. Raises RequestError(BAD_USER_INPUT)."""
    return spans.span(begins, ends, spans.Granularity(granularity.value))


def metrics(found: inside.Measures, currency: str, time_zone: str) -> Metrics:
    """The outside form."""
    before = found.previous
    return Metrics(
        first_day=date_of(found.span.first),
        last_day=date_of(found.span.last),
        previous_from=None if before is None else date_of(before.first),
        previous_to=None if before is None else date_of(before.last),
        time_zone=time_zone,
        currency_code=CurrencyCode[currency],
        as_of=None if found.read_until is None else instant(found.read_until),
        metrics=[_metric(each) for each in found.metrics],
        measures=found,
        currency=currency,
    )


def _metric(found: inside.Measured) -> Metric:
    about_it = found.metric
    return Metric(
        id=MetricId[about_it.id],
        name=about_it.name,
        definition=about_it.definition,
        unit=MetricUnit[about_it.unit.name],
        value=_decimal(found.value),
        previous_value=_decimal(found.previous),
        change=_decimal(found.change),
        points=[MetricPoint(first_day=p.first, value=_decimal(p.value)) for p in found.points],
    )


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
