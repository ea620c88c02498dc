"""The item about the pages that may call."""

from __future__ import annotations

from typing import Final

from gateway.services.launch_notes import Notes, Verdict, skipped, warned
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
from gateway.services.origins import list_origins


async def origins(trial: Trial, notes: Notes) -> Verdict | None:
    """Which web pages may call, and that these have nothing of a developer's machine in them."""
    own = await list_origins(trial.merchant.id)
    for origin in own:
        notes.told("may call from a browser", origin)
    everywhere = trial.runtime.origins.everywhere
    if everywhere:
        notes.told("may call for every merchant here", ", ".join(sorted(everywhere)))
    if "*" in everywhere:
        return warned("Pages of every origin may call: name your own pages instead.")
    if not own and not everywhere:
        return skipped(
            "No web page may call with customer tokens. Servers and native apps need no origin; for"
            " a web page, name its origin in allowedOrigins."
        )
    local = [each for each in own if each.startswith("http://")]
    if local:
        return warned(f"{local[0]} is a developer's machine: take it out before you go live.")
    return None


STEPS: Final = (
    Step(
        id="allowed-origins",
        title="Your web pages may call, and no others",
        setting=LaunchSetting.CUSTOM_CHECKOUT,
        advice="Name the origins of your pages in allowedOrigins.",
        run=origins,
        enabled=False,
        rule=False,
    ),
)
