"""Which requests come from the same place."""

from __future__ import annotations

import pytest

from gateway.throttling.address import client_address


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("203.0.113.9", 5_000), "203.0.113.9"),
        (("2001:db8:1:2:3:4:5:6", 5_000), "2001:db8:1:2::/64"),
        (("2001:db8:1:2:ffff::1", 6_000), "2001:db8:1:2::/64"),
        (("::ffff:203.0.113.9", 5_000), "203.0.113.9"),
        (("fe80::1%eth0", 5_000), "fe80::/64"),
        (("not:an:address", 0), "not:an:address"),
        (("x" * 5_000, 0), "x" * 45),
        (("x:" * 5_000, 0), ("x:" * 23)[:45]),
        (None, ""),
    ],
)
def test_an_address_counts_as_its_network(client: tuple[str, int] | None, address: str):
    assert client_address({"client": client}) == address


def test_without_a_client_there_is_no_address():
    assert client_address({}) == ""
