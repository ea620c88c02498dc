"""Random histories of commands, told to the ledger's core and to the naive ledger alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from gateway.ledger.commands import (
    Apply,
    Balance,
    Capture,
    Command,
    Grant,
    IdempotencyKey,
    Outcome,
    Redemption,
    Refund,
    Release,
    Settle,
    Wallet,
    WalletUse,
    Withdraw,
)
from gateway.rules.facts import Cart
from gateway.rules.program import (
    NO_MINIMUM,
    ClawbackPolicy,
    MinimumPayment,
    MinimumPaymentKind,
    Program,
    Rule,
    RuleKind,
)
from tests.ledger.memory import MemoryStore
from tests.ledger.naive import COINS, CREDITS, SECOND, Customer, Hold, Refused, Terms

START = 1_700_000_000_000_000
MERCHANT, RULE, NO_RULE = 1, 5, 6
CUSTOMERS = (1, 2, 3)
STRANGER = 9
CHAPTER = 1_000
"""Commands told about the same customers; then new ones come, so a long run stays small."""

WAITS = tuple(n * SECOND for n in (0, 0, 1, 1, 5, 20, 70, 400, 1_000, 4_000))
TERMS = (
    Terms(percent_floor=2_000, maximum_discount=10_000),
    Terms(points=7, discount=250, minimum_points=20, hold=60, grace=0, debt_allowed=True),
    Terms(points=3, discount=100, fixed_floor=1_500, grace=600, debt_allowed=True),
    Terms(points=2, discount=333, percent_floor=1_111, maximum_discount=5_000, hold=300),
    Terms(enabled=False),
    Terms(points=5, discount=600, minimum_points=10, maximum_discount=700),
)
USES = {WalletUse.COINS: COINS, WalletUse.CREDITS: CREDITS}


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


def program(version: int) -> Program:
    """The program as the ledger knows it, for TERMS[version - 1]."""
    terms = TERMS[version - 1]
    minimum = NO_MINIMUM
    if terms.fixed_floor:
        minimum = MinimumPayment(MinimumPaymentKind.FIXED, terms.fixed_floor)
    elif terms.percent_floor:
        minimum = MinimumPayment(MinimumPaymentKind.PERCENT, terms.percent_floor)
    rule = Rule(
        id=RULE,
        version=version,
        name="rule",
        kind=RuleKind.VARIABLE_AMOUNT,
        points=terms.points,
        discount_minor=terms.discount,
        minimum_points=terms.minimum_points,
        maximum_discount_minor=terms.maximum_discount,
    )
    return Program(
        merchant_id=MERCHANT,
        version=version,
        currency="INR",
        enabled=terms.enabled,
        minimum_payment=minimum,
        rules=(rule,),
        hold_seconds=terms.hold,
        refund_grace_seconds=terms.grace,
        clawback_policy=ClawbackPolicy.DEBT
        if terms.debt_allowed
        else ClawbackPolicy.WITHIN_BALANCE,
    )


PROGRAMS = tuple(program(version) for version in range(1, len(TERMS) + 1))
Answer = tuple[Any, ...]
NOTHING = (0, 0, 0, 0, None, 0)


@dataclass
class Tale:
    """One chapter: some customers, the two ledgers, and a clock that only goes forward."""

    random: Random
    seen: Counter[str]
    now: int = START
    told: int = 0
    next_id: int = 100
    ids: list[int] = field(default_factory=list)
    sent: list[Command] = field(default_factory=list)
    answers: dict[str, tuple[Command, Answer]] = field(default_factory=dict)
    naive: dict[int, Customer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = MemoryStore(self.random, PROGRAMS, CUSTOMERS)
        self.naive = {customer: Customer() for customer in CUSTOMERS}
        self.terms = TERMS[0]

    def tell(self) -> None:
        """Let time pass, tell a batch to both, and compare."""
        random = self.random
        self.now += random.choice(WAITS) if random.random() < 0.5 else random.randrange(3)
        if random.random() < 0.05:
            self.store.version = random.choice((1, 1, 2, 2, 3, 3, 4, 4, 5, 6))
            self.terms = TERMS[self.store.version - 1]
        batch = [self.draw() for _ in range(random.choice((1, 1, 2, 5)))]
        outcomes = self.store.run(batch, self.now)
        for command, outcome in zip(batch, outcomes, strict=True):
            expected = self.expected(command)
            assert shown(outcome) == expected, (self.now, command)
            self.seen[f"{type(command).__name__} {expected[0] or 'ok'}"] += 1
            if isinstance(command, Apply) and outcome.redemption:
                self.ids.append(command.redemption_id)
            self.seen["replayed"] += outcome.replayed
            self.seen["late"] += bool(outcome.redemption and outcome.redemption.close_reason == "LATE")
            self.seen["in debt"] += outcome.coins.debt > 0
        for customer in {c.customer_id for c in batch} - {STRANGER}:
            for wallet in (COINS, CREDITS):
                assert self.store.open_lots(customer, wallet) == lots(self.naive[customer], wallet)
        self.told += len(batch)

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
            (self.draw_release, 8),
            (self.draw_refund, 12),
            (lambda common: Settle(**common | {"key": None}), 2),
        ]
        customer = STRANGER if random.random() < 0.01 else random.choice(CUSTOMERS)
        key = IdempotencyKey("backend", f"key-{len(self.sent)}", "hash")
        common = {"merchant_id": MERCHANT, "customer_id": customer, "key": key}
        drawn = random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0]
        command = drawn(common)
        self.sent.append(command)
        return command

    def draw_grant(self, common: dict[str, Any]) -> Command:
        random = self.random
        starts = None if random.random() < 0.6 else self.now + random.choice((-1, *WAITS))
        ends = None if random.random() < 0.3 else self.now + random.choice(WAITS) + random.choice(WAITS)
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
        return Withdraw(wallet=wallet, points=points, reason="taken", **common)

    def draw_apply(self, common: dict[str, Any]) -> Command:
        random = self.random
        self.next_id += 1
        return Apply(
            redemption_id=self.next_id,
            cart=Cart(f"cart-{random.randrange(3)}", random.choice((0, 90, 900, 2_500, 7_777, 20_000))),
            requested=random.choice((None, None, random.randint(0, 100), 21, 6)),
            wallets=random.choice(list(WalletUse)),
            rule_id=random.choice((None, None, RULE, RULE, NO_RULE)),
            hold_seconds=random.choice((None, None, 60, 1_000)),
            **common,
        )

    def some_id(self) -> int:
        known = self.ids[-8:] if self.random.random() < 0.97 else []
        return self.random.choice(known or [1])

    def of_its_customer(self, common: dict[str, Any], redemption_id: int) -> dict[str, Any]:
        """Mostly the customer whose redemption it is; now and then another one."""
        owner = next((c for c, n in self.naive.items() if redemption_id in n.holds), None)
        if owner is None or self.random.random() < 0.05:
            return common
        return common | {"customer_id": owner}

    def draw_capture(self, common: dict[str, Any]) -> Command:
        random, chosen = self.random, self.some_id()
        return Capture(
            redemption_id=chosen,
            order_id="order",
            order_total_minor=random.choice((0, 900, 2_500, 7_777, 20_000, 20_000, 20_001)),
            points=random.choice((None, None, None, random.randint(0, 40), 21)),
            **self.of_its_customer(common, chosen),
        )

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

    # What the naive ledger answers

    def expected(self, command: Command) -> Answer:
        key = command.key
        if key is not None and key.key in self.answers:
            first, answer = self.answers[key.key]
            if first.key != key:
                return "IDEMPOTENCY_KEY_REUSED", False, NOTHING, NOTHING, None
            return answer[0], True, *answer[2:]
        if command.customer_id == STRANGER:
            named = isinstance(command, Capture | Release | Refund)
            code = "REDEMPTION_NOT_FOUND" if named else "CUSTOMER_NOT_FOUND"
            return code, False, NOTHING, NOTHING, None
        customer = self.naive[command.customer_id]
        customer.wait_until(self.now)
        try:
            code, hold = None, self.do(customer, command)
        except Refused as refused:
            code, hold = str(refused), None
        answer = (
            code,
            False,
            customer.balance(COINS),
            customer.balance(CREDITS),
            hold and shown_hold(hold),
        )
        if key is not None:
            self.answers[key.key] = (command, answer)
        return answer

    def do(self, customer: Customer, command: Command) -> Hold | None:
        now, terms = self.now, self.terms
        match command:
            case Grant():
                starts, ends = command.available_from, command.expires_at
                customer.grant(command.wallet, command.points, starts, ends, now)
            case Withdraw():
                customer.withdraw(command.wallet, command.points, terms)
            case Apply():
                return customer.apply(
                    command.redemption_id,
                    command.cart.id,
                    command.cart.total_minor,
                    USES.get(command.wallets, f"{COINS} {CREDITS}"),
                    command.requested,
                    command.rule_id != NO_RULE,
                    command.hold_seconds,
                    terms,
                    now,
                )
            case Capture() | Release() | Refund():
                return self.do_to_hold(customer, command)
            case _:
                pass
        return None

    def do_to_hold(self, customer: Customer, command: Capture | Release | Refund) -> Hold:
        hold = customer.holds.get(command.redemption_id)
        if hold is None:
            raise Refused("REDEMPTION_NOT_FOUND")
        match command:
            case Capture():
                customer.capture(hold, command.order_total_minor, command.points, self.now)
            case Release():
                customer.release(hold, self.now)
            case Refund():
                customer.refund(hold, command.points, self.terms, self.now)
        return hold


def shown(outcome: Outcome) -> Answer:
    refusal, redemption = outcome.refusal, outcome.redemption
    code = refusal and refusal.code.value
    coins, credits = figures(outcome.coins), figures(outcome.credits)
    return code, outcome.replayed, coins, credits, redemption and shown_redemption(redemption)


def figures(b: Balance) -> Answer:
    return b.available, b.held, b.pending, b.debt, b.expiry_at, b.expiry_points


def shown_redemption(r: Redemption) -> Answer:
    return (
        (r.id, r.cart_id, r.status.value, r.points, r.credits_minor, r.discount_minor, r.total_minor),
        (r.captured_points, r.captured_credits_minor, r.captured_discount_minor),
        (r.refunded_points, r.refunded_credits_minor, r.expires_at),
    )


def shown_hold(h: Hold) -> Answer:
    return (
        (h.id, h.cart, h.status, h.coins, h.credits, h.discount, h.total),
        (h.paid(COINS), h.paid(CREDITS), h.captured_discount),
        (h.given_back[COINS], h.given_back[CREDITS], h.until),
    )


def lots(customer: Customer, wallet: str) -> list[tuple[int | None, int, int, int]]:
    """Expiry, pending, free and held of each lot that is not used up, in order."""
    held: Counter[int] = Counter()
    for hold in customer.open_holds():
        for lot, n in hold.parts:
            held[id(lot)] += n
    figures = (
        (lot.ends, lot.pending, lot.free, held[id(lot)])
        for lot in customer.lots
        if lot.wallet == wallet
    )
    return sorted((f for f in figures if any(f[1:])), key=lambda f: (f[0] is None, f))
