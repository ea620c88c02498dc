"""`python -m benchmarks`: how fast the gateway is, and how much faster than what."""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any

from benchmarks import door, importing, showing, wrk
from benchmarks.bench import FULL, QUICK, Report, bench
from benchmarks.place import ENGINES


def main() -> None:
    """Measure, print, save; exit code 1 when a ledger is not clean afterwards."""
    options = _options()
    began = time.monotonic()
    generator = "wrk" if wrk.available() else "benchmarks.load (wrk is not installed)"
    print(f"load generator: {generator}")
    engines = [options.only] if options.only else ENGINES
    reports: list[Report] = []
    for engine in engines:
        report = bench(engine, QUICK if options.quick else FULL, _say)
        reports.append(report)
        print(showing.table(report))
    compared = door.compare(rounds=3, seconds=1 if options.quick else 3)
    print(door.shown(compared))
    results: dict[str, Any] = {each.engine: showing.as_json(each) for each in reports}
    results["door"] = door.as_json(compared)
    if options.importing:
        imported = importing.measure(100_000 if options.quick else 1_000_000)
        print(importing.shown(imported))
        results["import"] = importing.as_json(imported)
    file = showing.save("bench", results)
    print(f"\n{time.monotonic() - began:.0f} s; all figures: {file}")
    if not all(report.clean for report in reports):
        raise SystemExit(1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short loads: does it all work?")
    parser.add_argument("--only", choices=ENGINES, help="one engine")
    parser.add_argument(
        "--import", dest="importing", action="store_true", help="also an import of a large file"
    )
    return parser.parse_args()


def _say(what: str) -> None:
    print(f"  … {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
