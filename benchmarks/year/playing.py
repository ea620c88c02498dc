"""The script told to the real services over a real database, moment by moment."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from typing import Any, Final

from benchmarks.year import events as told
from benchmarks.year.opening import Books, open_books
from benchmarks.year.terms import START
from gateway.composition import Gateway
from gateway.errors import Code
from gateway.ledger.commands import Outcome, Wallet
from gateway.ledger.order_commands import Award
from gateway.rules.earning_rules import EarningKind
from gateway.rules.facts import Cart, CartLine
from gateway.services.adjustments import Reason, adjust
from gateway.services.customers import CustomerDraft, upsert_customer
from gateway.services.database import close_database, open_database
from gateway.services.directory import Known
from gateway.services.merging import merge
from gateway.services.orders import (
    Completion,
    RefundFact,
    cancel_order,
    complete_order,
    refund_order,
)
from gateway.services.previews import Wish
from gateway.services.redemptions import (
    Keyed,
    Order,
    RedemptionRef,
    apply,
    capture,
    release,
)
from gateway.services.runtime import Runtime
from gateway.settings import Settings
from models.migrate import migrate

CALLER: Final = "backend"
OK, AGAIN, UNKNOWN = "ok", "again", "UNKNOWN"


class Clock:
    """The time, as the script has it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        """Microseconds since the epoch."""
        return self.now


