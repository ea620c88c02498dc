"""Connections that last, with less patience than in life, so that tests need not wait."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from tests.e2e.serving import Served


@contextmanager
def lasting(served: Served, **changes: float) -> Generator[None]:
    """Other times and caps for as long as the block runs."""
    values = served.gateway.lasting
    before = {name: getattr(values, name) for name in changes}
    _set(values, changes)
    try:
        yield
    finally:
        _set(values, before)


def _set(values: object, changes: dict[str, float]) -> None:
    for name, value in changes.items():
        object.__setattr__(values, name, value)
