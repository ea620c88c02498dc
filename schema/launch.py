"""The go-live test: item by item, what was tried, what came, and what to do about it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import strawberry

from gateway.services import launch_report as inside
from schema.describe import about, optional
from schema.scalars import instant


@strawberry.enum(description="What came of an item of the go-live test.")
class LaunchStatus(Enum):
    """What came of an item."""

    PASSED = strawberry.enum_value("PASSED", description="It is as it has to be.")
    WARNING = strawberry.enum_value(
        "WARNING", description="It may be meant so: somebody has to decide."
    )
    FAILED = strawberry.enum_value("FAILED", description="Mend it before you go live.")
    NOT_CONFIGURED = strawberry.enum_value(
        "NOT_CONFIGURED",
        description="It was not tried: there is no such thing, or something before it failed.",
    )


@strawberry.enum(description="Where an item is mended.")
class LaunchSetting(Enum):
    """Where an item is mended."""

    CUSTOM_CHECKOUT = strawberry.enum_value(
        "CUSTOM_CHECKOUT", description="The settings of Custom Checkout."
    )
    SECRET_WEBHOOK_ID = strawberry.enum_value(
        "SECRET_WEBHOOK_ID", description="The Secret Webhook ID, and your backend's use of it."
    )
    REDEMPTION_RULES = strawberry.enum_value(
        "REDEMPTION_RULES", description="The redemption rules."
    )
    EARNING_RULES = strawberry.enum_value("EARNING_RULES", description="The earning rules.")
    OPERATIONS = strawberry.enum_value(
        "OPERATIONS", description="Nothing of yours: tell whoever runs the gateway."
    )


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
