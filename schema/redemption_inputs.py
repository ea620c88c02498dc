"""What a storefront and its backend send about carts, orders and redemptions."""

from __future__ import annotations

import strawberry

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.ledger.commands import WalletUse as Use
from gateway.rules.facts import Cart, CartLine
from gateway.services.customers import CustomerRef as Ref
from gateway.services.redemptions import Order, Wish
from schema import checks
from schema.describe import about, optional
from schema.enums import WalletUse
from schema.money import MoneyInput
from schema.scalars import Points

MAX_LINES = 500
KEY = (
    "1 … 128 printable ASCII characters, new for every new intent, the same for every retry; a UUID"
    " is advised. The same key with the same input answers the first outcome again."
)

WALLETS = "Which wallets to draw on; null means COINS."


@strawberry.input(one_of=True, description="A customer, by exactly one of these.")
class CustomerRef:
    """A customer, by exactly one of these."""

    id: strawberry.ID | None = about("The gateway's global id.", default=strawberry.UNSET)
    external_id: str | None = about("The merchant's own id.", default=strawberry.UNSET)
    phone: str | None = about("Phone number in E.164.", default=strawberry.UNSET)
    email: str | None = about("E-mail address.", default=strawberry.UNSET)

    def ref(self, name: str) -> Ref | None:
        """The inside form; None for a global id that cannot be one. `name` is the argument's."""
        # What was not given is UNSET; an empty text was given, and is refused.
        if isinstance(self.id, str):
            number = checks.numbers(self.id, "Customer", 1)
            return Ref(id=number[0]) if number else None
        if isinstance(self.external_id, str):
            return Ref(external_id=checks.text(self.external_id, name, "externalId"))
        if isinstance(self.phone, str):
            return Ref(phone=checks.text(self.phone, name, "phone"))
        if isinstance(self.email, str):
            return Ref(email=checks.text(self.email, name, "email").lower())
        raise checks.missing(name, name)


@strawberry.input(description="One line of a cart.")
class CartLineInput:
    """One line of a cart."""

    product_id: str = about("The merchant's id of the product, 1 … 255 characters.")
    quantity: int = about("How many, 1 … 1000000.")
    total: MoneyInput = about("The whole line before points, not the unit price.")
    collection_ids: list[str] | None = optional("Collections that the product is in, at most 100.")

    def line(self, currency: str, of: str, index: int) -> CartLine:
        """The inside form; `of` is `cart` or `order`."""
        path = (of, "lines", str(index))
        collections = self.collection_ids or []
        checks.within(len(collections), 0, 100, *path, "collectionIds")
        return CartLine(
            product_id=checks.text(self.product_id, *path, "productId"),
            quantity=checks.within(self.quantity, 1, 1_000_000, *path, "quantity"),
            total_minor=self.total.minor(currency, *path, "total"),
            collection_ids=tuple(checks.text(c, *path, "collectionIds") for c in collections),
        )


@strawberry.input(description="A cart before points.")
class CartInput:
    """A cart before points."""

    id: str = about("The storefront's own id of the cart, 1 … 255 characters.")
    total: MoneyInput = about("What the customer would pay without points.")
    lines: list[CartLineInput] | None = optional(
        "Needed where a rule covers certain products or collections; at most 500, together at most"
        " the total."
    )

    def cart(self, currency: str) -> Cart:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        total = self.total.minor(currency, "cart", "total")
        lines = _lines(self.lines or [], currency, total, "cart")
        return Cart(checks.text(self.id, "cart", "id"), total, lines)


def _lines(
    given: list[CartLineInput], currency: str, total_minor: int, of: str
) -> tuple[CartLine, ...]:
    """The lines of a cart or an order. Raises LoyaltyError when they sum to more than its total."""
    checks.within(len(given), 0, MAX_LINES, of, "lines")
    lines = tuple(line.line(currency, of, index) for index, line in enumerate(given))
    if sum(line.total_minor for line in lines) > total_minor:
        refusal = Refusal(Code.INVALID_AMOUNT, field=(of, "lines"))
        raise LoyaltyError(refusal, f"The lines must not sum to more than the {of}'s total.")
    return lines


