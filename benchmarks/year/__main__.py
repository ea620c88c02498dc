"""`python -m benchmarks.year`: a year of a scripted store, and its books worked out a second time.

Exit code 1 when an answer, a balance, an order or a tier differs, or `verify` finds anything.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks import showing
from benchmarks.place import ENGINES
from benchmarks.year.yearly import CUSTOMERS, ORDERS, prove, shown


def main() -> None:
    """Play, compare, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.year", description=__doc__)
    parser.add_argument("--customers", type=int, default=CUSTOMERS)
    parser.add_argument("--orders", type=int, default=ORDERS)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--engine", choices=ENGINES, help="one engine")
    options = parser.parse_args()
    years = [
        prove(engine, options.seed, options.customers, options.orders, _say)
        for engine in ([options.engine] if options.engine else ENGINES)
    ]
    for year in years:
        print(shown(year))
    showing.save("year", {year.engine: year.as_json() for year in years})
    if not all(year.holds for year in years):
        raise SystemExit(1)


def _say(what: str) -> None:
    print(f"  … {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
