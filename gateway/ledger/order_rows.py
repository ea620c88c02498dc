"""Rows of orders, their days and awards to objects and back; the same columns on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

import orjson

from gateway.ledger.order_state import AwardRow, DayRow, Earned, OrderState, RefundEvent

Row = Sequence[Any]

ORDER = tuple(f.name for f in fields(OrderState))
DAY = tuple(f.name for f in fields(DayRow))
AWARD = tuple(f.name for f in fields(AwardRow))


def order(row: Row) -> OrderState:
    """One row of `customer_order`."""
    values: dict[str, Any] = dict(zip(ORDER, row, strict=True))
    values["refunds"] = tuple(RefundEvent(*parts) for parts in orjson.loads(values["refunds"]))
    values["earnings"] = tuple(Earned(*parts) for parts in orjson.loads(values["earnings"]))
    return OrderState(**values)


def order_row(o: OrderState) -> Row:
    """The columns of ORDER."""
    return tuple(
        _listed(getattr(o, name)) if name in {"refunds", "earnings"} else getattr(o, name)
        for name in ORDER
    )


def _listed(parts: Sequence[Any]) -> str:
    return orjson.dumps([astuple(part) for part in parts]).decode()


def day(row: Row) -> DayRow:
    """One row of `customer_day`."""
    return DayRow(*row)


def day_row(d: DayRow) -> Row:
    """The columns of DAY."""
    return astuple(d)


def award(row: Row) -> AwardRow:
    """One row of `award`."""
    return AwardRow(*row)


def award_row(a: AwardRow) -> Row:
    """The columns of AWARD."""
    return astuple(a)