class Play:
    """Tells events to the gateway. What it keeps is what a store keeps: ids it was answered."""

    def __init__(self, gateway: Gateway, clock: Clock, books: dict[str, Books]) -> None:
        self.gateway = gateway
        self.clock = clock
        self.books = books
        self.answers: Counter[tuple[str, str]] = Counter()
        self.customers: dict[tuple[str, int], Known] = {}
        self.heirs: dict[tuple[str, int], int] = {}
        self._held: dict[tuple[str, str], int] = {}

    @property
    def _runtime(self) -> Runtime:
        return self.gateway.runtime

    async def tell(self, events: Sequence[told.Event]) -> list[str]:
        """Tell what arrives at one moment; the customers side by side, each one's in its order."""
        self.clock.now = events[0].at
        answers: dict[int, str] = {}

        async def one_customer(places: Iterable[int]) -> None:
            for place in places:
                answers[place] = await self._tell(events[place])

        # A guest who is a part of an account by now is that account.
        numbers = [self.heirs.get((e.merchant, e.customer), e.customer) for e in events]
        places = sorted(range(len(events)), key=numbers.__getitem__)
        by_customer = groupby(places, numbers.__getitem__)
        await asyncio.gather(*(one_customer(list(mine)) for _, mine in by_customer))
        for place, answer in answers.items():
            self.answers[type(events[place]).__name__, answer] += 1
        return [answers[place] for place in range(len(events))]

    async def _tell(self, event: told.Event) -> str:
        match event:
            case told.NewTerms():
                await self.books[event.merchant].change(event.terms, event.at)
                return OK
            case told.Occasion():
                return await self._occasion(event)
            case told.Merge():
                return await self._merge(event)
            case told.Adjust():
                return await self._adjust(event)
            case _:
                return await self._tell_of_cart(event)

    async def _tell_of_cart(self, event: told.Event) -> str:
        match event:
            case told.Apply():
                answer = await self._apply(event)
            case told.Release():
                answer = await self._release(event)
            case told.Capture():
                answer = await self._capture(event)
            case told.Complete():
                answer = await self._complete(event)
            case told.Cancel():
                answer = await self._cancel(event)
            case told.GiveBack():
                answer = await self._give_back(event)
            case _:
                raise TypeError(type(event).__name__)
        return answer

    def _who(self, event: told.Event) -> Known:
        return self.customers[event.merchant, event.customer]

    def _merchant(self, event: told.Event) -> int:
        return self.books[event.merchant].merchant_id

    async def _occasion(self, event: told.Occasion) -> str:
        merchant, number = self._merchant(event), event.customer
        if (event.merchant, number) not in self.customers:
            draft = CustomerDraft(external_id=f"customer-{number}")
            owner = await self._runtime.directory.merchant(merchant)
            view = await upsert_customer(owner, draft, event.at, self._runtime.ids)
            self.customers[event.merchant, number] = Known(view.id, view.external_id)
        # Nothing is given any more to a guest who became somebody else.
        number = self.heirs.get((event.merchant, number), number)
        who = self.customers[event.merchant, number]
        key = Keyed("award", event.key or f"own-{self._runtime.ids.next()}")
        award = Award(
            merchant_id=merchant,
            customer_id=who.id,
            key=key.bind("award", who.id, event.name),
            kind=EarningKind(event.name.partition(":")[0]),
            occasion=event.name,
        )
        return _answer(await self._runtime.ledger.submit(award))

    async def _apply(self, event: told.Apply) -> str:
        wish = Wish(cart=Cart(event.cart, event.total_minor), points=event.points)
        outcome = await apply(
            self._runtime, self._merchant(event), self._who(event), wish, _key(event)
        )
        if outcome.refusal is not None:
            return "REFUSED"
        assert outcome.redemption is not None  # noqa: S101 - an accepted apply has one
        self._held[event.merchant, event.cart] = outcome.redemption.id
        return _answer(outcome)

    def _known(self, event: Any) -> RedemptionRef | None:  # noqa: ANN401 - any event of a cart
        number = self._held.get((event.merchant, event.cart))
        if number is None:
            return None
        return RedemptionRef(self._merchant(event), self._who(event).id, number)

    async def _release(self, event: told.Release) -> str:
        which = self._known(event)
        if which is None:
            return UNKNOWN
        return _answer(await release(self._runtime, which, None))

    async def _capture(self, event: told.Capture) -> str:
        which = self._known(event)
        if which is None:
            return UNKNOWN
        order = Order(event.order, event.total_minor)
        return _answer(await capture(self._runtime, which, order, None, _key(event)))

    async def _complete(self, event: told.Complete) -> str:
        known = self._known(event) if event.by == "id" else None
        sale = Completion(
            order_id=event.order,
            total_minor=event.total_minor,
            paid_minor=event.paid_minor,
            lines=_lines(event.lines),
            placed_at=event.placed_at,
            redemption_id=None if known is None else known.id,
            cart_id=event.cart if event.by == "cart" else None,
            lenient=event.lenient,
        )
        keyed = None if event.key is None else _key(event)
        merchant = self._merchant(event)
        return _answer(await complete_order(self._runtime, merchant, self._who(event), sale, keyed))

    async def _cancel(self, event: told.Cancel) -> str:
        who = self._who(event) if event.named else None
        keyed = None if event.key is None else _key(event)
        merchant = self._merchant(event)
        return _answer(await cancel_order(self._runtime, merchant, event.order, who, keyed))

    async def _give_back(self, event: told.GiveBack) -> str:
        who = self._who(event) if event.named else None
        keyed = None if event.key is None else _key(event)
        fact = RefundFact(
            refund_id=event.refund,
            amount_minor=event.amount_minor,
            lines_minor=event.lines_minor,
        )
        merchant = self._merchant(event)
        return _answer(await refund_order(self._runtime, merchant, event.order, fact, who, keyed))

    async def _merge(self, event: told.Merge) -> str:
        guest = self.customers[event.merchant, event.guest]
        named = (event.guest, event.customer)
        outcome = await merge(
            self._runtime, self._merchant(event), self._who(event), guest.id, _key(event), named
        )
        self.heirs[event.merchant, event.guest] = event.customer
        return _answer(outcome)

    async def _adjust(self, event: told.Adjust) -> str:
        outcome = await adjust(
            self._runtime,
            self._merchant(event),
            self._who(event),
            wallet=Wallet.COINS,
            delta=event.points,
            why=Reason("by hand", event.expires_at),
            keyed=_key(event),
        )
        return _answer(outcome)


def _key(event: told.Event) -> Keyed:
    assert event.key is not None  # noqa: S101 - the script gives these a key
    return Keyed(CALLER, event.key)


def _lines(lines: tuple[told.Line, ...] | None) -> tuple[CartLine, ...] | None:
    if lines is None:
        return None
    return tuple(
        CartLine(line.product, line.minor, collection_ids=(line.collection,)) for line in lines
    )


def _answer(outcome: Outcome) -> str:
    refusal = outcome.refusal
    if refusal is not None:
        return Code(refusal.code).value
    return AGAIN if outcome.replayed else OK


@asynccontextmanager
async def opened(url: str) -> AsyncGenerator[Play]:
    """The gateway's parts on an empty database, with two merchants; nothing sweeps by itself."""
    await migrate(url)
    settings = Settings(database_url=url, subscriptions=False, secret_key="y" * 32)
    clock = Clock()
    gateway = Gateway(settings, clock)
    await open_database(settings)
    await gateway.store.start()
    try:
        yield Play(gateway, clock, await open_books(gateway.runtime.ids, clock.now))
    finally:
        await gateway.runtime.ledger.drain()
        await gateway.store.stop()
        await close_database()
