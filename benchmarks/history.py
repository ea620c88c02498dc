"""What clients asked for and what they were told: the only witness that a crash cannot reach.

An intent keeps its key for good. The first answer to it is written down; whatever is told later
under the same key must be that answer again, marked as a replay.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.client import Client, UnansweredError

_DONE = """{
  redemption { id status points discount { amount } capturedPoints refundedPoints }
  replayed
  userErrors { code }
}"""


def _mutation(name: str) -> str:
    kind = name[0].upper() + name[1:]
    return f"mutation M($input: {kind}Input!) {{ done: {name}(input: $input) {_DONE} }}"


MUTATIONS = {
    kind: _mutation(f"{kind}Redemption") for kind in ("apply", "capture", "release", "refund")
}
TOTAL = {"amount": "499.00", "currencyCode": "INR"}
HOLD_SECONDS = 86_400
HOT_CUSTOMERS = 5


@dataclass(slots=True)
class Intent:
    """One mutation under one key."""

    kind: str
    customer: int
    """The number in the customer's external id."""
    input: dict[str, Any]
    first: dict[str, Any] | None = None
    """The first answer, without `replayed`; None while there is none."""

    @property
    def key(self) -> str:
        """Its idempotency key."""
        return self.input["idempotencyKey"]

    @property
    def redemption(self) -> dict[str, Any] | None:
        """The redemption as the first answer shows it; None when refused or unanswered."""
        return self.first and self.first["redemption"]

    async def send(self, client: Client) -> tuple[dict[str, Any], bool]:
        """The answer, and whether it is called a replay. Raises UnansweredError."""
        done = (await client.ask(MUTATIONS[self.kind], input=self.input))["done"]
        return done, done.pop("replayed")


@dataclass(slots=True)
class History:
    """Every intent, in order; of one redemption each was sent when the last was answered."""

    random: Random
    customers: range
    intents: list[Intent] = field(default_factory=list[Intent])
    unanswered: Counter[str] = field(default_factory=Counter[str])
    """Why requests were not answered, and how often."""
    found: list[str] = field(default_factory=list[str])
    """Keys that were new and yet called a replay: the gateway found its own commit after an outage
    of the database had hidden whether it went through."""

    async def live(self, client: Client) -> None:
        """One shopper: apply, and then perhaps capture and refund, or release."""
        random = self.random
        some = self.customers[:HOT_CUSTOMERS] if random.random() < 0.2 else self.customers
        customer = random.choice(some)
        asked = {
            "customer": {"externalId": f"custom_website-{customer}"},
            "cart": {"id": f"cart-{len(self.intents)}", "total": TOTAL},
            "points": random.randint(1, 3),
            "holdSeconds": HOLD_SECONDS,
        }
        redemption = await self._first(client, "apply", customer, asked)
        next_kind = random.choice((None, "release", "capture", "capture"))
        if redemption is None or next_kind is None:
            return
        order = {"order": {"id": f"order-{len(self.intents)}", "total": TOTAL}}
        more = order if next_kind == "capture" else {}
        captured = await self._first(client, next_kind, customer, {"id": redemption["id"], **more})
        if next_kind == "capture" and captured is not None and random.random() < 0.4:
            await self._first(client, "refund", customer, {"id": redemption["id"], "points": 1})

    async def _first(
        self, client: Client, kind: str, customer: int, asked: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Send a new intent; answers the redemption. Raises UnansweredError."""
        intent = Intent(kind, customer, {**asked, "idempotencyKey": f"k-{len(self.intents)}"})
        self.intents.append(intent)
        try:
            intent.first, replayed = await intent.send(client)
        except UnansweredError as error:
            self.unanswered[str(error)] += 1
            raise
        if replayed:
            self.found.append(intent.key)
        return intent.redemption

    def redemptions(self) -> dict[str, tuple[int, dict[str, Any]]]:
        """Each redemption's customer and state, as the latest accepted answer shows it."""
        known: dict[str, tuple[int, dict[str, Any]]] = {}
        for intent in self.intents:
            if intent.redemption is not None:
                known[intent.redemption["id"]] = (intent.customer, intent.redemption)
        return known

    def balances(self, points: int) -> dict[int, tuple[int, int]]:
        """Available and held points of each customer who began with so many."""
        held: Counter[int] = Counter()
        gone: Counter[int] = Counter()
        for customer, state in self.redemptions().values():
            if state["status"] == "HELD":
                held[customer] += state["points"]
            gone[customer] += state["capturedPoints"] - state["refundedPoints"]
        return {c: (points - held[c] - gone[c], held[c]) for c in self.customers}
