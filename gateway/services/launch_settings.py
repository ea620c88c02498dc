"""Items about what the merchant has set, before anything is tried."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from gateway.services.credentials import CredentialView, list_credentials
from gateway.services.launch_notes import Notes, Verdict, failed, skipped, warned
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
from gateway.services.origins import list_origins
from gateway.services.secrets import CredentialKind


async def integration(trial: Trial, notes: Notes) -> None:
    """It is switched on."""
    notes.compare("Custom Checkout", "on", "on" if trial.program.enabled else "off")


async def secret_webhook_id(trial: Trial, notes: Notes) -> Verdict | None:
    """There is one that works, and the shop's backend calls with it."""
    await trial.runtime.write_last_uses()
    now = trial.runtime.clock()
    live = [
        key
        for key in await list_credentials(trial.merchant.id)
        if key.kind is CredentialKind.SECRET_WEBHOOK and key.live(now)
    ]
    for key in live:
        notes.told(f"Secret Webhook ID …{key.hint}", _use(key))
    if not live:
        return failed("There is no Secret Webhook ID that works: make one.")
    if live[0].last_used_at is not None:
        return None
    if any(key.last_used_at is not None for key in live):
        return warned(
            "Your backend still calls with an earlier Secret Webhook ID: give it the new one"
            " before the overlap ends."
        )
    return failed(
        "Your backend has never called with it. Put it into the backend's secret store, and let the"
        " backend ask for a preview once."
    )


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


def _use(key: CredentialView) -> str:
    if key.last_used_at is None:
        used = "never used"
    else:
        at = datetime.fromtimestamp(key.last_used_at // 1_000_000, UTC)
        used = f"last used {at:%Y-%m-%d %H:%M} UTC"
    if key.expires_at is None:
        return used
    ends = datetime.fromtimestamp(key.expires_at // 1_000_000, UTC)
    return f"{used}; ends {ends:%Y-%m-%d %H:%M} UTC"


STEPS: Final = (
    Step(
        id="integration-on",
        title="Custom Checkout is switched on",
        setting=LaunchSetting.CUSTOM_CHECKOUT,
        advice="Switch Custom Checkout on.",
        run=integration,
        enabled=False,
        rule=False,
    ),
    Step(
        id="secret-webhook-id",
        title="The Secret Webhook ID works, and your backend uses it",
        setting=LaunchSetting.SECRET_WEBHOOK_ID,
        advice="Make a Secret Webhook ID and call with it once.",
        run=secret_webhook_id,
        enabled=False,
        rule=False,
    ),
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
