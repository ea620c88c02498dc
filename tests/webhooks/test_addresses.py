"""Nothing is sent into a network of our own, whatever a name says, or says next."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from gateway.errors import LoyaltyError
from gateway.services.webhook_urls import checked_url
from gateway.webhooks import addresses
from gateway.webhooks.addresses import is_public, resolve
from gateway.webhooks.sending import Result, Sender
from tests.webhooks.receiver import Certificates, certificates, receiving

NAME = "hooks.shop.example"
REFUSED = "the host has an address to which nothing is sent"


class Names:
    """A resolver that a test writes: one answer for each look-up, the last one for all others."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def trusted(tmp_path: Path) -> Certificates:
    return certificates(tmp_path, NAME)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.9", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16",
        "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:a00:1", "::7f00:1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "2001::1", "2002:7f00:1::1",
        "3fff::1", "100::1", "4000::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_refused(address: str):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "172.32.0.1", "100.128.0.1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2606:4700::1"],
)
def test_a_public_address_is_not(address: str):
    assert is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "017700000001", "127.1", "localhost"])
async def test_every_way_to_write_this_machine_leads_to_it_and_is_refused(host: str):
    assert not any(is_public(address) for address in await resolve(host, 443))


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example/hooks", "https://hooks.shop.example:443/a?b=c",
        "https://xn--bcher-kva.example:8443/",
    ],
)  # fmt: skip
def test_a_public_name_over_https_is_taken(url: str):
    assert checked_url(url, private=False) == url


@pytest.mark.parametrize(
    "url",
    [
        "", "http://shop.example/", "ftp://shop.example/", "//shop.example/", "https:///x",
        "https://user@shop.example/", "https://user:pw@shop.example/", "https://shop.example:22/",
        "https://shop.example:99999/", "https://shop.example/#x", "https://127.0.0.1/",
        "https://[::1]/", "https://2130706433/", "https://0x7f.1/", "https://localhost/",
        "https://metadata.google.internal/", "https://printer.local/", "https://shop/",
        "https://shop.example\\@evil.example/", "https://shop.example /", "https://bücher.example/",
        "https://shop.example/\n", "https://-.example/", "https://" + "a" * 2_000 + ".example/",
        "file:///etc/passwd", "http://127.0.0.1/", "https://shop.example.:443/", "https://@/",
    ],
)  # fmt: skip
def test_any_other_address_is_refused(url: str):
    with pytest.raises(LoyaltyError):
        checked_url(url, private=False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost:9/", "https://a.test:9/"])
def test_development_may_send_to_this_machine(url: str):
    assert checked_url(url, private=True) == url


async def send(sender: Sender, port: int, name: str = NAME) -> Result:
    try:
        return await sender.send(f"https://{name}:{port}/x", {"webhook-id": "1"}, "{}")
    finally:
        await sender.stop()


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["1.1.1.1", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fd00:ec2::254"], ["::1"]],
)
async def test_a_name_with_any_address_inside_is_not_sent_to(
    found: Sequence[str], trusted: Certificates
):
    async with receiving(trusted.server) as receiver:
        names = Names(found)
        sender = Sender(timeout_seconds=5, most=4, resolver=names, tls=lambda: trusted.client)
        result = await send(sender, receiver.port)
        assert (result.status, result.error) == (None, REFUSED)
        assert receiver.received == []
        assert names.asked == [(NAME, receiver.port)]


async def test_a_name_that_changes_after_the_check_gains_nothing(
    trusted: Certificates, monkeypatch: pytest.MonkeyPatch
):
    """The one look-up that was checked is the one that is connected to: a second has no use."""
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1")
    async with receiving(trusted.server) as receiver:
        names = Names(["127.0.0.1"], ["127.0.0.2"])
        sender = Sender(timeout_seconds=5, most=4, resolver=names, tls=lambda: trusted.client)
        assert (await send(sender, receiver.port)).status == 204
        assert len(names.asked) == 1
        assert (await send(sender, receiver.port)).error == REFUSED
        assert len(names.asked) == 2
        assert len(receiver.received) == 1


async def test_tls_and_host_say_the_name_though_the_address_is_pinned(trusted: Certificates):
    async with receiving(trusted.server) as receiver:
        sender = Sender(
            timeout_seconds=5,
            most=4,
            private=True,
            resolver=Names(["127.0.0.1"]),
            tls=lambda: trusted.client,
        )
        assert (await send(sender, receiver.port)).delivered
        assert receiver.names == [NAME]
        assert receiver.received[0].headers["host"] == f"{NAME}:{receiver.port}"


async def test_a_certificate_for_another_name_or_of_nobody_is_refused(trusted: Certificates):
    async with receiving(trusted.server) as receiver:
        for tls, name in ((lambda: trusted.client, "other.example"), (None, NAME)):
            sender = Sender(
                timeout_seconds=5, most=4, private=True, resolver=Names(["127.0.0.1"]), tls=tls
            )
            result = await send(sender, receiver.port, name)
            assert (result.error or "").startswith("TLS: ")
        assert receiver.received == []


async def test_a_proxy_of_the_environment_is_not_used(
    trusted: Certificates, monkeypatch: pytest.MonkeyPatch
):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with receiving(trusted.server) as receiver:
        sender = Sender(
            timeout_seconds=5,
            most=4,
            private=True,
            resolver=Names(["127.0.0.1"]),
            tls=lambda: trusted.client,
        )
        assert (await send(sender, receiver.port)).delivered


async def test_the_next_address_is_tried_where_one_is_closed(trusted: Certificates):
    async with receiving(trusted.server) as receiver:
        names = Names(["127.0.0.3", "127.0.0.1"])
        sender = Sender(
            timeout_seconds=5, most=4, private=True, resolver=names, tls=lambda: trusted.client
        )
        assert (await send(sender, receiver.port)).delivered


async def test_receivers_that_never_answer_use_no_connection_up():
    async with receiving() as receiver:
        receiver.held = asyncio.Event()
        sender = Sender(timeout_seconds=0.05, most=2, private=True)
        for _ in range(10):
            results = await asyncio.gather(
                *(sender.send(receiver.url, {"webhook-id": "1"}, "{}") for _ in range(2))
            )
            assert {each.status for each in results} == {None}
        receiver.held = None
        for _ in range(20):  # an attempt has little time here, and the machine may be busy
            if (await sender.send(receiver.url, {"webhook-id": "2"}, "{}")).delivered:
                break
        else:
            pytest.fail("no connection was left")
        await sender.stop()


async def test_a_name_without_an_address_is_a_failure_like_any_other():
    async def nowhere(_host: str, _port: int) -> Sequence[str]:
        import socket  # noqa: PLC0415 - for its error

        raise socket.gaierror(-2, "Name or service not known")

    sender = Sender(timeout_seconds=5, most=4, resolver=nowhere)
    assert (await send(sender, 443)).error == "the host has no address"