def _use(wallets: WalletUse | None) -> Use:
    return Use.COINS if wallets is None else Use(wallets.value)


def _rule(rule_id: str | None) -> int | None:
    """The inside id of a named rule; an impossible one names no rule."""
    if rule_id is None:
        return None
    number = checks.numbers(rule_id, "RedemptionRule", 1)
    return number[0] if number else -1


@strawberry.input(description="What to preview.")
class RedemptionPreviewInput:
    """What to preview."""

    cart: CartInput = about("The cart.")
    customer: CustomerRef | None = optional("Required, unless a customer token says who it is.")
    points: Points | None = optional("Points to use; absent: as many as possible.")
    wallets: WalletUse | None = about(WALLETS, default=WalletUse.COINS)
    rule_id: strawberry.ID | None = optional("One rule; absent: the best.")

    def wish(self, currency: str) -> Wish:
        """The inside form."""
        return Wish(
            cart=self.cart.cart(currency),
            points=self.points,
            wallets=_use(self.wallets),
            rule_id=_rule(self.rule_id),
        )


@strawberry.input(description="What to reserve.")
class ApplyRedemptionInput:
    """What to reserve."""

    cart: CartInput = about("The cart; a redemption held for the same cart id is replaced.")
    idempotency_key: str = about(KEY)
    customer: CustomerRef | None = optional("Required, unless a customer token says who it is.")
    points: Points | None = optional(
        "Exactly these points, or a refusal that says how many are allowed; absent: as many as"
        " possible."
    )
    wallets: WalletUse | None = about(WALLETS, default=WalletUse.COINS)
    rule_id: strawberry.ID | None = optional("One rule; absent: the best.")
    quote: str | None = optional("The quote of a preview: exactly its numbers, or a refusal.")
    hold_seconds: int | None = optional("How long to hold, 60 … 86400; absent: as configured.")

    def wish(self, currency: str) -> Wish:
        """The inside form."""
        return Wish(
            cart=self.cart.cart(currency),
            points=self.points,
            wallets=_use(self.wallets),
            rule_id=_rule(self.rule_id),
        )

    def hold(self) -> int | None:
        """The checked time of the hold, in seconds."""
        if self.hold_seconds is None:
            return None
        return checks.within(self.hold_seconds, 60, 86_400, "holdSeconds")


@strawberry.input(description="A paid order.")
class OrderInput:
    """A paid order."""

    id: str = about("The merchant's own id of the order, 1 … 255 characters.")
    total: MoneyInput = about("The order's total before points, as the backend knows it.")
    lines: list[CartLineInput] | None = optional(
        "Send them where rules cover certain products or collections: then the order, not the"
        " browser's cart, says what is covered. At most 500, together at most the total."
    )

    def order(self, currency: str) -> Order:
        """The inside form. Raises RequestError or LoyaltyError, each with its field."""
        total = self.total.minor(currency, "order", "total")
        lines = None if self.lines is None else _lines(self.lines, currency, total, "order")
        return Order(checks.text(self.id, "order", "id"), total, lines)


@strawberry.input(description="What to capture.")
class CaptureRedemptionInput:
    """What to capture."""

    id: strawberry.ID = about("The redemption.")
    order: OrderInput = about("The order it pays for.")
    idempotency_key: str = about(KEY)
    points: Points | None = optional("Fewer points than held; the rest is released. Absent: all.")


@strawberry.input(description="What to release.")
class ReleaseRedemptionInput:
    """What to release."""

    id: strawberry.ID = about("The redemption.")
    idempotency_key: str | None = optional("Not needed: a release is safe to repeat by itself.")


@strawberry.input(description="What to refund.")
class RefundRedemptionInput:
    """What to refund."""

    id: strawberry.ID = about("The redemption.")
    idempotency_key: str = about(KEY)
    points: Points | None = optional(
        "Points to give back (minor units where only store credit was used); absent: all that is"
        " left, of both wallets."
    )
