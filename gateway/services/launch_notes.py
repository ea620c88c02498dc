"""The evidence of an item while it is gathered, and what a step says where that is not all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gateway.services.launch_report import Evidence, LaunchStatus

MOST_SHOWN: Final = 12
"""Of the evidence of one item; what was wrong comes first."""


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
