"""Units of cost, and the small form that is kept of what only the variables of a request say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Cost:
    """A number of units, and more for each page whose size a variable says."""

    units: int = 0
    pages: tuple[tuple[Page, Cost], ...] = ()

    def plus(self, other: Cost) -> Cost:
        """Return the cost of both."""
        return Cost(self.units + other.units, self.pages + other.pages)

    def times(self, count: int) -> Cost:
        """Return the cost of so many."""
        pages = tuple((page, each.times(count)) for page, each in self.pages)
        return Cost(self.units * count, pages)

    def of(self, variables: Mapping[str, Any] | None) -> int:
        """Return the units with these variables, as they came: odd ones count as the largest."""
        if not self.pages:
            return self.units
        given = variables or {}
        return self.units + sum(page.size(given) * each.of(given) for page, each in self.pages)


@dataclass(frozen=True, slots=True)
class Page:
    """How many items a variable asks for."""

    variable: str
    otherwise: int
    """Where the variable is not given."""
    most: int

    def size(self, variables: Mapping[str, Any]) -> int:
        """Return the number of items, never more than the largest page."""
        if self.variable not in variables:
            return self.otherwise
        return bounded(variables[self.variable], self.most)


def bounded(value: object, most: int) -> int:
    """Return how many items a value asks for; what is no such number counts as the most."""
    if isinstance(value, list):
        value = len(value)  # pyright: ignore[reportUnknownArgumentType] - of whatever
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return most
    return min(value, most)
