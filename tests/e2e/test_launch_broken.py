"""Each item of the go-live test turns red when the very thing that it looks at is broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import pytest

from gateway.errors import Code, Refusal
from gateway.rules.facts import Cart
from gateway.rules.plan import Plan, plan
from gateway.rules.program import MinimumPayment, Program
from gateway.services import (
    launch_customers,
    launch_orders,
    launch_refusals,
    launch_words,
    previews,
    redemptions,
)
from gateway.services.claims import TokenRejected
from gateway.services.launch_check import STEPS
from gateway.services.launch_trial import Trial
from gateway.services.redemptions import Keyed
from gateway.services.tokens import TokenService
from tests.e2e.caller import money
from tests.e2e.launching import items, of_status, ready, sandboxed
from tests.e2e.shop import Shop

pytestmark = pytest.mark.own_shop

Patch = pytest.MonkeyPatch
Breakage = Callable[[Patch], None]


def planning(patch: Patch, change: Callable[..., Plan]) -> None:
    """Let previews plan in another way; what is applied goes on as it is."""
    monkey: Any = change
    patch.setattr(previews, "plan", monkey)


def generous(patch: Patch) -> None:
    def more(*given: Any) -> Plan:
        made = plan(*given)
        return replace(made, discount_minor=made.discount_minor + 1) if made.eligible else made

    planning(patch, more)


def without(patch: Patch, **parts: Any) -> None:
    """Previews overlook a part of every rule."""

    def overlook(program: Program, *given: Any) -> Plan:
        rules = tuple(replace(rule, **parts) for rule in program.rules)
        return plan(replace(program, rules=rules), *given)

    planning(patch, overlook)


def boundless(patch: Patch) -> None:
    without(patch, maximum_discount_minor=None)


def any_cart(patch: Patch) -> None:
    without(patch, minimum_cart_minor=0)


def free(patch: Patch) -> None:
    def nothing_to_pay(program: Program, *given: Any) -> Plan:
        return plan(replace(program, minimum_payment=MinimumPayment()), *given)

    planning(patch, nothing_to_pay)


def last_rule(patch: Patch) -> None:
    def the_last(program: Program, cart: Cart, *given: Any) -> Plan:
        return plan(replace(program, rules=program.rules[-1:]), cart, *given)

    planning(patch, the_last)


def hopeful(patch: Patch) -> None:
    def lacks_less(*given: Any) -> Plan:
        made = plan(*given)
        lacking = Refusal(Code.INSUFFICIENT_POINTS, shortfall_points=7)
        return replace(made, refusals=(lacking,)) if made.refusals else made

    planning(patch, lacks_less)


def nobody(patch: Patch) -> None:
    async def found(*_: Any) -> None:
        return None

    patch.setattr(launch_customers, "read_customer", found)


def believing(patch: Patch) -> None:
    own = TokenService.verify

    async def verify(self: TokenService, token: str, now: int, *more: Any) -> Any:
        try:
            return await own(self, token, now, *more)
        except TokenRejected:
            return None

    patch.setattr(TokenService, "verify", verify)


def of_another(patch: Patch) -> None:
    own = TokenService.verify

    async def verify(*given: Any) -> Any:
        return replace(await own(*given), external_id="somebody")

    patch.setattr(TokenService, "verify", verify)


def ungiving(patch: Patch) -> None:
    async def have(*_: Any) -> None:
        return None

    patch.setattr(Trial, "have", have)


def promising(patch: Patch) -> None:
    """Quotes never end."""

    async def quoted(runtime: Any, *given: Any) -> Any:
        return await previews.preview(replace(runtime, clock=lambda: 1_890_000_000_000_000), *given)

    patch.setattr(launch_refusals, "preview", quoted)


def greedy(patch: Patch) -> None:
    """An apply takes all, whatever was asked for."""
    own = redemptions.apply

    async def apply(runtime: Any, merchant: int, who: Any, wish: Any, *given: Any, **more: Any):
        return await own(runtime, merchant, who, replace(wish, points=None), *given, **more)

    patch.setattr(redemptions, "apply", apply)


def forgetful(patch: Patch) -> None:
    """No key is known again."""
    own = redemptions.apply
    count = iter(range(1_000_000))

    async def apply(runtime: Any, merchant: int, who: Any, wish: Any, keyed: Any, **more: Any):
        other = Keyed("test", f"{keyed.key}-{next(count)}")
        return await own(runtime, merchant, who, wish, other, **more)

    patch.setattr(redemptions, "apply", apply)


def keeping(patch: Patch) -> None:
    """A release gives nothing back."""

    async def release(runtime: Any, which: Any, *_: Any, **__: Any) -> Any:
        from gateway.ledger.commands import Outcome  # noqa: PLC0415 - for one breakage
        from gateway.services.history import find_redemption  # noqa: PLC0415 - the same

        found = await find_redemption(which.merchant_id, which.customer_id, which.id, 0)
        return Outcome(redemption=found)

    patch.setattr(redemptions, "release", release)


def mute(patch: Patch) -> None:
    patch.setattr(launch_words, "offer_message", lambda *_: "")


def underpaid(patch: Patch) -> None:
    own = launch_orders.complete_order

    async def complete(*given: Any) -> Any:
        done = await own(*given)
        order = replace(done.order, paid_minor=1) if done.order else None
        return replace(done, order=order)

    patch.setattr(launch_orders, "complete_order", complete)


def unkind(patch: Patch) -> None:
    """A refund is heard and nothing comes of it."""
    own = launch_orders.refund_order

    async def refund(runtime: Any, merchant: int, order_id: str, fact: Any) -> Any:
        return await own(runtime, merchant, order_id, replace(fact, amount_minor=1))

    patch.setattr(launch_orders, "refund_order", refund)


BREAKAGES: Final[dict[str, Breakage]] = {
    "customer-external-id": nobody,
    "customer-phone": nobody,
    "customer-email": nobody,
    "customer-token": of_another,
    "expired-session": believing,
    "points-fetched": ungiving,
    "correct-rule": last_rule,
    "discount-accurate": generous,
    "maximum-discount": boundless,
    "totals": generous,
    "minimum-cart": any_cart,
    "minimum-payment": free,
    "no-free-order": free,
    "wording": mute,
    "insufficient-points": hopeful,
    "expired-quote": promising,
    "partial-redemption": greedy,
    "failed-payment": keeping,
    "duplicate-apply": forgetful,
    "order-completed": underpaid,
    "order-refunded": unkind,
}
SETTINGS: Final = {"integration-on", "secret-webhook-id", "allowed-origins"}
"""Broken by what the merchant sets: see test_launch_check.py."""


def test_every_item_is_broken_by_something():
    assert set(BREAKAGES) | SETTINGS == {step.id for step in STEPS}


@pytest.mark.parametrize("name", BREAKAGES)
async def test_an_item_is_red_when_its_thing_is_broken_and_nothing_stays(
    shop: Shop, monkeypatch: Patch, name: str
):
    await ready(shop)
    await shop.make_rule(name="Half", points=2, minimumCart=money("200.00"), priority=5)
    wanted = [name] if name != "order-refunded" else ["order-completed", name]
    with monkeypatch.context() as patch:
        BREAKAGES[name](patch)
        found = await items(shop, *wanted)
    assert of_status(found, "FAILED") == {name}, found
    assert any(each["wrong"] for each in found[name]["evidence"]) or found[name]["advice"]
    assert found[name]["advice"]
    assert found["nothing-left"]["status"] == "PASSED"
    assert set(await sandboxed(shop)) <= {0}
    mended = await items(shop, *wanted)
    assert of_status(mended, "FAILED") == set(), mended


async def test_a_step_that_breaks_down_fails_alone(shop: Shop, monkeypatch: Patch):
    await ready(shop)

    async def apply(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(redemptions, "apply", apply)
    found = await items(shop)
    assert of_status(found, "FAILED") >= {"totals", "failed-payment", "order-completed"}
    assert "ZeroDivisionError" in str(found["totals"]["evidence"])
    assert of_status(found, "PASSED") >= {"correct-rule", "wording", "nothing-left"}
