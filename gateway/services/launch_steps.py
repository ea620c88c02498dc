"""What an item of the go-live test is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from gateway.services.launch_notes import Notes, Verdict
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_trial import Trial

Try = Callable[[Trial, Notes], Awaitable[Verdict | None]]
"""Tries one thing. None: it is as its evidence says, PASSED unless something of it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One item before it was tried. `advice` is for where its evidence is wrong."""

    id: str
    title: str
    setting: LaunchSetting
    advice: str
    run: Try
    enabled: bool = True
    """Whether it needs Custom Checkout to be on."""
    rule: bool = True
    """Whether it needs a rule that gives something."""
