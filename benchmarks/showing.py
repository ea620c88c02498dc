"""Figures as text and as JSON."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from benchmarks import wrk
from benchmarks.bench import Line, Report
from benchmarks.process import ROOT
from benchmarks.rounds import Ratio

RESULTS = ROOT / "bench-results"


def table(report: Report) -> str:
    """What one engine came to, for the terminal."""
    checks = sum(line.startswith("ok ") for line in report.verification.splitlines())
    verdict = f"clean ({checks} checks)" if report.clean else f"BROKEN\n{report.verification}"
    start = f"first answer {report.start_seconds:.2f} s after the start"
    lines = [
        f"\n{report.engine}: {start}, {report.resident_mib:.0f} MiB resident after the loads\n",
        "  operation  connections  requests/s    p50 ms    p99 ms  server CPU µs/request",
        *(_line(line) for line in report.lines),
        "",
        f"  {'the gateway at 64 connections against':<55}  times  lowest…highest",
        *(_ratio(ratio) for ratio in report.ratios),
        "",
        f"  {'orders at 64 connections against':<55}  times  lowest…highest",
        *(_ratio(ratio) for ratio in report.orders),
        "",
        f"  loyalty verify: {verdict}",
    ]
    return "\n".join(lines)


def _line(line: Line) -> str:
    figures = line.figures
    return (
        f"  {line.operation:<9}  {line.connections:>11}  {figures.per_second:>10,.0f}"
        f"  {figures.p50 * 1e3:>8.2f}  {figures.p99 * 1e3:>8.2f}"
        f"  {_cpu(figures.cpu_per_request):>21}"
    )


def _ratio(ratio: Ratio) -> str:
    rates = f"{ratio.gateway.per_second:,.0f} : {ratio.other.per_second:,.0f} requests/s"
    spent = ""
    if ratio.other.cpu_per_request is not None:
        cpu = f"{_cpu(ratio.gateway.cpu_per_request)} : {_cpu(ratio.other.cpu_per_request)}"
        spent = f", CPU {cpu} µs/request"
    return (
        f"  {ratio.name:<55}  {ratio.times:>5.2f}  {ratio.lowest:.2f}…{ratio.highest:.2f}"
        f"\n    {rates}{spent}"
    )


def _cpu(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds * 1e6:,.0f}"


def save(name: str, results: dict[str, Any]) -> Path:
    """Write results with what they were measured on to `bench-results/`; answers the file."""
    machine = {
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load_generator": "wrk" if wrk.available() else "benchmarks.load",
    }
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{name}-{time.strftime('%Y%m%d-%H%M%S')}.json"
    body = {"machine": machine, **results}
    file.write_bytes(orjson.dumps(body, option=orjson.OPT_INDENT_2))
    return file


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return asdict(report)
