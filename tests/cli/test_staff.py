"""Links for people, from the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Loyalty


@pytest.fixture
def merchant(loyalty: Loyalty) -> None:
    loyalty("merchant", "create", "Chai & Co.", "--currency", "INR")


def test_an_invitation_is_a_link_and_the_person_is_listed(merchant: None, loyalty: Loyalty):
    link = loyalty("staff", "invite", "Asha@shop.example", "--role", "manager").output.strip()
    assert link.startswith("http://127.0.0.1:8000/console/invitation#si_")
    assert "MANAGER  invited   asha@shop.example  asha" in loyalty("staff", "list").output


def test_a_link_leads_to_where_the_console_is_reached(
    merchant: None, loyalty: Loyalty, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("LOYALTY_CONSOLE_URL", "https://loyalty.shop.example")
    link = loyalty("staff", "invite", "asha@shop.example").output
    assert link.startswith("https://loyalty.shop.example/console/invitation#si_")
    again = loyalty("staff", "reset", "asha@shop.example").output
    assert again.startswith("https://loyalty.shop.example/console/invitation#si_")
    assert again != link


def test_who_is_not_there_gets_no_new_password(merchant: None, loyalty: Loyalty):
    done = loyalty("staff", "reset", "nobody@shop.example", fails=True)
    assert "nobody has the address" in done.stderr


def test_an_address_has_to_look_like_one(merchant: None, loyalty: Loyalty):
    assert "e-mail address" in loyalty("staff", "invite", "asha", fails=True).stderr
