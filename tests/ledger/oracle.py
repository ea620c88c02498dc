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
    IdempotencyKey,
    Outcome,
    Perform,
    Redemption,
    Refund,
    Release,
    Revert,
    WalletUse,
    Withdraw,
)
from gateway.ledger.order_commands import (
    Award,
    CancelOrder,
    CompleteOrder,
    OrderCommand,
    RefundOrder,
    ReviewTier,
)
from gateway.ledger.order_state import OrderState
from tests.ledger.naive import COINS, CREDITS, Ask, Hold, Refused
from tests.ledger.naive_orders import Buyer, Order, Paid, Returned
from tests.ledger.programs import MERCHANT, NO_RULE, PROGRAMS, RULE, TERMS

__all__ = ["MERCHANT", "NO_RULE", "PROGRAMS", "RULE", "TERMS", "Oracle", "shown"]

USES = {WalletUse.COINS: COINS, WalletUse.CREDITS: CREDITS}
Answer = tuple[Any, ...]
Done = tuple[Hold | None, bool, Order | None]
NOTHING = (0, 0, 0, 0, None, 0)


class Oracle:
    """Some naive customers, and the first answer to every key."""

    def __init__(self, customers: Iterable[int]) -> None:
        self.customers: dict[int, Buyer] = {customer: Buyer() for customer in customers}
        self.terms = TERMS[0]
        self.answers: dict[str, tuple[Command, Answer]] = {}
        self._owners: dict[str, int] = {}

    def answer(self, command: Command, now: int) -> Answer:
        """Code, whether replayed, both balances, the redemption and the order."""
        key = command.key
        if key is not None and key.key in self.answers:
            return self.repeated(key)
        customer = self.customers.get(command.customer_id)
        if customer is None:
            named = isinstance(command, Capture | Release | Refund | Revert)
            code = "REDEMPTION_NOT_FOUND" if named else "CUSTOMER_NOT_FOUND"
            return code, False, NOTHING, NOTHING, None, None
        customer.wait_until(now)
        again = False
        try:
            code, (hold, again, order) = None, self.do(customer, command, now)
        except Refused as refused:
            code, hold, order = str(refused), None, None
        answer = (
            code,
            again,
            customer.balance(COINS),
            customer.balance(CREDITS),
            hold and shown_hold(hold),
            order and shown_order(order),
        )
        if key is not None:
            self.answers[key.key] = (command, answer)
        return answer

    def repeated(self, key: IdempotencyKey) -> Answer:
        """The first answer to a key that was used before, if it is used for the same."""
        first, answer = self.answers[key.key]
        if first.key != key:
            return "IDEMPOTENCY_KEY_REUSED", False, NOTHING, NOTHING, None, None
        return answer[0], True, *answer[2:]

    def do(self, customer: Buyer, command: Command, now: int) -> Done:
        """The redemption that it is about, whether it was so before, and the order."""
        terms, hold, again = self.terms, None, False
        match command:
            case OrderCommand():
                return self.do_to_order(customer, command, now)
            case Award():
                kind = command.kind.value
                again = customer.reward(command.occasion, kind, terms.earns, now)
            case ReviewTier():
                customer.review(terms.earns, now)
            case Grant():
                starts, ends = command.available_from, command.expires_at
                customer.grant(command.wallet, command.points, starts, ends, now)
            case Withdraw():
                customer.withdraw(command.wallet, command.points, terms)
            case Apply():
                ask = asked(command, command.hold_seconds)
                hold = customer.apply(command.redemption_id, ask, terms, now)
            case Perform():
                number, order = command.redemption_id, command.order_id
                hold, again = customer.perform(number, asked(command), order, terms, now)
            case Revert():
                hold, again = customer.revert(command.order_id, terms, now)
            case Capture() | Release() | Refund():
                hold, again = self.do_to_hold(customer, command, now)
            case _:
                pass
        return hold, again, None

    def do_to_order(self, customer: Buyer, command: OrderCommand, now: int) -> Done:
        """An order is the customer's who told anything of it first."""
        name = command.order_id
        owner = self._owners.get(name, command.customer_id)
        if self.customers[owner] is not customer:
            raise Refused("ORDER_OF_ANOTHER")
        match command:
            case CompleteOrder():
                done = customer.complete(name, told(command), self.terms, now)
            case CancelOrder():
                done = customer.give_up(name, "cancelled", self.terms, now)
            case RefundOrder():
                part = command.refund
                back = Returned(part.refund_id, part.amount_minor, part.lines_minor)
                done = customer.give_up(name, back, self.terms, now)
            case _:
                raise AssertionError(command)
        self._owners[name] = owner
        return done

    def do_to_hold(
        self, customer: Buyer, command: Capture | Release | Refund, now: int
    ) -> tuple[Hold, bool]:
        match command:
            case Capture():
                name, total = command.order_id, command.order_total_minor
                hold = customer.named(command.redemption_id, command.cart_id, name)
                if command.redemption_id is None and hold.order == name:
                    return hold, True
                customer.capture(hold, name, total, command.points, now)
            case Release():
                hold = customer.named(command.redemption_id, None, "")
                customer.release(hold, now)
            case Refund():
                hold = customer.named(command.redemption_id, None, "")
                customer.refund(hold, command.points, self.terms, now)
        return hold, False

    def owner(self, order: str) -> int | None:
        """Whose order it is, if anything was told of it."""
        return self._owners.get(order)

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


def told(command: CompleteOrder) -> Paid:
    lines = command.lines
    return Paid(
        command.digest,
        command.total_minor,
        command.paid_minor,
        None if lines is None else tuple((line.product_id, line.total_minor) for line in lines),
        command.placed_at,
        command.redemption_id,
        command.cart_id,
        command.lenient,
    )


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
    order = outcome.order and shown_state(outcome.order)
    return code, outcome.replayed, *balances, redemption and shown_redemption(redemption), order


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


def shown_state(o: OrderState) -> Answer:
    return (
        (o.order_id, o.completed, o.cancelled_at is not None, o.whole),
        (o.total_minor, o.paid_minor, o.refunded_minor),
        (o.earned_points, o.clawed_points, o.forgiven_points),
        [earned.points for earned in o.earnings],
        (o.redemption_id, o.capture_refusal),
        [(refund.refund_id, refund.amount_minor, refund.lines_minor) for refund in o.refunds],
    )


def shown_order(o: Order) -> Answer:
    back, whole = o.back()
    return (
        (o.name, o.sale is not None, o.cancelled, whole),
        (o.total, o.paid, back),
        (o.earned, o.taken, o.forgiven),
        [points for _, points in o.brought],
        (o.hold and o.hold.number, o.refusal),
        [(back.name, back.amount, back.lines) for back in o.returns],
    )
