"""Where a webhook may be sent: to public addresses alone, whatever a name resolves to.

A merchant names the host, so without this the gateway could be sent into its own network, or to
the metadata service of its cloud. Every address that a name has is looked at, and the connection
is made to an address that was, so that a name which changes meanwhile gains nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host for a port. Raises OSError where it has none."""

# Written out, and not `is_global`: what that covers changes between releases of Python.
_NOT_PUBLIC_4: Final = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's NAT; also metadata at some clouds
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's own host, under a public address
        "169.254.0.0/16",  # link-local, with the metadata service 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_PUBLIC_6: Final = ip_network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(
    ip_network(text)
    for text in (
        "2001::/23",  # protocol assignments, with Teredo, which holds an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address
        "3fff::/20",  # documentation
    )
)
_NAT64: Final = ip_network("64:ff9b::/96")
"""IPv4 as a network without it reaches it; the last 32 bits are the address."""


class AddressRefusedError(Exception):
    """A name has an address to which nothing is sent. Does not say which."""


def is_public(text: str) -> bool:
    """Whether anything may be sent to this address."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is None:
            public = address.scope_id is None and address in _PUBLIC_6
            return public and not any(address in network for network in _NOT_PUBLIC_6)
        address = inner
    return not any(address in network for network in _NOT_PUBLIC_4)


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system, which also reads every way in which an address can be written as a name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def checked(host: str, port: int, resolver: Resolver, *, private: bool) -> list[str]:
    """The addresses of a host, if all of them are public; with `private`, whatever they are.

    Raises AddressRefusedError, or OSError where there is none.
    """
    addresses = list(await resolver(host, port))
    if not addresses:
        raise OSError("the host has no address")
    if not private and not all(is_public(address) for address in addresses):
        raise AddressRefusedError
    return addresses
