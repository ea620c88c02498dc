"""The go-live test: item by item, what was tried, what came, and what to do about it."""

from __future__ import annotations

from datetime import datetime

import strawberry

from gateway.services import launch_report as inside
from schema.describe import about, optional
from schema.launch_enums import LaunchSetting, LaunchStatus
from schema.scalars import instant


@strawberry.type(description="One thing that was tried.")
class LaunchEvidence:
    """One thing that was tried."""

    sent: str = about("What was tried, in English, with its numbers.")
    expected: str | None = about("What had to come; null where there is no right answer.")
    came: str = about("What came.")
    wrong: bool = about("Whether something else came than had to.")


@strawberry.type(description="One item of the go-live test.")
class LaunchItem:
    """One item of the go-live test."""

    id: str = about("Stable: `integration-on`, for example.")
    title: str = about("What has to hold, in English.")
    status: LaunchStatus = about("What came of it.")
    evidence: list[LaunchEvidence] = about("What was tried; what was wrong first, if it is much.")
    advice: str | None = about("What to do, or why it was not tried; null: there is nothing to do.")
    setting: LaunchSetting = about("Where it is mended.")


@strawberry.type(description="What the go-live test found.")
class LaunchReport:
    """What the go-live test found."""

    ok: bool = about("Whether nothing failed.")
    passed: int = about("How many items passed.")
    warnings: int = about("How many somebody has to decide on.")
    failed: int = about("How many failed.")
    not_configured: int = about("How many were not tried.")
    started_at: datetime = about("When it began.")
    finished_at: datetime = about("When it had ended, with everything taken back.")
    items: list[LaunchItem] = about("The items, in the order in which they were tried.")


@strawberry.input(description="What to try.")
class RunLaunchCheckInput:
    """What to try."""

    items: list[str] | None = optional("Only these items, by id; absent: all of them.")


@strawberry.type(description="What the go-live test found.")
class RunLaunchCheckPayload:
    """What the go-live test found."""

    report: LaunchReport = about("Item by item.")


def report(found: inside.LaunchReport) -> LaunchReport:
    """The outside form of a report."""
    return LaunchReport(
        ok=found.ok,
        passed=found.count(inside.LaunchStatus.PASSED),
        warnings=found.count(inside.LaunchStatus.WARNING),
        failed=found.count(inside.LaunchStatus.FAILED),
        not_configured=found.count(inside.LaunchStatus.NOT_CONFIGURED),
        started_at=instant(found.started_at),
        finished_at=instant(found.finished_at),
        items=[_item(each) for each in found.items],
    )


def _item(found: inside.LaunchItem) -> LaunchItem:
    return LaunchItem(
        id=found.id,
        title=found.title,
        status=LaunchStatus[found.status.name],
        evidence=[
            LaunchEvidence(sent=each.sent, expected=each.expected, came=each.came, wrong=each.wrong)
            for each in found.evidence
        ],
        advice=found.advice,
        setting=LaunchSetting[found.setting.name],
    )
