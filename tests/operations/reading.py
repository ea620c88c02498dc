"""Reads the page of metrics with the parser of Prometheus's own client."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

Page = dict[tuple[str, tuple[str, ...]], float]


def read(text: str) -> Page:
    """Every number, by its name and the sorted values of its labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.values()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def of(page: Page, name: str) -> dict[tuple[str, ...], float]:
    return {labels: value for (each, labels), value in page.items() if each == name}


def total(page: Page, name: str) -> float:
    return sum(of(page, name).values())
