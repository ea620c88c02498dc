"""What a go-live test says: item by item, with what was sent, what came, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

MOST_SHOWN: Final = 12
"""Of the evidence of one item; what was wrong comes first."""


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a step says where it is not simply by its evidence."""

    status: LaunchStatus
    advice: str


def skipped(why: str) -> Verdict:
    """There is nothing to be looked at."""
    return Verdict(LaunchStatus.NOT_CONFIGURED, why)


def warned(advice: str) -> Verdict:
    """It may be meant so."""
    return Verdict(LaunchStatus.WARNING, advice)


def failed(advice: str) -> Verdict:
    """It has to be mended."""
    return Verdict(LaunchStatus.FAILED, advice)


@dataclass(slots=True)
class Notes:
    """The evidence of one item while it is gathered."""

    taken: list[Evidence] = field(default_factory=list[Evidence])

    def told(self, sent: str, came: str) -> None:
        """Note what came of something that has no right answer."""
        self.taken.append(Evidence(sent, came))

    def compare(self, sent: str, expected: object, came: object) -> bool:
        """Note what came beside what was to come; whether they are the same."""
        self.taken.append(Evidence(sent, str(came), str(expected)))
        return not self.taken[-1].wrong

    @property
    def wrong(self) -> bool:
        """Whether anything was."""
        return any(each.wrong for each in self.taken)

    def shown(self) -> tuple[Evidence, ...]:
        """What the item shows: all where it is little, else what was wrong before the rest."""
        if len(self.taken) <= MOST_SHOWN:
            return tuple(self.taken)
        ordered: Sequence[Evidence] = sorted(self.taken, key=lambda each: not each.wrong)
        rest = len(ordered) - MOST_SHOWN + 1
        more = Evidence(f"{rest} more", "as expected" if not ordered[-rest].wrong else "see above")
        return (*ordered[: MOST_SHOWN - 1], more)
