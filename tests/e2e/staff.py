"""People at the console: made without a password, signed in by the cookie of a session."""

from __future__ import annotations

from itertools import count
from typing import Any

import httpx

from gateway.services.audit import SYSTEM
from gateway.services.staff import Role
from gateway.services.staff_links import Link, invite_staff, redeem
from gateway.services.staff_sessions import Lives, start_session
from tests.e2e.caller import Caller
from tests.e2e.serving import Served
from tests.e2e.shop import Shop

PASSWORD = "correct horse battery"
NUMBERS = count(1)


def console_headers(served: Served) -> dict[str, str]:
    """What the console's own page sends."""
    return {"x-loyalty-console": "1", "origin": f"http://127.0.0.1:{served.port}"}


async def invited(shop: Shop, role: Role = Role.OWNER, email: str | None = None) -> Link:
    """A link for somebody new."""
    runtime = shop.served.gateway.runtime
    address = email or f"person-{next(NUMBERS)}@shop.example"
    return await invite_staff(shop.merchant_id, address, role, runtime.clock(), runtime.ids, SYSTEM)


async def person(shop: Shop, role: Role = Role.OWNER, lives: Lives | None = None) -> Caller:
    """Somebody of that role, signed in."""
    clock = shop.served.clock
    link = await invited(shop, role)
    who = await redeem(link.token, f"A {role.value.lower()}", "no hash", clock())
    token = await start_session(who, lives or Lives(), clock())
    cookie = {"cookie": f"loyalty_session={token}"}
    return Caller(shop.served.http, cookie | console_headers(shop.served))


async def door(
    served: Served, path: str, body: Any = None, method: str = "POST", **headers: str
) -> httpx.Response:
    """Ask the console's door."""
    given = console_headers(served) | headers
    return await served.http.request(method, path, json=body, headers=given)


async def account(shop: Shop, email: str, role: Role = Role.OWNER) -> None:
    """Somebody with a real password."""
    link = await invited(shop, role, email)
    hashed = await shop.served.gateway.sign_in.passwords.hash(PASSWORD)
    await redeem(link.token, "Asha", hashed, shop.served.clock())


async def sign_in(
    served: Served, email: str, password: str = PASSWORD, **more: Any
) -> httpx.Response:
    return await door(
        served, "/console/door/session", {"email": email, "password": password, **more}
    )


def cookie_of(answer: httpx.Response) -> str:
    """The cookie that the answer hands over, to be sent back."""
    return answer.headers["set-cookie"].partition(";")[0]
