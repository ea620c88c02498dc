"""What can be asked of the ledger, and what it answers. Frozen values, no behaviour.

Points are whole; amounts of the CREDITS wallet are minor units of the merchant's currency. Times
are microseconds since the Unix epoch, UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gateway.errors import Refusal
from gateway.ledger.order_state import OrderState
from gateway.rules.facts import Cart, CartLine
from gateway.rules.program import MAX_SAFE_INTEGER


class Wallet(StrEnum):
    """The two kinds of account a customer can have."""

    COINS = "COINS"
    CREDITS = "CREDITS"


class WalletUse(StrEnum):
    """Which wallets a preview or an apply may draw on; credits are used first."""

    COINS = "COINS"
    CREDITS = "CREDITS"
    COINS_AND_CREDITS = "COINS_AND_CREDITS"

    @property
    def coins(self) -> bool:
        """Whether loyalty points may be used."""
        return self is not WalletUse.CREDITS

    @property
    def credits(self) -> bool:
        """Whether store credit may be used."""
        return self is not WalletUse.COINS


class Status(StrEnum):
    """Where a redemption is in its life."""

    HELD = "HELD"
    CAPTURED = "CAPTURED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


class LotSource(StrEnum):
    """What brought the points of a lot in."""

    GRANT = "GRANT"
    REFUND = "REFUND"
    IMPORT = "IMPORT"
    EARN = "EARN"
    AWARD = "AWARD"
    MERGE = "MERGE"


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """Names one command for good, within a merchant and a caller.

    `caller` is the kind of credential, and for a shopper also the customer, so that one shopper
    can neither probe nor block the key of another.
    """

    caller: str
    key: str
    request_hash: str
    """Digest of everything that was asked: the same key with another digest is a reuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One row of `audit_log`: who had something changed. It is written with what it tells of."""

    merchant_id: int
    id: int
    at: int
    actor_kind: str
    actor_id: int | None
    actor_name: str
    action: str
    target: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Common to all commands: whose account. `key` is None only for what is safe to repeat."""

    merchant_id: int
    customer_id: int
    key: IdempotencyKey | None = None
    heir_id: int | None = None
    """Set by the ledger: whom the customer was merged into, where the command is about something
    that stays where it happened. What comes of it is the heir's."""
    note: Note | None = None
    """What the audit log is told, once it is accepted."""

    @property
    def by_shopper(self) -> bool:
        """Whether a shopper's own token stands behind it."""
        return self.key is not None and self.key.caller.startswith("customer:")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The numbers that a quote promised, until `expires_at`."""

    expires_at: int
    rule_id: int | None
    rule_version: int | None
    points: int
    credits_minor: int
    discount_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply(Command):
    """Reserve points for a cart; replaces what the same customer held for the same cart."""

    redemption_id: int
    cart: Cart
    requested: int | None = None
    wallets: WalletUse = WalletUse.COINS
    rule_id: int | None = None
    quoted: Quoted | None = None
    hold_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture(Command):
    """Settle held points with a paid order; `order_total_minor` is before points.

    Named by its cart instead of its id, the redemption is the one that the order has, that is held
    for the cart, or the last one of the cart whose hold ran out. `lines` are the order's, where the
    backend gives them: then they, and no longer the cart's, say how much of it the rule covers.
    """

    redemption_id: int | None = None
    cart_id: str | None = None
    order_id: str
    order_total_minor: int
    points: int | None = None
    lines: tuple[CartLine, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release(Command):
    """Give held points back. Safe to repeat."""

    redemption_id: int
    reason: str = "REQUESTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund(Command):
    """Give captured points back; `points` None: all that is left, of both wallets."""

    redemption_id: int
    points: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Perform(Command):
    """Apply and capture at once, for an order that is not held before; `cart` is the whole order.

    An order that has a redemption already keeps it: to perform again changes nothing. Without an
    `order_id` the cart's id stands for the order, for a short time.
    """

    redemption_id: int
    cart: Cart
    order_id: str | None = None
    requested: int | None = None
    wallets: WalletUse = WalletUse.COINS
    rule_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revert(Command):
    """Take back what was done for an order: release its hold, or refund all that it captured.

    `order_id` None: the order that the customer paid last. To revert again changes nothing.
    """

    order_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant(Command):
    """Bring points in, as one lot."""

    wallet: Wallet
    points: int
    reason: str
    expires_at: int | None = None
    available_from: int | None = None
    source: LotSource = LotSource.GRANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Command):
    """Take points away; beyond the balance the merchant's clawback policy decides."""

    wallet: Wallet
    points: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Command):
    """Only do what the clock has made due: matured lots, overdue holds, expired lots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """One redemption as it stands. Points and money as in the module's docstring."""

    merchant_id: int
    customer_id: int
    id: int
    cart_id: str
    status: Status
    points: int
    credits_minor: int
    discount_minor: int
    total_minor: int
    eligible_minor: int
    rule_id: int | None
    rule_version: int | None
    program_version: int
    captured_points: int = 0
    captured_credits_minor: int = 0
    captured_discount_minor: int = 0
    refunded_points: int = 0
    refunded_credits_minor: int = 0
    order_id: str | None = None
    order_total_minor: int | None = None
    close_reason: str | None = None
    created_at: int
    expires_at: int
    closed_at: int | None = None

    @property
    def standing(self) -> bool:
        """Whether an order was paid with it and something of that was not given back."""
        captured = self.captured_points + self.captured_credits_minor
        return captured > self.refunded_points + self.refunded_credits_minor


@dataclass(frozen=True, slots=True)
class Balance:
    """One account's figures. `expiry_points` of `available` lapse at `expiry_at`."""

    available: int = 0
    held: int = 0
    pending: int = 0
    debt: int = 0
    expiry_at: int | None = None
    expiry_points: int = 0

    @property
    def room(self) -> int:
        """How many more points the account can take and still count exactly in JSON."""
        return MAX_SAFE_INTEGER - self.available - self.held - self.pending


EMPTY = Balance()


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Whom a command has to name instead, because one customer was merged into another."""

    customer_id: int
    heir_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command came to. A refusal changes nothing; `replayed`: decided earlier."""

    refusal: Refusal | None = None
    redemption: Redemption | None = None
    order: OrderState | None = None
    coins: Balance = EMPTY
    credits: Balance = EMPTY
    replayed: bool = False
    elsewhere: Elsewhere | None = None
    """Nothing was decided, nor stored: the ledger hands it in again. Callers never see this."""
