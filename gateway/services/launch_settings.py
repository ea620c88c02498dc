"""Items about what the merchant has set, before anything is tried."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from gateway.services.credentials import CredentialView, list_credentials
from gateway.services.launch_notes import Notes, Verdict, failed, warned
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step
from gateway.services.launch_trial import Trial
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
)
