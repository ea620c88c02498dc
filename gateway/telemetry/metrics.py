"""Counters, gauges and histograms in plain numbers, added up only when somebody asks for them.

Declare one where the thing happens, once per process: `SEEN = counter("loyalty_seen_total", …)`,
then `SEEN.add("label")`. While metrics are off, nothing is counted. The values of a label must be
few and ours: what a caller chooses goes through `gateway.telemetry.names` first.

Not the library of Prometheus: its counters take 1 to 5 µs each, several a request, and where more
than one process counts, its gauges and its figures of the process are not to be had.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Labels = tuple[str, ...]
Numbers = list[float]
"""One number; of a histogram its buckets, those above the highest, and the sum."""
Series = dict[Labels, Numbers]
Merge = Literal["sum", "max", "own"]
"""What the gauges of several workers come to; `own`: those of the worker that is asked."""


@dataclass(slots=True, eq=False)
class Metric:
    """A name, what it means, and its numbers by the values of its labels."""

    name: str
    help: str
    labels: tuple[str, ...]
    series: Series = field(default_factory=dict[Labels, Numbers])
    kind: ClassVar[str] = "untyped"
    lasting: ClassVar[bool] = True
    """Whether the numbers of a process that has ended still count."""

    @property
    def shown_as(self) -> str:
        """The type that a reader is told."""
        return self.kind


@dataclass(slots=True, eq=False)
class Counter(Metric):
    """Only goes up."""

    kind: ClassVar[str] = "counter"

    def add(self, *labels: str, by: float = 1) -> None:
        """Count one more, or `by` more."""
        if REGISTRY.on:
            numbers = self.series.get(labels)
            if numbers is None:
                self.series[labels] = [by]
            else:
                numbers[0] += by


@dataclass(slots=True, eq=False)
class Gauge(Metric):
    """As it is now."""

    merge: Merge = "sum"
    total: bool = False
    """It only goes up as long as its process lives."""
    kind: ClassVar[str] = "gauge"
    lasting: ClassVar[bool] = False

    @property
    def shown_as(self) -> str:
        """The type that a reader is told."""
        return "counter" if self.total else "gauge"

    def set(self, value: float | None, *labels: str) -> None:
        """Replace the value; None takes it away."""
        if value is None:
            self.series.pop(labels, None)
        elif REGISTRY.on:
            self.series[labels] = [value]

    def add(self, by: float, *labels: str) -> None:
        """Go up or, with a negative `by`, down."""
        if REGISTRY.on:
            self.series.setdefault(labels, [0])[0] += by


@dataclass(slots=True, eq=False)
class Histogram(Metric):
    """How many were at most so large, by steps."""

    bounds: tuple[float, ...] = ()
    kind: ClassVar[str] = "histogram"

    def observe(self, value: float, *labels: str) -> None:
        """Count one of this size."""
        if REGISTRY.on:
            numbers = self.series.get(labels)
            if numbers is None:
                numbers = self.series[labels] = [0] * (len(self.bounds) + 2)
            numbers[bisect_left(self.bounds, value)] += 1
            numbers[-1] += value


@dataclass(slots=True, eq=False)
class Registry:
    """All metrics of this process, in the order of their declaration."""

    on: bool = False
    metrics: dict[str, Metric] = field(default_factory=dict[str, Metric])
    before: list[Callable[[], object]] = field(default_factory=list[Callable[[], object]])
    """Called before the numbers are read: they set the gauges that nobody sets meanwhile."""

    def declare(self, metric: Metric) -> None:
        """Take a metric in; its name must be new."""
        if metric.name in self.metrics:
            raise ValueError(f"{metric.name} is declared twice")
        self.metrics[metric.name] = metric

    def rest(self) -> None:
        """Count no more, and forget what was true only as long as the process served."""
        self.on = False
        self.before.clear()
        for metric in self.metrics.values():
            if not metric.lasting:
                metric.series.clear()

    def read(self) -> dict[str, Series]:
        """The numbers of this process, as of now."""
        for refresh in self.before:
            refresh()
        return {name: metric.series for name, metric in self.metrics.items()}


REGISTRY = Registry()


def counter(name: str, help_: str, *labels: str) -> Counter:
    """Declare a counter; its name ends in `_total`."""
    metric = Counter(name, help_, labels)
    REGISTRY.declare(metric)
    return metric


def gauge(name: str, help_: str, *labels: str, merge: Merge = "sum", total: bool = False) -> Gauge:
    """Declare a gauge; `total` where it only goes up as long as its process lives."""
    metric = Gauge(name, help_, labels, merge=merge, total=total)
    REGISTRY.declare(metric)
    return metric


def histogram(name: str, help_: str, *labels: str, bounds: tuple[float, ...]) -> Histogram:
    """Declare a histogram with the upper bounds of its steps, ascending."""
    metric = Histogram(name, help_, labels, bounds=bounds)
    REGISTRY.declare(metric)
    return metric
