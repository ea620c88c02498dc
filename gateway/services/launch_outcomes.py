"""Reading what a command or a preview came to."""

from __future__ import annotations

from gateway.ledger.commands import Outcome, Redemption
from gateway.services.launch_formula import Worth
from gateway.services.previews import Preview


class Unexpected(Exception):  # noqa: N818 - what came is the point, not an error of this program
    """A step cannot go on: something was refused that had to work."""


def granted(outcome: Outcome) -> Outcome:
    """The outcome. Raises Unexpected where it is a refusal."""
    if outcome.refusal is not None:
        raise Unexpected(outcome.refusal.code.value)
    return outcome


def held(outcome: Outcome) -> Redemption:
    """The redemption of an outcome. Raises Unexpected where there is none."""
    if granted(outcome).redemption is None:
        raise Unexpected("no redemption came back")
    assert outcome.redemption is not None  # noqa: S101 - just looked at
    return outcome.redemption


def gives(shown: Preview) -> Worth:
    """What a preview offers."""
    if shown.plan is None:
        return Worth()
    return Worth(shown.plan.points, shown.plan.discount_minor)


def refused(outcome: Outcome) -> str:
    """The code of a refusal, or that there was none."""
    refusal = outcome.refusal
    return "accepted" if refusal is None else refusal.code.value
