"""What a what-if has found."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import strawberry

from gateway.rules.whatif.contest import DRAFT, NOW
from gateway.rules.whatif.replay import Replay
from gateway.rules.whatif.tallies import Side, Spent, Tier, rounded
from gateway.services.calendar_days import date_of
from gateway.services.merchant_metrics import shown
from gateway.services.metric_definitions import Unit
from gateway.services.whatif import WhatIfFound
from gateway.services.whatif_words import DEFINITIONS
from schema.describe import about
from schema.enums import ErrorCode
from schema.money import Money, money
from schema.scalars import Decimal
from schema.whatif_parts import WhatIfAmount, WhatIfChanged, WhatIfCount, amount, changed, count


@strawberry.type(description="How many carts got nothing for one reason.")
class WhatIfRefusal:
    """How many carts got nothing for one reason."""

    code: ErrorCode = about("The reason, the first one of each cart.")
    carts: int = about("How many.")


@strawberry.type(description="What one set of rules would have done.")
class WhatIfSide:
    """What one set of rules would have done."""

    able_carts: int = about("Carts on which points could be redeemed.")
    used_carts: int = about("Carts on which the draft, or the rule it edits, gives the most.")
    redemptions: WhatIfCount = about("Orders that points would have been used on.")
    discount: WhatIfAmount = about("What points would have taken off: the cost.")
    average_paid: Money | None = about(
        "The average order after the discount that is expected; null: there was none."
    )
    zero_orders: WhatIfCount = about("Orders that points would have paid in full.")
    refusals: list[WhatIfRefusal] = about("Why carts got nothing, the most frequent reason first.")


@strawberry.type(description="The customers of one tier.")
class WhatIfTier:
    """The customers of one tier."""

    tier: str | None = about("Its key; null: of no tier.")
    customers: int = about("Who looked at a cart while in it.")
    orders: int = about("Their orders.")
    redemptions_now: WhatIfCount = about("Under the rules that are live.")
    redemptions_draft: WhatIfCount = about("With the draft.")
    discount_now: WhatIfAmount = about("Under the rules that are live.")
    discount_draft: WhatIfAmount = about("With the draft.")


@strawberry.type(description="What a figure is.")
class WhatIfDefinition:
    """What a figure is."""

    id: str = about("Which.")
    text: str = about("What is counted, and what is assumed; in English.")


@strawberry.type(description="What a draft would have done, against the rules that are live.")
class WhatIfResult:
    """What a draft would have done, against the rules that are live."""

    first_day: date = about("The first day that was replayed.", name="from")
    last_day: date = about("The last one: today.", name="to")
    whole: bool = about(
        "Whether all days that were asked for are in it; there can be too many carts."
    )
    carts: int = about("Carts that were replayed.")
    customers: int = about("Whose they were.")
    orders: int = about("Carts that became an order.")
    carts_without_lines: int = about(
        "Carts without lines, where a rule names products or collections: it covers nothing there."
    )
    take_up: Decimal | None = about(
        "Of the orders that points could be used on, those that they were used on: `0.2500` is"
        " 25 %. Null: there was none, and everybody is assumed."
    )
    recorded_redemptions: int = about("Orders that points were really used on.")
    recorded_discount: Money = about("What they really took off.")
    average_order: Money | None = about("The average order before points; null: there was none.")
    now: WhatIfSide = about("The rules that are live.")
    draft: WhatIfSide = about("The same with the draft.")
    more_discount: Money = about("By how much the expected discounts grow; negative: they shrink.")
    tiers: list[WhatIfTier] = about("By tier, the one with the most customers first.")
    gainers: WhatIfChanged = about("Customers who would get more.")
    losers: WhatIfChanged = about("Customers who would get less.")
    definitions: list[WhatIfDefinition] = about("What each figure is.")


def what_if_result(found: WhatIfFound) -> WhatIfResult:
    """The outside form."""
    replay, currency = found.replay, found.asked.program.currency
    able = replay.able_orders
    take_up = Fraction(replay.redeemed_orders, able) if able else None
    rate = Fraction(1) if take_up is None else take_up
    said = shown(take_up, Unit.RATIO, currency)
    sides = [_side(each, found, rate, currency) for each in replay.sides]
    return WhatIfResult(
        first_day=date_of(found.window.first_day),
        last_day=date_of(found.window.last_day),
        whole=found.window.whole,
        carts=replay.carts,
        customers=replay.customers,
        orders=replay.orders,
        carts_without_lines=replay.lineless,
        take_up=None if said is None else Decimal(said),
        recorded_redemptions=replay.redeemed_orders,
        recorded_discount=money(replay.saved_minor, currency),
        average_order=_average(replay.order_total_minor, replay.orders, currency),
        now=sides[NOW],
        draft=sides[DRAFT],
        more_discount=money(_more(replay, rate), currency),
        tiers=[
            _tier(name, tier, rate, currency)
            for name, tier in sorted(
                replay.tiers.items(), key=lambda each: (-each[1].customers, each[0] or "")
            )
        ],
        gainers=changed(replay.gainers, found.names, currency),
        losers=changed(replay.losers, found.names, currency),
        definitions=[WhatIfDefinition(id=name, text=text) for name, text in DEFINITIONS.items()],
    )


def _side(side: Side, found: WhatIfFound, rate: Fraction, currency: str) -> WhatIfSide:
    spent, replay = side.spent, found.replay
    paid = replay.order_total_minor - spent.discount(rate).expected
    return WhatIfSide(
        able_carts=side.able,
        used_carts=side.used,
        redemptions=count(spent.redemptions(rate)),
        discount=amount(spent.discount(rate), currency),
        average_paid=_average(paid, replay.orders, currency),
        zero_orders=count(spent.zero_orders(rate)),
        refusals=[
            WhatIfRefusal(code=ErrorCode[code.name], carts=carts)
            for code, carts in side.refusals.most_common()
        ],
    )


def _more(replay: Replay, rate: Fraction) -> int:
    now, draft = (side.spent.discount(rate).expected for side in replay.sides)
    return draft - now


def _tier(name: str | None, tier: Tier, rate: Fraction, currency: str) -> WhatIfTier:
    def both(of: Spent) -> tuple[WhatIfCount, WhatIfAmount]:
        return count(of.redemptions(rate)), amount(of.discount(rate), currency)

    (used_now, cost_now), (used_draft, cost_draft) = map(both, tier.sides)
    return WhatIfTier(
        tier=name,
        customers=tier.customers,
        orders=tier.orders,
        redemptions_now=used_now,
        redemptions_draft=used_draft,
        discount_now=cost_now,
        discount_draft=cost_draft,
    )


def _average(total_minor: int, of: int, currency: str) -> Money | None:
    return money(rounded(Fraction(total_minor, of)), currency) if of else None
