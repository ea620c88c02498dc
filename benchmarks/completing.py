"""How many orders a second are completed: with nothing to redeem, and with what was applied before.

Each round applies, then completes those carts by their ids, then completes orders without any. All
of them earn. There is less time for the completions than for the applies, so that none is without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import documents
from benchmarks.client import Client
from benchmarks.measuring import Target, measure
from benchmarks.process import Server
from benchmarks.rounds import Ratio, Round, ratio

APPLY = "apply"
REDEEMING = "completeOrder, redeeming"
PLAIN = "completeOrder, nothing to redeem"
RATIOS = (("completeOrder, redeeming: apply", REDEEMING, APPLY), (PLAIN + ": apply", PLAIN, APPLY))
_MAKE_RULE = """mutation Make($rule: EarningRuleInput!) {
  createEarningRule(input: { rule: $rule }) { userErrors { code } }
}"""
_RULE = {
    "name": "1 point per 10",
    "kind": "ORDER",
    "points": 1,
    "per": {"amount": "10.00", "currencyCode": "INR"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Whom the rounds are about: each in turn gets a merchant whose customers are known."""

    gateway: Server
    connections: int
    seconds: int
    """Of each completion; an apply takes one more."""
    admin_keys: Sequence[str]
    target: Callable[[int], Target]
    """The merchant of a turn, warmed up."""
    first_turn: int


def let_earn(port: int, admin_key: str) -> None:
    """Give the merchant a rule by which orders earn."""

    async def ask() -> None:
        client = Client(port, admin_key)
        answer = await client.ask(_MAKE_RULE, rule=_RULE)
        client.close()
        if answer["createEarningRule"]["userErrors"]:
            raise RuntimeError(f"no earning rule: {answer}")

    asyncio.run(ask())


def measure_orders(turns: Turns, rounds: int, say: Callable[[str], object]) -> list[Ratio]:
    """Both completions against the apply of the same round."""
    for key in turns.admin_keys:
        let_earn(turns.gateway.port, key)
    done: list[Round] = []
    for number in range(rounds):
        say(f"orders, round {number + 1} of {rounds}")
        target, mark = turns.target(turns.first_turn + number), f"orders-{number}"
        busy, seconds = turns.connections, turns.seconds
        done.append(
            {
                APPLY: measure(target, documents.apply, mark, busy, seconds + 1),
                REDEEMING: measure(target, documents.redeeming, mark, busy, seconds),
                PLAIN: measure(target, documents.complete, mark, busy, seconds),
            }
        )
    return [ratio(name, done, one, two) for name, one, two in RATIOS]
