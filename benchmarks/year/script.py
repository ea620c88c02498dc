"""The script of the year: who signs up, buys, pays late, sends back; and all that goes wrong.

Made from a seed alone. Nobody knows here what points anyone has: a store does not either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Literal, TypedDict

from benchmarks.year.events import (
    Adjust,
    Apply,
    Cancel,
    Capture,
    Complete,
    Event,
    GiveBack,
    Line,
    Merge,
    NewTerms,
    Occasion,
    Release,
)
from benchmarks.year.terms import DAY, LATER, MERCHANTS, START

MINUTE: Final = 60_000_000
HOUR: Final = 60 * MINUTE
ORDER_DAYS: Final = 365
GUESTS: Final = 25
"""One of so many customers is a guest at first."""
GUEST_DAYS: Final = 60
HOURS: Final = (8, 10, 12, 14, 16, 18, 20, 22)
"""Shoppers come at these hours: what a minute brings is told together, as in a busy store."""


class Who(TypedDict):
    """Whom an event is about."""

    merchant: str
    customer: int


class _What(TypedDict):
    cart: str
    order: str
    total_minor: int


def script(seed: int, customers: int, orders: int) -> list[Event]:
    """All events in the order in which they arrive."""
    chance = Random(seed)  # noqa: S311 - a story, not a secret
    told: list[Event] = [
        NewTerms(at=at, merchant=terms.merchant, customer=0, terms=terms) for at, terms in LATER
    ]
    shoppers = [_shopper(chance, number) for number in range(1, customers + 1)]
    for shopper in shoppers:
        told.extend(_life(chance, shopper))
        if shopper.guest_of is not None:
            told.extend(_merged(shopper, shoppers[shopper.guest_of - 1]))
    for number in range(1, orders + 1):
        shopper = shoppers[int(len(shoppers) * chance.random() ** 2)]
        other = chance.choice(shoppers)
        told.extend(_Order(chance, shopper, number, other).told())
    return sorted(told, key=lambda event: event.at)


@dataclass(frozen=True, slots=True)
class _Shopper:
    number: int
    merchant: str
    since_day: int
    guest_of: int | None = None
    """Who the guest turns out to be."""

    @property
    def until_day(self) -> int:
        """From when on it orders under its own name no more."""
        return ORDER_DAYS if self.guest_of is None else self.since_day + GUEST_DAYS


def _shopper(chance: Random, number: int) -> _Shopper:
    day = int(250 * chance.random() ** 2)
    guest = number % GUESTS == 0
    merchant = list(MERCHANTS)[number % len(MERCHANTS)]
    return _Shopper(number, merchant, day, number - len(MERCHANTS) if guest else None)


def _merged(guest: _Shopper, account: _Shopper) -> Iterator[Event]:
    """When its orders are paid, and before all that comes back of them is back."""
    day = max(guest.until_day + 10, account.since_day + 1)
    for late in range(2):
        at = START + (day + late) * DAY + 5 * HOUR
        who: Who = {"merchant": guest.merchant, "customer": account.number}
        yield Merge(at=at, **who, key=f"merge-{guest.number}-{late}", guest=guest.number)


def _life(chance: Random, shopper: _Shopper) -> Iterator[Event]:
    """What happens to a customer beside orders."""
    who: Who = {"merchant": shopper.merchant, "customer": shopper.number}
    since = START + shopper.since_day * DAY
    yield Occasion(at=since + 6 * HOUR, **who, name="SIGN_UP", key=f"sign-up-{shopper.number}")
    if chance.random() < 0.2:
        yield Occasion(at=since + 9 * HOUR, **who, name="SIGN_UP")
    birthday = START + chance.randrange(ORDER_DAYS) * DAY + 7 * HOUR
    if birthday > since + DAY:
        for late in range(chance.choice((1, 1, 1, 2))):
            yield Occasion(at=birthday + late * DAY, **who, name="BIRTHDAY:2026")
    while chance.random() < 0.35:
        at = since + chance.randrange(1, 150) * DAY + 7 * HOUR
        points = chance.choice((20, 50, 100, -15, -60, -200))
        ends = at + chance.randrange(5, 90) * DAY if points > 0 and chance.random() < 0.7 else None
        key = f"adjust-{shopper.number}-{chance.getrandbits(48):x}"
        for again in range(chance.choice((1, 1, 1, 2))):
            moment = at + again * HOUR
            yield Adjust(at=moment, **who, key=key, points=points, expires_at=ends)


class _Order:
    """One order, from the cart to the last that is heard of it."""

    def __init__(self, chance: Random, shopper: _Shopper, number: int, other: _Shopper) -> None:
        self._chance = chance
        self._number = number
        self._keys = 0
        self._guest = shopper.guest_of is not None
        self._other = other
        self._who: Who = {"merchant": shopper.merchant, "customer": shopper.number}
        day = chance.randrange(shopper.since_day + 1, shopper.until_day)
        self._at = START + day * DAY + chance.choice(HOURS) * HOUR
        self.cart, self.order = f"cart-{number}", f"order-{number}"
        self.total, self.lines = _basket(chance, shopper.merchant)

    def told(self) -> Iterator[Event]:
        """All that the store says of it, in any order."""
        by: Literal["id", "cart", "nothing"] = "nothing"
        if self._often(0.7):
            by = "cart" if self._often(0.12) else "id"
            yield from self._applies()
            if self._often(0.1):
                yield from self._failing()
                if self._often(0.5):
                    return
                self._at += 30 * MINUTE
                yield from self._applies()
            if self._often(0.05):
                yield from self._captured_alone()
                return
        paid = list(self._paid(by))
        if by != "nothing" and paid[0].at > self._at + 18 * MINUTE and self._often(0.3):
            yield self._rival()
        after = list(self._after(paid[-1].at))
        # An order of a guest's that was not completed before the merge cannot be captured late any
        # more: the points are the account's.
        if after and not self._guest and self._often(0.4):
            yield from self._shuffled([*paid, *after])
        else:
            yield from (*paid, *after)
        yield from self._confused(paid)

    def _applies(self) -> Iterator[Event]:
        for late in range(1 if self._often(0.8) else self._chance.randrange(2, 4)):
            points = None if self._often(0.7) else self._chance.randrange(1, 160)
            apply = Apply(
                at=self._at + late * MINUTE,
                **self._who,
                key=self._key("apply"),
                cart=self.cart,
                total_minor=self.total,
                points=points,
            )
            yield from self._repeated(apply, 0.05)

    def _failing(self) -> Iterator[Event]:
        """The payment fails: the store says so, or it just runs out."""
        if self._often(0.6):
            release = Release(at=self._at + 4 * MINUTE, **self._who, cart=self.cart)
            yield from self._repeated(release, 0.2)

    def _rival(self) -> Event:
        """While the order waits for its payment, another cart takes what there is."""
        return Apply(
            at=self._at + 18 * MINUTE,
            **self._who,
            key=self._key("apply"),
            cart=f"{self.cart}-rival",
            total_minor=150_000,
        )

    def _captured_alone(self) -> Iterator[Event]:
        """Captured by itself; then completed, cancelled, or both, or nothing more is heard."""
        what: _What = {"cart": self.cart, "order": self.order, "total_minor": self.total}
        yield Capture(at=self._at + 4 * MINUTE, **self._who, key=self._key("capture"), **what)
        if self._often(0.6):
            yield self._complete(self._at + 26 * HOUR)
        if self._often(0.5):
            yield from self._after(self._at + 2 * HOUR)

    def _paid(self, by: Literal["id", "cart", "nothing"]) -> Iterator[Complete]:
        """The order is paid, and that is told at once, late, or by the shop's webhook."""
        how = self._chance.choices(("backend", "late", "webhook"), (74, 12, 14))[0]
        delay = 4 * MINUTE
        if how == "late" or (how == "webhook" and self._often(0.4)):
            delay = self._chance.choice((20 * MINUTE, 40 * MINUTE, 2 * HOUR, 26 * HOUR, 74 * HOUR))
        complete = self._complete(self._at + delay, by=by, lenient=how == "webhook")
        if how == "webhook" and self._often(0.5):
            complete = replace(complete, total_minor=None, paid_minor=self.total * 9 // 10)
        if how != "webhook" and self._often(0.03):
            lie = replace(complete, total_minor=self.total // 4, lines=None)
            yield replace(lie, at=lie.at - MINUTE, key=self._key("complete"))
        yield complete
        for again in self._repeats(complete, 0.1):
            yield replace(complete, at=again.at, key=again.key)
        if how != "webhook" and (how == "late" or self._often(0.2)):
            # The webhook tells the same; where the backend was refused, it comes to stand.
            later = complete.at + self._chance.choice((10 * MINUTE, HOUR, 26 * HOUR, 120 * HOUR))
            key = self._key("complete") if self._often(0.5) else None
            yield replace(complete, at=later, key=key, lenient=True)

    def _complete(
        self,
        at: int,
        by: Literal["id", "cart", "nothing"] = "nothing",
        *,
        lenient: bool = False,
    ) -> Complete:
        return Complete(
            at=at,
            **self._who,
            key=self._key("complete") if self._often(0.8) else None,
            order=self.order,
            cart=self.cart,
            by=by,
            total_minor=self.total,
            lines=self.lines,
            placed_at=self._at if self._often(0.6) else None,
            lenient=lenient,
        )

    def _after(self, at: int) -> Iterator[Event]:
        """Some of it comes back, or all of it."""
        if self._often(0.18):
            for number in range(self._chance.choice((1, 1, 2, 3))):
                day = at + self._chance.randrange(1, 40) * DAY
                yield from self._given_back(day, f"r-{number}")
        if self._often(0.06):
            day = at + self._chance.choice((HOUR, 5 * HOUR, 3 * DAY, 20 * DAY))
            cancel = Cancel(at=day, **self._who, order=self.order, named=self._often(0.7))
            yield from self._repeated(cancel, 0.3)

    def _given_back(self, at: int, refund: str) -> Iterator[Event]:
        most = max(2, self.total)
        back = GiveBack(
            at=at,
            **self._who,
            key=self._key("refund") if self._often(0.5) else None,
            order=self.order,
            refund=refund,
            named=self._often(0.7),
        )
        how = self._chance.random()
        if how < 0.5:
            back = replace(back, amount_minor=self._chance.randrange(1, most))
        elif how < 0.9:
            back = replace(back, lines_minor=self._chance.randrange(1, most))
        yield from self._repeated(back, 0.3)
        if self._often(0.05):
            yield replace(back, at=at + DAY, key=None, amount_minor=7, lines_minor=None)

    def _confused(self, paid: list[Complete]) -> Iterator[Event]:
        """The same order told otherwise, or of another customer."""
        last = replace(paid[-1], at=paid[-1].at + 5 * DAY, lenient=False)
        if self._often(0.01):
            yield replace(last, key=None, total_minor=self.total + 1, paid_minor=None)
        # Days later: the customers of one moment are told of side by side.
        same = self._other.merchant == self._who["merchant"]
        if self._often(0.01) and same and self._other.number != self._who["customer"]:
            at = max(last.at, START + (self._other.since_day + 1) * DAY) + 50 * DAY
            stranger = replace(last, at=at, customer=self._other.number, by="nothing")
            yield replace(stranger, key=None)

    def _shuffled(self, events: list[Event]) -> Iterator[Event]:
        times = [event.at for event in events]
        self._chance.shuffle(times)
        for event, at in zip(events, times, strict=True):
            yield replace(event, at=at)

    def _repeated(self, event: Event, share: float) -> Iterator[Event]:
        yield event
        yield from self._repeats(event, share)

    def _repeats(self, event: Event, share: float) -> Iterator[Event]:
        """Now and then it comes again: under the same key, or without one."""
        while self._often(share):
            if isinstance(event, Apply):
                yield event
                return
            later = event.at + self._chance.choice((0, MINUTE, HOUR, 3 * DAY))
            yield replace(event, at=later, key=event.key if self._often(0.6) else None)

    def _often(self, share: float) -> bool:
        return self._chance.random() < share

    def _key(self, what: str) -> str:
        self._keys += 1
        return f"{what}-{self._number}-{self._keys}"


def _basket(chance: Random, merchant: str) -> tuple[int, tuple[Line, ...] | None]:
    """A total, and its lines where the store tells them."""
    if chance.random() < 0.004:
        return 0, None
    least, most = {"rupee": (2_000, 150_000), "dinar": (500, 60_000)}[merchant]
    count = chance.randrange(1, 5)
    lines = tuple(
        Line(
            chance.choice(("shirt", "cup", "leaf", "pot", "gift-card")),
            chance.randrange(least, most) // count,
            chance.choice(("", "tea", "home")),
        )
        for _ in range(count)
    )
    total = sum(line.minor for line in lines)
    return total, lines if chance.random() < 0.6 else None
