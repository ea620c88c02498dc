"""What a storefront and its backend send about carts, orders and redemptions."""

from __future__ import annotations

import strawberry

from gateway.ledger.commands import WalletUse as Use
from gateway.services.customers import CustomerRef as Ref
from gateway.services.previews import Wish
from schema import checks
from schema.cart_inputs import CartInput, OrderInput
from schema.describe import about, optional
from schema.enums import WalletUse
from schema.scalars import Points

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
    phone: str | None = about(
        "Phone number, however it is written; without `+` and a calling code, as it is dialled in"
        " the merchant's `phoneRegion`.",
        default=strawberry.UNSET,
    )
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


@strawberry.input(description="What to capture.")
class CaptureRedemptionInput:
    """What to capture."""

    order: OrderInput = about("The order it pays for.")
    idempotency_key: str = about(KEY)
    id: strawberry.ID | None = optional(
        "The redemption. Absent, because it was lost: the one of `customer` and `cartId`."
    )
    customer: CustomerRef | None = optional("Whose redemption; needed where there is no `id`.")
    cart_id: str | None = optional(
        "The cart that it was applied to, where there is no `id`; absent: the order's id is the"
        " cart's. A hold that ran out is found as well: it is captured if its points are there."
    )
    points: Points | None = optional("Fewer points than held; the rest is released. Absent: all.")

    def cart(self, order_id: str) -> str:
        """The cart that is meant."""
        return order_id if self.cart_id is None else checks.text(self.cart_id, "cartId")


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
