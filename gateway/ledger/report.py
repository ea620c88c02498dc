"""What a verification found: one check a promise, with the rows that break it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SHOWN = 20
"""Violations kept of each check; all of them are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One promise of the ledger, held against the rows of one snapshot."""

    name: str
    description: str
    checked: int
    """How many rows were looked at."""
    violations: tuple[dict[str, Any], ...]
    """The first rows that break the promise: keys and figures by name."""
    violation_count: int

    @property
    def ok(self) -> bool:
        """Whether no row breaks the promise."""
        return self.violation_count == 0


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one verification."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every promise is kept."""
        return all(check.ok for check in self.checks)


@dataclass(slots=True)
class Tally:
    """A check in the making."""

    name: str
    description: str
    checked: int = 0
    count: int = 0
    shown: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, **row: Any) -> None:  # noqa: ANN401 - keys and figures of any table
        """Count one violation, and keep it while there is room."""
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(row)

    def check(self) -> Check:
        """The check as it stands."""
        return Check(
            name=self.name,
            description=self.description,
            checked=self.checked,
            violations=tuple(self.shown),
            violation_count=self.count,
        )
