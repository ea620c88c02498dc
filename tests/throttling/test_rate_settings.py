"""How limits are set, and what is refused because it would limit nobody, or everybody."""

from __future__ import annotations

import pytest

from gateway.admission.making import make
from gateway.errors import ConfigurationError
from gateway.settings import load
from gateway.throttling.bucket import Rate
from tests.e2e.serving import SECRET_KEY, Clock

RATE, PROXIES = "LOYALTY_RATE_CUSTOMER", "LOYALTY_FORWARDED_ALLOW_IPS"


@pytest.mark.parametrize(
    ("text", "rate"), [("20,300", Rate(20, 300)), ("1, 1", Rate(1, 1)), ("off", None), ("0", None)]
)
def test_a_rate_is_so_much_a_second_and_so_much_at_once(text: str, rate: Rate | None):
    assert load({RATE: text}).rate_customer == rate


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((RATE, text) for text in ("", "20", "20,", "0,5", "5,0", "-1,5", "1.5,5", "5,5,5", "on")),
        (RATE, "100001,5"),
        (RATE, "5,10000001"),
        *((PROXIES, text) for text in ("", "*", "proxy.example", "10.0.0.1/8", "10.0.0.1,")),
        (PROXIES, "0.0.0.0/0"),
        (PROXIES, "::/0"),
        ("LOYALTY_RATE_STORAGE", "redis"),
    ],
)
def test_what_is_no_rate_and_no_proxy_is_refused(name: str, text: str):
    with pytest.raises(ConfigurationError, match=name):
        load({name: text})


def test_proxies_are_addresses_and_networks():
    settings = load({PROXIES: "10.0.0.0/8, 2001:db8::1"})
    assert settings.forwarded_allow_ips == ("10.0.0.0/8", "2001:db8::1")


def test_sqlite_shares_no_limits():
    settings = load({"LOYALTY_RATE_STORAGE": "database", "LOYALTY_SECRET_KEY": SECRET_KEY})
    with pytest.raises(ConfigurationError, match="needs PostgreSQL"):
        make(settings, Clock())
