"""`python -m benchmarks.kill`: kill the gateway, and crash PostgreSQL, under load, many times.

Exit code 1 when anything that was acknowledged is lost, doubled or changed, with the keys.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import time
from dataclasses import asdict
from typing import Any

from benchmarks import showing
from benchmarks.crashing import Proof, Victim, prove
from benchmarks.place import ENGINES, Engine

SHOWN = 20


def main() -> None:
    """Crash, check, print, save."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=50, help="kills of the gateway per engine")
    parser.add_argument("--engine", choices=ENGINES, help="one engine")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args()
    proofs = run(options.rounds, [options.engine] if options.engine else ENGINES, options.seed)
    showing.save("kill", {"seed": options.seed, "proofs": [as_json(proof) for proof in proofs]})
    if not all(proof.holds for proof in proofs):
        raise SystemExit(1)


def run(rounds: int, engines: list[Engine] | tuple[Engine, ...], seed: int) -> list[Proof]:
    """All crashes on these engines; PostgreSQL itself crashes a fifth as often."""
    plan: list[tuple[Engine, Victim, int]] = [(engine, "gateway", rounds) for engine in engines]
    if "postgres" in engines:
        plan.append(("postgres", "database", max(1, rounds // 5)))
    proofs: list[Proof] = []
    for engine, victim, times in plan:
        began = time.monotonic()
        proof = asyncio.run(prove(engine, victim, times, seed))
        print(shown(proof, time.monotonic() - began), flush=True)
        proofs.append(proof)
    return proofs


def shown(proof: Proof, seconds: float) -> str:
    """For the terminal."""
    why = ", ".join(f"{name} {count}" for name, count in proof.unanswered.items()) or "none"
    crashes = f"{proof.crashes} crashes of the {proof.victim} in {seconds:.0f} s"
    verdict = "nothing lost" if proof.holds else "LOST"
    sent = f"{proof.acknowledged:,} acknowledged; {proof.unacknowledged:,} not, of which"
    done = f"{proof.found_done:,} were done all the same; {proof.replays:,} answers compared"
    lines = [
        f"{proof.engine}, {crashes}: {verdict}",
        f"  {sent} {done}",
        f"  requests without an answer: {why}",
        f"  loyalty verify: {'clean' if proof.clean else proof.verification}",
        *(f"  LOST {line}" for line in proof.lost[:SHOWN]),
    ]
    if len(proof.lost) > SHOWN:
        lines.append(f"  … and {len(proof.lost) - SHOWN:,} more")
    return "\n".join(lines)


def as_json(proof: Proof) -> dict[str, Any]:
    """The proof as plain values."""
    return asdict(proof)


if __name__ == "__main__":
    main()
