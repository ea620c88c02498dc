"""Prometheus's text format, version 0.0.4: one line a number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, islice

from gateway.telemetry.metrics import Gauge, Histogram, Labels, Metric, Numbers, Series

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def combined(metric: Metric, parts: Iterable[Series]) -> Series:
    """The numbers of several processes as one; those of the process that asks come first."""
    whole: Series = {}
    merge = metric.merge if isinstance(metric, Gauge) else "sum"
    take = max if merge == "max" else _sum
    for part in islice(parts, 1 if merge == "own" else None):
        for labels, numbers in part.items():
            known = whole.get(labels)
            whole[labels] = numbers if known is None else list(map(take, known, numbers))
    return whole


def _sum(one: float, other: float) -> float:
    return one + other


def render(metrics: Iterable[Metric], numbers: Mapping[str, Series]) -> bytes:
    """The page that Prometheus reads. A metric without any number is named all the same."""
    return "".join(
        line for each in metrics for line in _family(each, numbers.get(each.name, {}))
    ).encode()


def _family(metric: Metric, series: Series) -> Iterator[str]:
    yield f"# HELP {metric.name} {_escaped(metric.help)}\n"
    yield f"# TYPE {metric.name} {metric.shown_as}\n"
    for values, numbers in sorted(series.items()):
        pairs = [
            f'{name}="{_escaped(value, quote=True)}"'
            for name, value in zip(metric.labels, values, strict=True)
        ]
        if isinstance(metric, Histogram):
            yield from _steps(metric, pairs, numbers)
        else:
            yield f"{metric.name}{_braced(pairs)} {numbers[0]}\n"


def _steps(metric: Histogram, pairs: list[str], numbers: Numbers) -> Iterator[str]:
    counts = list(accumulate(numbers[:-1]))
    for bound, count in zip((*map(str, metric.bounds), "+Inf"), counts, strict=True):
        step = _braced([*pairs, f'le="{bound}"'])
        yield f"{metric.name}_bucket{step} {count}\n"
    yield f"{metric.name}_sum{_braced(pairs)} {numbers[-1]}\n"
    yield f"{metric.name}_count{_braced(pairs)} {counts[-1]}\n"


def _braced(pairs: list[str]) -> str:
    return f"{{{','.join(pairs)}}}" if pairs else ""


def _escaped(text: str, *, quote: bool = False) -> str:
    text = text.replace("\\", r"\\").replace("\n", r"\n")
    return text.replace('"', r"\"") if quote else text


def as_lists(numbers: Mapping[str, Series]) -> dict[str, list[tuple[Labels, Numbers]]]:
    """The same, fit for JSON, which has no lists as keys."""
    return {name: list(series.items()) for name, series in numbers.items()}


def from_lists(lists: Mapping[str, list[tuple[list[str], Numbers]]]) -> dict[str, Series]:
    """The other way round."""
    return {name: {tuple(k): v for k, v in pairs} for name, pairs in lists.items()}
