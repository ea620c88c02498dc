"""What the naive ledger answers to the ledger's commands, in a form that can be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from gateway.ledger.commands import (
    Apply,
    Balance,
    Capture,
    Command,
    Grant,
    Outcome,
    Perform,
    Redemption,
    Refund,
    Release,
    Revert,
    WalletUse,
    Withdraw,
)
from gateway.rules.program import (
    NO_MINIMUM,
    ClawbackPolicy,
    MinimumPayment,
    MinimumPaymentKind,
    Program,
    Rule,
    RuleKind,
)
from tests.ledger.naive import COINS, CREDITS, Ask, Customer, Hold, Refused, Terms

MERCHANT, RULE, NO_RULE = 1, 5, 6
TERMS = (
    Terms(percent_floor=2_000, maximum_discount=10_000),
    Terms(points=7, discount=250, minimum_points=20, hold=60, grace=0, debt_allowed=True),
    Terms(points=3, discount=100, fixed_floor=1_500, grace=600, debt_allowed=True),
    Terms(points=2, discount=333, percent_floor=1_111, maximum_discount=5_000, hold=300),
    Terms(enabled=False),
    Terms(points=5, discount=600, minimum_points=10, maximum_discount=700),
)
USES = {WalletUse.COINS: COINS, WalletUse.CREDITS: CREDITS}
Answer = tuple[Any, ...]
NOTHING = (0, 0, 0, 0, None, 0)


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


class Oracle:
    """Some naive customers, and the first answer to every key."""

    def __init__(self, customers: Iterable[int]) -> None:
        self.customers = {customer: Customer() for customer in customers}
        self.terms = TERMS[0]
        self._answers: dict[str, tuple[Command, Answer]] = {}

    def answer(self, command: Command, now: int) -> Answer:
        """Code, whether replayed, both balances, and the redemption."""
        key = command.key
        if key is not None and key.key in self._answers:
            first, answer = self._answers[key.key]
            if first.key != key:
                return "IDEMPOTENCY_KEY_REUSED", False, NOTHING, NOTHING, None
            return answer[0], True, *answer[2:]
        customer = self.customers.get(command.customer_id)
        if customer is None:
            named = isinstance(command, Capture | Release | Refund | Revert)
            code = "REDEMPTION_NOT_FOUND" if named else "CUSTOMER_NOT_FOUND"
            return code, False, NOTHING, NOTHING, None
        customer.wait_until(now)
        again = False
        try:
            code, done = None, self.do(customer, command, now)
            hold, again = done if isinstance(done, tuple) else (done, False)
        except Refused as refused:
            code, hold = str(refused), None
        answer = (
            code,
            again,
            customer.balance(COINS),
            customer.balance(CREDITS),
            hold and shown_hold(hold),
        )
        if key is not None:
            self._answers[key.key] = (command, answer)
        return answer

    def do(self, customer: Customer, command: Command, now: int) -> Hold | tuple[Hold, bool] | None:
        terms = self.terms
        match command:
            case Grant():
                starts, ends = command.available_from, command.expires_at
                customer.grant(command.wallet, command.points, starts, ends, now)
            case Withdraw():
                customer.withdraw(command.wallet, command.points, terms)
            case Apply():
                ask = asked(command, command.hold_seconds)
                return customer.apply(command.redemption_id, ask, terms, now)
            case Perform():
                number, order = command.redemption_id, command.order_id
                return customer.perform(number, asked(command), order, terms, now)
            case Revert():
                return customer.revert(command.order_id, terms, now)
            case Capture() | Release() | Refund():
                return self.do_to_hold(customer, command, now)
            case _:
                pass
        return None

    def do_to_hold(self, customer: Customer, command: Capture | Release | Refund, now: int) -> Hold:
        hold = customer.holds.get(command.redemption_id)
        if hold is None:
            raise Refused("REDEMPTION_NOT_FOUND")
        match command:
            case Capture():
                total = command.order_total_minor
                customer.capture(hold, command.order_id, total, command.points, now)
            case Release():
                customer.release(hold, now)
            case Refund():
                customer.refund(hold, command.points, self.terms, now)
        return hold

    def lots(self, customer: int, wallet: str) -> list[tuple[int | None, int, int, int]]:
        """Expiry, pending, free and held of each lot that is not used up, in order."""
        held: Counter[int] = Counter()
        for hold in self.customers[customer].open_holds():
            for lot, n in hold.parts:
                held[id(lot)] += n
        figures = (
            (lot.ends, lot.pending, lot.free, held[id(lot)])
            for lot in self.customers[customer].lots
            if lot.wallet == wallet
        )
        return sorted((f for f in figures if any(f[1:])), key=lambda f: (f[0] is None, f))


def asked(command: Apply | Perform, hold_seconds: int | None = None) -> Ask:
    return Ask(
        command.cart.id,
        command.cart.total_minor,
        USES.get(command.wallets, f"{COINS} {CREDITS}"),
        command.requested,
        command.rule_id != NO_RULE,
        hold_seconds,
    )


def shown(outcome: Outcome) -> Answer:
    refusal, redemption = outcome.refusal, outcome.redemption
    code = refusal and refusal.code.value
    balances = (figures(outcome.coins), figures(outcome.credits))
    return code, outcome.replayed, *balances, redemption and shown_redemption(redemption)


def figures(b: Balance) -> Answer:
    return b.available, b.held, b.pending, b.debt, b.expiry_at, b.expiry_points


def shown_redemption(r: Redemption) -> Answer:
    return (
        (r.id, r.cart_id, r.status.value, r.expires_at),
        (r.points, r.credits_minor, r.discount_minor, r.total_minor),
        (r.captured_points, r.captured_credits_minor, r.captured_discount_minor),
        (r.refunded_points, r.refunded_credits_minor),
    )


def shown_hold(h: Hold) -> Answer:
    return (
        (h.number, h.cart, h.status, h.until),
        (h.coins, h.credit, h.discount, h.total),
        (h.paid(COINS), h.paid(CREDITS), h.captured_discount),
        (h.given_back[COINS], h.given_back[CREDITS]),
    )
