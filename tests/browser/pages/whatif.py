"""A draft tried on what a demo's customers have looked at and bought."""

from __future__ import annotations

import json
import time
from typing import Any

import httpx

from tests.browser.hands import Hands
from tests.browser.pages.plain import Show
from tests.e2e import documents as d
from tests.e2e.caller import money

PEOPLE = 14
MARK = "regular-0"
KEYS = {"admin": "adminKey", "backend": "secretWebhookId"}


def furnish(demo: dict[str, Any]) -> None:
    """Let some customers look at carts and buy; wait until that is written down."""
    bearers = {name: {"authorization": f"Bearer {demo[key]}"} for name, key in KEYS.items()}
    with httpx.Client(timeout=30) as http:
        _furnish(http, demo["endpoint"], bearers)


def _furnish(http: httpx.Client, endpoint: str, bearers: dict[str, dict[str, str]]) -> None:
    def ask(who: str, document: str, **given: Any) -> Any:
        body = {"query": document, "variables": given}
        answer = http.post(endpoint, json=body, headers=bearers[who]).json()
        assert "errors" not in answer, answer
        return next(iter(answer["data"].values()))

    if ask("admin", d.CUSTOMER, by={"externalId": MARK}) is not None:
        return
    for n in range(PEOPLE):
        who = {"externalId": f"regular-{n}"}
        tier = {"tags": ["vip"]} if n % 3 == 0 else {}
        ask("backend", d.UPSERT, input={**who, **tier})
        grant = {"customer": who, "reason": "Welcome", "idempotencyKey": f"w-{n}"}
        ask("admin", d.ADJUST, input={**grant, "delta": 40 + 130 * n})
        for cart in (f"b-{n}", f"c-{n}"):
            total = {"id": cart, "total": money(f"{180 + 95 * n}.00")}
            ask("backend", d.PREVIEW, input={"customer": who, "cart": total})
            if n % 4:
                _buy(ask, who, total, cart, points=bool(n % 2))
    _recorded(http, endpoint, bearers["admin"])


def _buy(ask: Any, who: dict[str, str], cart: dict[str, Any], key: str, *, points: bool) -> None:
    sale: dict[str, Any] = {"customer": who, "order": {"id": key, "total": cart["total"]}}
    if points:
        given = {"customer": who, "cart": cart, "idempotencyKey": f"a-{key}"}
        made = ask("backend", d.APPLY, input=given)["redemption"]
        if made is not None:
            sale["redemptionId"] = made["id"]
    ask("backend", d.COMPLETE_ORDER, input=sale)


def _recorded(http: httpx.Client, endpoint: str, bearer: dict[str, str]) -> None:
    """Ask until all carts can be replayed: they are written down every few seconds."""
    rule = {"name": "any", "kind": "FIXED_AMOUNT", "points": 1, "discount": money("1.00")}
    body = {"query": d.WHAT_IF, "variables": {"input": {"rule": rule}}}
    until = time.monotonic() + 30
    while time.monotonic() < until:
        headers = {**bearer, "accept": "text/event-stream"}
        lines = http.post(endpoint, json=body, headers=headers).text.splitlines()
        told = [json.loads(line[6:]) for line in lines if line.startswith("data: ")]
        found = told[-1]["data"]["whatIf"]["result"]["carts"]
        if found >= 2 * PEOPLE:
            return
    raise TimeoutError("The carts are not written down.")


def try_out(hands: Hands) -> None:
    """A new rule, tried before it is made."""
    hands.go("/rules/new/amount")
    hands.write("Name", "1 point = ₹1, at most ₹250")
    hands.write("… are worth", "1")
    hands.write("Maximum discount", "250")
    hands.press("Try on past carts")
    hands.sees("Discounts would have cost")


def _end(hands: Hands) -> None:
    try_out(hands)
    hands.press("How this is worked out")
    hands.page.run(
        "[...document.querySelectorAll('[role=dialog] summary')].at(-1).scrollIntoView()"
    )


PAGES: dict[str, Show] = {"what-if": try_out, "what-if-end": _end}
