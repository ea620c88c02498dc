"""From which network a request comes, as far as a limit is concerned."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import IPv6Address
from typing import Any

_NETWORK_BITS = 64
_LONGEST = 45
"""Characters of an address; what is longer is none."""


def client_address(scope: Mapping[str, Any]) -> str:
    """The address of an ASGI request's client, an IPv6 one by its /64; empty where unknown.

    One customer of a provider is given at least a /64, so the addresses in it are one caller. The
    server puts the client here, also from the header of a proxy that it trusts.
    """
    client = scope.get("client")
    host: str = client[0] if client else ""
    return _network(host) if ":" in host else host[:_LONGEST]


@lru_cache(maxsize=4_096)
def _network(host: str) -> str:
    try:
        address = IPv6Address(host[: _LONGEST + 1])
    except ValueError:
        return host[:_LONGEST]
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    shift = 128 - _NETWORK_BITS
    return f"{IPv6Address(int(address) >> shift << shift)}/{_NETWORK_BITS}"
