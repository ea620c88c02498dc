"""Whoever was told that their command went through finds it done after any crash."""

from __future__ import annotations

import pytest

from benchmarks import kill_worker
from benchmarks.crashing import Proof, prove


@pytest.mark.parametrize(
    ("engine", "victim", "crashes"),
    [("sqlite", "gateway", 2), ("postgres", "gateway", 1), ("postgres", "database", 1)],
)
async def test_after_a_crash_every_answer_stands_and_no_command_is_done_twice(
    engine, victim, crashes
):
    """Also the redemptions and balances are those that the answers came to; `verify` is clean."""
    proof = await prove(engine, victim, crashes, seed=20)
    assert proof.lost == []
    assert proof.clean, proof.verification
    assert proof.crashes == crashes
    assert proof.acknowledged > 20 * crashes
    if victim == "gateway":  # which may sit out a crash of the database without failing anyone
        assert proof.unacknowledged > 0
    assert proof.replays == 2 * proof.acknowledged + proof.unacknowledged


async def test_whatever_worker_is_killed_every_event_arrives_signed():
    """At least once: what was sent and not written down yet comes again, under the same id."""
    proof = await kill_worker.prove("sqlite", 2, seed=20)
    assert (proof.kills, proof.missing, proof.unsigned, proof.left) == (2, [], [], 0)
    assert proof.requests >= proof.events > 0


def test_a_proof_with_a_lost_answer_or_a_broken_ledger_does_not_hold():
    assert Proof(engine="sqlite", victim="gateway", clean=True).holds
    assert not Proof(engine="sqlite", victim="gateway", clean=True, lost=["k-1"]).holds
    assert not Proof(engine="sqlite", victim="gateway", clean=False).holds
