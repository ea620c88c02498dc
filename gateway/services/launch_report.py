"""What a go-live test says: item by item, with what was sent, what came, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LaunchStatus(StrEnum):
    """What came of an item."""

    PASSED = "PASSED"
    WARNING = "WARNING"
    FAILED = "FAILED"
    NOT_CONFIGURED = "NOT_CONFIGURED"
    """It was not looked at: the merchant has no such thing, or something before it failed."""


class LaunchSetting(StrEnum):
    """Where the merchant mends an item."""

    CUSTOM_CHECKOUT = "CUSTOM_CHECKOUT"
    SECRET_WEBHOOK_ID = "SECRET_WEBHOOK_ID"  # noqa: S105 - the name of a setting
    REDEMPTION_RULES = "REDEMPTION_RULES"
    EARNING_RULES = "EARNING_RULES"
    OPERATIONS = "OPERATIONS"
    """Nothing of the merchant's: whoever runs the gateway has to look."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that was tried. `expected` None: nothing was, it is only told."""

    sent: str
    came: str
    expected: str | None = None

    @property
    def wrong(self) -> bool:
        """Whether something else came than was to come."""
        return self.expected is not None and self.expected != self.came


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchItem:
    """One item of the list. `id` is stable across releases."""

    id: str
    title: str
    status: LaunchStatus
    evidence: tuple[Evidence, ...] = ()
    advice: str | None = None
    setting: LaunchSetting


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchReport:
    """The whole list, in the order in which it was gone through. Times are microseconds, UTC."""

    merchant_id: int
    program_version: int
    started_at: int
    finished_at: int
    items: tuple[LaunchItem, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed; warnings are for a person to judge."""
        return not self.count(LaunchStatus.FAILED)

    def count(self, status: LaunchStatus) -> int:
        """How many items came to that."""
        return len([item for item in self.items if item.status is status])
