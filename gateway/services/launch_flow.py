"""What the items about one redemption share."""

from __future__ import annotations

from gateway.rules.program import Rule
from gateway.services.launch_outcomes import Unexpected
from gateway.services.launch_report import LaunchSetting
from gateway.services.launch_steps import Step, Try
from gateway.services.launch_trial import Trial
from gateway.services.previews import Preview


def flow(trial: Trial) -> tuple[Rule, int]:
    """The rule and the total on which the flow is tried."""
    case = trial.case
    if case is None or case.total_minor is None:
        raise Unexpected("no rule gives a discount")
    return case.rule, case.total_minor


def offered(shown: Preview) -> tuple[int, int]:
    """The fewest and the most points of the offer."""
    offer = shown.plan and shown.plan.offer
    if offer is None:
        raise Unexpected("nothing was offered")
    return offer.minimum_points, offer.maximum_points


def step(name: str, title: str, run: Try) -> Step:
    """An item that the merchant cannot mend."""
    return Step(
        id=name,
        title=title,
        setting=LaunchSetting.OPERATIONS,
        advice="The gateway does not do what it has to: do not go live, and tell whoever runs it.",
        run=run,
    )
