"""What commands would come to, decided in memory on rows as they are. Nothing is written.

A rehearsal is advice for a person: by the time the commands are carried out for real, under the
lock, they may come to something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from gateway.ledger.commands import Balance, Command, Outcome, Wallet
from gateway.ledger.decide import decide
from gateway.ledger.loading import Wanted, wanted
from gateway.ledger.reads import settled
from gateway.ledger.state import State

Run = Sequence[Command]
"""Commands of one customer, to be carried out one after another; at least one."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The customer's balances before the run, and what each of its commands would come to."""

    coins: Balance
    credits: Balance
    outcomes: tuple[Outcome, ...]


def wanted_by(runs: Sequence[Run]) -> Wanted:
    """The keys of all rows that the runs may need."""
    return wanted([command for run in runs for command in run])


def rehearse(state: State, runs: Sequence[Run], now: int) -> list[Rehearsal]:
    """Decide each run by itself, all from the same rows. `state` belongs to this call."""
    left = Counter(_whose(run) for run in runs)
    answers: list[Rehearsal] = []
    for run in runs:
        whose = _whose(run)
        left[whose] -= 1
        holder = state.holders[whose]
        if left[whose]:  # the next run of this customer starts from the same rows
            holder = deepcopy(holder)
        own = State({whose: holder}, dict(state.records), state.programs, state.current)
        if holder.known:
            settled(holder, own, now)
        before = holder.balance(Wallet.COINS), holder.balance(Wallet.CREDITS)
        outcomes, _ = decide(own, run, now)
        answers.append(Rehearsal(*before, tuple(outcomes)))
    return answers


def _whose(run: Run) -> tuple[int, int]:
    return run[0].merchant_id, run[0].customer_id
