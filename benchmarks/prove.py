"""`python -m benchmarks.prove`: the long proofs: crashes, long random histories, a store's year.

Fifty kills of the gateway on each engine, ten crashes of PostgreSQL, a thousand kills of workers
that send webhooks, a million random commands on the pure core against a naive ledger, and a year of
20,000 orders on each engine against a recomputation from its events. Exit code 1 when anything
fails.
"""

from __future__ import annotations

import argparse
import os
import secrets
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial

from benchmarks import kill, kill_worker, showing
from benchmarks.place import ENGINES
from benchmarks.year import yearly
from tests.ledger.histories import history

COMMANDS_A_HISTORY = 5_000


def main() -> None:
    """Prove, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.prove", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="kills of the gateway per engine")
    parser.add_argument("--workers", type=int, default=500, help="kills of workers per engine")
    parser.add_argument("--commands", type=int, default=1_000_000, help="random commands")
    parser.add_argument("--customers", type=int, default=yearly.CUSTOMERS, help="of the year")
    parser.add_argument("--orders", type=int, default=yearly.ORDERS, help="of the year")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    proofs = kill.run(options.rounds, ENGINES, options.seed)
    sent = kill_worker.run(options.workers, ENGINES, options.seed)
    seen = random_histories(options.seed, options.commands)
    years = [
        yearly.prove(engine, options.seed, options.customers, options.orders, print)
        for engine in ENGINES
    ]
    for year in years:
        print(yearly.shown(year), flush=True)
    results = {
        "seed": options.seed,
        "years": {year.engine: year.as_json() for year in years},
        "crashes": [kill.as_json(proof) for proof in proofs],
        "workers": [asdict(proof) for proof in sent],
        "random_commands": dict(seen),
    }
    print(f"all figures: {showing.save('prove', results)}")
    if not all(proof.holds for proof in (*proofs, *sent, *years)):
        raise SystemExit(1)


def random_histories(seed: int, commands: int) -> Counter[str]:
    """Random commands until so many were compared; how often each kind of answer was reached.

    Raises AssertionError at the first answer that differs from the naive ledger's.
    """
    began = time.monotonic()
    count = -(-commands // COMMANDS_A_HISTORY)
    seen: Counter[str] = Counter()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        work = partial(history, commands=COMMANDS_A_HISTORY)
        for number, found in enumerate(pool.map(work, range(seed, seed + count)), 1):
            seen += found
            if number % 20 == 0:
                print(f"  … {number} of {count} histories", flush=True)
    total, seconds = count * COMMANDS_A_HISTORY, time.monotonic() - began
    print(f"{total:,} random commands in {seconds:.0f} s: each answer as the naive ledger's;")
    print(f"  {len(seen)} kinds of answer, the rarest {min(seen.values(), default=0):,} times")
    return seen


if __name__ == "__main__":
    main()
