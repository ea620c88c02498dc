"""Rounds of several loads in turn, and what they come to: medians, and ratios of one run."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from benchmarks.measuring import Figures

Round = dict[str, Figures]
"""What each load of one round came to."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as much the gateway did, and the median figures behind it."""

    name: str
    times: float
    lowest: float
    highest: float
    gateway: Figures
    other: Figures


def ratio(name: str, rounds: list[Round], gateway: str, other: str) -> Ratio:
    """How one load did against another, round by round."""
    times = [each[gateway].per_second / each[other].per_second for each in rounds]
    return Ratio(
        name=name,
        times=median(times),
        lowest=min(times),
        highest=max(times),
        gateway=middle([each[gateway] for each in rounds]),
        other=middle([each[other] for each in rounds]),
    )


def middle(figures: list[Figures]) -> Figures:
    """The median of each figure."""
    spent = [each.cpu_per_request for each in figures if each.cpu_per_request is not None]
    return Figures(
        requests=sum(each.requests for each in figures),
        per_second=median(each.per_second for each in figures),
        p50=median(each.p50 for each in figures),
        p99=median(each.p99 for each in figures),
        cpu_per_request=median(spent) if spent else None,
    )
