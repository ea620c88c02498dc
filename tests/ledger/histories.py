"""Random histories of commands, told to the ledger's core and to the naive ledger alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from gateway.ledger.commands import (
    Apply,
    Capture,
    Command,
    Grant,
    IdempotencyKey,
    Outcome,
    Perform,
    Redemption,
    Refund,
    Release,
    Revert,
    Settle,
    Wallet,
    WalletUse,
    Withdraw,
)
from gateway.ledger.lanes import REDIRECTIONS
from gateway.ledger.merging import MERGED
from gateway.ledger.order_commands import ReviewTier
from gateway.ledger.order_state import OrderState
from gateway.ledger.people_commands import Merge
from gateway.rules.facts import Cart
from tests.ledger.memory import MemoryStore
from tests.ledger.naive import COINS, CREDITS, SECOND
from tests.ledger.naive_merging import MergingOracle
from tests.ledger.naive_orders import DAY
from tests.ledger.oracle import MERCHANT, NO_RULE, PROGRAMS, RULE, TERMS, shown
from tests.ledger.order_draws import draw_about_an_order
from tests.ledger.programs import START

CUSTOMERS = (1, 2, 3, 4, 5)
STRANGER = 9
TOTALS = (0, 90, 900, 2_500, 7_777, 20_000)
CHAPTER = 1_000
"""Commands told about the same customers; then new ones come, so a long run stays small."""

WAITS = tuple(n * SECOND for n in (0, 0, 1, 1, 5, 20, 70, 400, 1_000, 4_000))


def history(seed: int, commands: int) -> Counter[str]:
    """Tell at least so many random commands; raise AssertionError where the two ledgers differ.

    Answers how often each kind of answer was seen. A million commands take some minutes.
    """
    seen: Counter[str] = Counter()
    for chapter in range(-(-commands // CHAPTER)):
        tale = Tale(Random(f"{seed}/{chapter}"), seen)  # noqa: S311 - a seeded draw
        while tale.told < CHAPTER:
            tale.tell()
    return seen


@dataclass
class Tale:
    """One chapter: some customers, the two ledgers, and a clock that only goes forward."""

    random: Random
    seen: Counter[str]
    now: int = START
    told: int = 0
    next_id: int = 100
    keys: int = 0
    ids: list[int] = field(default_factory=list)
    sent: list[Command] = field(default_factory=list)
    answered: list[Command] = field(default_factory=list)
    made: dict[int, int] = field(default_factory=dict)
    """Under which customer each redemption was made: its id names that one for good."""

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.random, PROGRAMS, CUSTOMERS)
        self.oracle = MergingOracle(CUSTOMERS)

    def tell(self) -> None:
        """Let time pass, tell a batch to both, and compare."""
        random = self.random
        # A batch begins after the one before it, by as many microseconds as that told events.
        self.now += max(
            random.choice(WAITS) if random.random() < 0.5 else random.randrange(3),
            self.store.announced,
        )
        if random.random() < 0.01:
            self.now += random.choice((1, 30, 200, 364)) * DAY
        if random.random() < 0.05:
            self.store.version = random.choice((1, 1, 2, 2, 3, 3, 4, 4, 5, 6))
            self.oracle.terms = TERMS[self.store.version - 1]
        batch = [self.draw() for _ in range(random.choice((1, 1, 2, 5)))]
        if random.random() < 0.01:
            batch = self.draw_many_carts()
        self.carry_out(batch)
        for customer in set(CUSTOMERS) - self.oracle.heirs.keys():
            self.compare(customer, batch[-1])
        self.told += len(batch)

    def carry_out(self, batch: list[Command]) -> None:
        """As the ledger does: what is to name another customer is handed in again."""
        asked = [(command, command) for command in batch]
        for _ in range(REDIRECTIONS):
            outcomes = self.store.run([sent for _, sent in asked], self.now)
            again: list[tuple[Command, Command]] = []
            for (command, sent), outcome in zip(asked, outcomes, strict=True):
                other = outcome.elsewhere
                if other is None:
                    self.check(command, outcome)
                    continue
                self.seen["elsewhere"] += 1
                next_one = replace(sent, customer_id=other.customer_id, heir_id=other.heir_id)
                again.append((command, next_one))
            if not again:
                return
            asked = again
            self.now += self.store.announced
        raise AssertionError(("sent to and fro", asked))

    def check(self, command: Command, outcome: Outcome) -> None:
        """The one answer beside the other."""
        expected = self.oracle.answer(command, self.now)
        assert shown(outcome) == expected, (self.now, command, shown(outcome), expected)
        done = "again" if expected[1] and command not in self.answered else "ok"
        self.seen[f"{type(command).__name__} {expected[0] or done}"] += 1
        if isinstance(command, Apply | Perform) and outcome.redemption:
            self.ids.append(command.redemption_id)
        self.answered.append(command)
        self.seen["replayed"] += outcome.replayed
        self.seen["in debt"] += outcome.coins.debt > 0
        self.seen["of a guest"] += command.customer_id in self.oracle.heirs
        if outcome.order and not outcome.replayed:
            self.note_order(outcome.order)
        if outcome.redemption:
            self.made.setdefault(outcome.redemption.id, outcome.redemption.customer_id)
            if not outcome.replayed:
                self.note(outcome.redemption)

    def compare(self, customer: int, last: Command) -> None:
        """The customer's open lots, days and tier after a batch."""
        naive = self.oracle.customers[customer]
        for wallet in (COINS, CREDITS):
            assert self.store.open_lots(customer, wallet) == self.oracle.lots(customer, wallet)
        tier, falls_at = self.store.standing(customer)
        assert self.store.days(customer) == naive.days()
        assert tier == naive.tier
        if isinstance(last, ReviewTier) and last.customer_id == customer:
            assert falls_at == naive.falls_at(self.oracle.terms.earns, self.now)

    def note(self, redemption: Redemption) -> None:
        """Count what is easily missed by a draw."""
        captured = redemption.captured_points
        self.seen["late"] += redemption.close_reason == "LATE"
        self.seen["captured in part"] += 0 < captured < redemption.points
        self.seen["refunded in part"] += 0 < redemption.refunded_points < captured

    def note_order(self, order: OrderState) -> None:
        self.seen["clawed back in part"] += 0 < order.clawed_points < order.earned_points
        self.seen["forgiven"] += order.forgiven_points > 0
        self.seen["told before it was completed"] += not order.completed
        self.seen["captured by itself"] += not order.completed and order.redemption_id is not None
        self.seen["not captured"] += order.capture_refusal is not None
        self.seen["earned twice over"] += len(order.earnings) > 1
        self.seen["multiplied"] += any(e.multiplier_bp != 10_000 for e in order.earnings)

    # Drawing commands

    def draw(self) -> Command:
        random = self.random
        if self.sent and random.random() < 0.08:
            command = random.choice(self.sent[-40:])
            if random.random() < 0.3 and command.key is not None:
                command = replace(command, key=replace(command.key, request_hash="other"))
            return command
        kinds: list[tuple[Callable[[dict[str, Any]], Command], int]] = [
            (self.draw_grant, 20),
            (self.draw_withdraw, 6),
            (self.draw_apply, 34),
            (self.draw_capture, 18),
            (self.draw_perform, 20),
            (self.draw_revert, 8),
            (self.draw_release, 8),
            (self.draw_refund, 12),
            (self.draw_settle, 2),
        ]
        if random.random() < 0.35:
            return self.keep(draw_about_an_order(self))
        if random.random() < 0.005:
            return self.keep(self.draw_merge())
        customer = STRANGER if random.random() < 0.01 else random.choice(CUSTOMERS)
        drawn = random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        return self.keep(drawn(self.common(customer)))

    def keep(self, command: Command) -> Command:
        self.sent.append(command)
        return command

    def common(self, customer: int) -> dict[str, Any]:
        self.keys += 1
        key = IdempotencyKey("backend", f"key-{self.keys}", "hash")
        return {"merchant_id": MERCHANT, "customer_id": customer, "key": key}

    def draw_many_carts(self) -> list[Command]:
        """A browser that piles up carts: more than one customer may hold."""
        customer = self.random.choice(CUSTOMERS)
        lot = Grant(wallet=Wallet.COINS, points=500, reason="given", **self.common(customer))
        carts = [Cart(f"pile-{n}", 20_000) for n in range(30)]
        ids = range(self.next_id + 1, self.next_id + 31)
        self.next_id = ids[-1]
        few = [
            Apply(redemption_id=n, cart=cart, requested=14, **self.common(customer))
            for n, cart in zip(ids, carts, strict=True)
        ]
        return [lot, *few]

    def draw_merge(self) -> Command:
        """Mostly of what is there; now and then of what is a part of another one already."""
        random = self.random
        anyone = [*CUSTOMERS, STRANGER]
        free = [name for name in CUSTOMERS if name not in self.oracle.heirs]
        target, source = random.choices(free if random.random() < 0.7 else anyone, k=2)
        if source in self.oracle.heirs.values():
            # What two guests did for one order is not put together: they were two people then.
            source = target
        return Merge(source_id=source, **self.common(target))

    def draw_grant(self, common: dict[str, Any]) -> Command:
        random = self.random
        starts = None if random.random() < 0.6 else self.now + random.choice((-1, *WAITS))
        ends = None if random.random() < 0.3 else self.now + sum(random.choices(WAITS, k=2))
        wallet, points = random.choice(
            ((Wallet.COINS, random.randint(1, 90)), (Wallet.CREDITS, random.randint(1, 4_000)))
        )
        return Grant(
            wallet=wallet,
            points=points,
            reason="given",
            available_from=starts,
            expires_at=ends,
            **common,
        )

    def draw_withdraw(self, common: dict[str, Any]) -> Command:
        wallet = self.random.choice(list(Wallet))
        most = 60 if wallet is Wallet.COINS else 3_000
        points = self.random.randint(1, most)
        naive = self.oracle.customers.get(common["customer_id"])
        if naive and self.random.random() < 0.4:  # nothing is left to be taken back
            points = max(1, naive.free(wallet.value))
        return Withdraw(wallet=wallet, points=points, reason="taken", **common)

    def draw_apply(self, common: dict[str, Any]) -> Command:
        random = self.random
        self.next_id += 1
        return Apply(
            redemption_id=self.next_id,
            cart=Cart(self.some_cart(common["customer_id"]), random.choice(TOTALS)),
            requested=random.choice((None, None, random.randint(0, 100), 21, 6)),
            wallets=random.choice(list(WalletUse)),
            rule_id=random.choice((None, None, RULE, RULE, NO_RULE)),
            hold_seconds=random.choice((None, None, 60, 1_000)),
            **common,
        )

    def draw_settle(self, common: dict[str, Any]) -> Command:
        return Settle(merchant_id=MERCHANT, customer_id=common["customer_id"])

    def some_id(self) -> int:
        known = self.ids[-8:] if self.random.random() < 0.97 else []
        return self.random.choice(known or [1])

    def of_its_customer(self, common: dict[str, Any], redemption_id: int) -> dict[str, Any]:
        """Mostly the customer whose redemption it is; now and then another one."""
        owner = self.made.get(redemption_id)
        if owner is None:
            return common
        customers = self.oracle.customers
        other = customers.get(common["customer_id"]) is not customers[owner]
        if other and self.random.random() < 0.05:
            return common
        return common | {"customer_id": owner}

    def draw_capture(self, common: dict[str, Any]) -> Command:
        random, chosen = self.random, self.some_id()
        by_cart = random.random() < 0.2
        common = self.of_its_customer(common, chosen)
        order = self.some_order(common["customer_id"])
        return Capture(
            redemption_id=None if by_cart else chosen,
            cart_id=self.some_cart(common["customer_id"]) if by_cart else None,
            order_id=order if random.random() < 0.3 else f"order-{chosen}",
            order_total_minor=random.choice((0, 900, 2_500, 7_777, 20_000, 20_000, 20_001)),
            points=random.choice((None, None, None, random.randint(0, 40), 21)),
            **common,
        )

    def some_order(self, customer: int) -> str:
        """Few, of whoever that is by now, and some are the ids of carts too."""
        name = self.random.choice(("cart-0", "order-0", "order-1", "order-2"))
        return f"{name}/{self.one_name(customer)}"

    def one_name(self, customer: int) -> int:
        """One of all the names of whoever that customer is now."""
        whole = self.oracle.customers.get(customer)
        names = [n for n, each in self.oracle.customers.items() if each is whole]
        return self.random.choice(names or [customer])

    def some_cart(self, customer: int) -> str:
        """Few."""
        return f"cart-{self.random.randrange(3)}/{self.one_name(customer)}"

    def within_reach(self, order_id: str, redemption_id: int) -> bool:
        """Whether the one is at hand where the other is: two guests' things never are."""
        made, heirs = self.made.get(redemption_id), self.oracle.heirs
        owner = self.store.seller(order_id)
        if made is None or owner is None:
            return True
        there = self.store.redemption(made, redemption_id)
        home = heirs[made] if there.close_reason == MERGED else made
        return home in {owner, heirs.get(owner)} or heirs.get(home) == owner

    def draw_perform(self, common: dict[str, Any]) -> Command:
        random = self.random
        self.next_id += 1
        customer = common["customer_id"]
        order = self.some_order(customer) if random.random() < 0.6 else None
        total = random.choice(TOTALS)
        return Perform(
            redemption_id=self.next_id,
            cart=Cart(order or self.some_cart(customer), total),
            order_id=order,
            requested=random.choice((None, None, None, random.randint(0, 100), 21, 6)),
            wallets=random.choice(list(WalletUse)),
            rule_id=random.choice((None, None, RULE, NO_RULE)),
            **common,
        )

    def draw_revert(self, common: dict[str, Any]) -> Command:
        order = self.some_order(common["customer_id"])
        return Revert(order_id=self.random.choice((None, order)), **common)

    def draw_release(self, common: dict[str, Any]) -> Command:
        chosen = self.some_id()
        common = self.of_its_customer(common, chosen)
        if self.random.random() < 0.3:
            common |= {"key": None}
        return Release(redemption_id=chosen, **common)

    def draw_refund(self, common: dict[str, Any]) -> Command:
        chosen = self.some_id()
        points = self.random.choice((None, self.random.randint(0, 30), 1))
        common = self.of_its_customer(common, chosen)
        return Refund(redemption_id=chosen, points=points, **common)
