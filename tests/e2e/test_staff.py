"""Invitations, roles, new passwords: who comes in, and who is shut out."""

from __future__ import annotations

import asyncio

import pytest

from gateway.services.staff import Role
from tests.e2e import documents as d
from tests.e2e.caller import Caller, Json
from tests.e2e.serving import Served
from tests.e2e.shop import Shop
from tests.e2e.staff import PASSWORD, account, door, person, sign_in

pytestmark = pytest.mark.own_shop
VIEWER = "{ viewer { staff { id email name role } } }"
STAFF = "{ merchant { staff { id email role invited disabledAt } } }"


@pytest.fixture(autouse=True)
def patient(served: Served) -> None:
    served.gateway.sign_in._refused_after = 0
    served.clock.advance(3_600)


async def invite(owner: Caller, email: str, role: str = "MANAGER") -> Json:
    made = await owner.ask(d.INVITE_STAFF, input={"email": email, "role": role})
    assert made["userErrors"] == [], made
    return made


def token(made: Json) -> str:
    path, _, found = made["path"].partition("#")
    assert path == "/console/invitation"
    return found


async def use(served: Served, link: str, **given: str):
    return await door(served, "/console/door/invitation", {"token": link, **given})


async def test_an_invitation_lets_somebody_in_once(shop: Shop, served: Served):
    owner = await person(shop)
    link = token(await invite(owner, "ravi@shop.example"))
    looked = (await use(served, link)).json()
    assert looked["email"] == "ravi@shop.example"
    assert (looked["kind"], looked["merchant"]) == ("INVITE", "Chai & Co.")
    done = await use(served, link, name="Ravi", password=PASSWORD)
    assert done.json()["staff"] == {
        "name": "Ravi",
        "email": "ravi@shop.example",
        "role": "MANAGER",
    }
    assert "set-cookie" in done.headers
    again = await use(served, link, password="another password")
    assert again.status_code == 400
    assert again.json()["errors"][0]["extensions"]["field"] == ["token"]
    assert (await sign_in(served, "ravi@shop.example")).status_code == 200


async def test_of_two_who_use_a_link_at_once_one_gets_in(shop: Shop, served: Served):
    owner = await person(shop)
    link = token(await invite(owner, "race@shop.example"))
    both = await asyncio.gather(*(use(served, link, password=PASSWORD + str(n)) for n in range(2)))
    assert sorted(answer.status_code for answer in both) == [200, 400]


async def test_a_link_is_too_old_after_a_week_and_void_when_there_is_a_newer_one(
    shop: Shop, served: Served
):
    owner = await person(shop)
    first = token(await invite(owner, "late@shop.example"))
    second = token(await invite(owner, "late@shop.example"))
    assert (await use(served, first)).status_code == 400
    assert (await use(served, second)).status_code == 200
    served.clock.advance(7 * 86_400)
    assert (await use(served, second, password=PASSWORD)).status_code == 400


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaaaa", "weakling@shop.example 1"])
async def test_a_weak_password_is_refused_and_the_link_still_works(
    shop: Shop, served: Served, weak: str
):
    owner = await person(shop)
    link = token(await invite(owner, "weakling@shop.example"))
    answer = await use(served, link, password=weak)
    assert answer.json()["errors"][0]["extensions"]["field"] == ["password"]
    assert (await use(served, link, password=PASSWORD)).status_code == 200


async def test_a_new_password_signs_every_browser_out_and_unlocks(shop: Shop, served: Served):
    owner = await person(shop)
    await account(shop, "forgot@shop.example", Role.SUPPORT)
    for _ in range(5):
        await sign_in(served, "forgot@shop.example", "a wrong password")
    staff = (await owner.ask(STAFF))["staff"]
    who = next(each["id"] for each in staff if each["email"] == "forgot@shop.example")
    made = await owner.ask(d.RESET_STAFF, input={"id": who})
    done = await use(served, token(made), password="a new password of mine")
    assert done.status_code == 200
    assert (await sign_in(served, "forgot@shop.example")).status_code == 401
    right = await sign_in(served, "forgot@shop.example", "a new password of mine")
    assert right.status_code == 200


async def test_who_is_shut_out_is_out_at_once(shop: Shop):
    owner, manager = await person(shop), await person(shop, Role.MANAGER)
    who = (await manager.ask(VIEWER))["staff"]["id"]
    done = await owner.ask(d.UPDATE_STAFF, input={"id": who, "disabled": True})
    assert done["staff"]["disabledAt"] is not None
    assert (await manager.send(VIEWER)).status == 401
    back = await owner.ask(d.UPDATE_STAFF, input={"id": who, "disabled": False})
    assert back["staff"]["disabledAt"] is None
    assert (await manager.send(VIEWER)).status == 401


async def test_another_role_counts_from_the_next_request_on(shop: Shop):
    owner, support = await person(shop), await person(shop, Role.SUPPORT)
    who = (await support.ask(VIEWER))["staff"]["id"]
    change = {"input": {"enabled": False}}
    assert (await support.send(d.CHECKOUT, **change)).error == {"code": "FORBIDDEN"}
    await owner.ask(d.UPDATE_STAFF, input={"id": who, "role": "MANAGER"})
    assert (await support.ask(d.CHECKOUT, **change))["userErrors"] == []


async def test_nobody_changes_their_own_role(shop: Shop):
    owner = await person(shop)
    me = (await owner.ask(VIEWER))["staff"]["id"]
    done = await owner.ask(d.UPDATE_STAFF, input={"id": me, "role": "SUPPORT"})
    assert done["userErrors"][0]["field"] == ["id"]


async def test_an_owner_remains(shop: Shop):
    """Two owners shut each other out at the same time: one of them stays."""
    one, two = await person(shop), await person(shop)
    ids = [(await each.ask(VIEWER))["staff"]["id"] for each in (one, two)]
    await asyncio.gather(
        one.send(d.UPDATE_STAFF, input={"id": ids[1], "disabled": True}),
        two.send(d.UPDATE_STAFF, input={"id": ids[0], "disabled": True}),
    )
    found = (await shop.admin.ask(STAFF))["staff"]
    assert [e for e in found if e["role"] == "OWNER" and e["disabledAt"] is None]


async def test_people_of_another_merchant_are_not_there(shop: Shop, other_shop: Shop):
    owner, stranger = await person(shop), await person(other_shop)
    who = (await stranger.ask(VIEWER))["staff"]["id"]
    for document in (d.UPDATE_STAFF, d.RESET_STAFF):
        done = await owner.ask(document, input={"id": who})
        assert done["userErrors"][0]["message"] == "There is no such staff member."


async def test_an_address_that_has_an_account_is_not_invited_again(shop: Shop):
    owner = await person(shop)
    await account(shop, "there@shop.example")
    made = await owner.ask(d.INVITE_STAFF, input={"email": "There@shop.example", "role": "SUPPORT"})
    assert made["path"] is None
    assert made["userErrors"][0]["field"] == ["email"]
