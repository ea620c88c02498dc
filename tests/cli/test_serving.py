"""Serving for real: `demo` and `serve` as processes, stopped as a service manager stops them."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from gateway.cli.demo import prepare
from gateway.cli.session import run
from tests.cli.conftest import Loyalty
from tests.cli.running import Place, Running
from tests.e2e import documents as d

PREVIEW = """query($cart: CartInput!) {
  redemptionPreview(input: {cart: $cart}) { points discount { amount } }
}"""
CART = {"id": "cart-9", "total": {"amount": "500.00", "currencyCode": "INR"}}


WEB = httpx.Client(
    timeout=30,
    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # the default loads every authority, 30 ms
    limits=httpx.Limits(max_keepalive_connections=0),  # servers come and go at one address
)


def ask(endpoint: str, bearer: str, query: str, **variables: object) -> dict:
    body = {"query": query, "variables": variables}
    headers = {"authorization": f"Bearer {bearer}"}
    answer = WEB.post(endpoint, json=body, headers=headers).json()
    assert "errors" not in answer, answer
    (value,) = answer["data"].values()
    return value


def demo(place: Place, port: int) -> tuple[str, ...]:
    return ("demo", "--port", str(port), "--data-dir", "demo", "--credentials", "keys/demo.json")


def lines(page: str, pattern: str) -> list[str]:
    """The lines of the page that begin so."""
    return [line for line in page.splitlines() if re.match(pattern, line)]


def test_the_demo_works_as_its_page_says_and_keeps_its_keys(place: Place, port: int):
    with place.serving(*demo(place, port), port=port) as running:
        file = place.folder / "keys" / "demo.json"
        first = json.loads(file.read_text("utf-8"))
        assert list(first) == [
            "endpoint",
            "publishableKey",
            "secretWebhookId",
            "adminKey",
            "customers",
        ]
        assert all(list(each) == ["externalId", "token"] for each in first["customers"])
        assert first["endpoint"] == f"{running.address}/graphql"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert all(first[name] in running.out for name in first if name != "customers")
        asha = first["customers"][0]
        assert asha["externalId"] == "custom_website-10001"
        seen = ask(first["endpoint"], asha["token"], PREVIEW, cart=CART)
        assert seen == {"points": 100, "discount": {"amount": "100.00"}}
        assert_commands_work(running)
        assert running.end() == 0
        assert "Traceback" not in running.err

    with place.serving(*demo(place, port), port=port) as running:
        second = json.loads(file.read_text("utf-8"))
        same = ("publishableKey", "secretWebhookId", "adminKey")
        assert [second[name] for name in same] == [first[name] for name in same]
        me = ask(second["endpoint"], second["customers"][0]["token"], d.ME)
        assert me["points"]["available"] == 1_900


def assert_commands_work(running: Running) -> None:
    """The keys, then preview, apply and capture, pasted into a shell as they stand."""
    if shutil.which("curl") is None:
        pytest.skip("the commands of the page are for curl, which is not on this machine")
    keys = lines(running.out, "(?!APPLIED)[A-Z_0-9]+=")
    pasted = lines(running.out, "curl|APPLIED=")
    assert len(pasted) == 3
    script = "\n".join(keys) + "\n" + "\necho; echo ---\n".join(pasted)
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    preview, applied, paid = (json.loads(part) for part in done.stdout.split("---"))
    said = preview["data"]["redemptionPreview"]
    assert said["message"] == "Use 100 points and save ₹100.00."
    assert applied["data"]["applyRedemption"]["redemption"]["status"] == "HELD"
    captured = paid["data"]["captureRedemption"]
    assert captured["redemption"]["status"] == "CAPTURED"
    assert captured["customer"]["points"] == {"available": 1_900, "held": 0}


def test_whoever_deletes_the_demos_database_gets_a_new_demo(loyalty: Loyalty, place: Place):
    """Without serving: the demo is prepared three times, the third time on an empty folder."""
    first, second = (run(prepare, place.folder) for _ in range(2))
    for file in place.folder.glob("loyalty.db*"):
        file.unlink()
    third = run(prepare, place.folder)
    assert first.admin_key == second.admin_key != third.admin_key
    assert "live" in loyalty("credentials", "list").output


def test_stopped_under_load_it_finishes_what_it_accepted(place: Place, port: int):
    """Every answer that a client got is in the ledger; whoever got none finds one outcome."""
    keys = json.loads(place.run("seed", "--customers", "40", "--json").stdout)
    serve = ("serve", "--port", str(port))
    secret, wanted = keys["secretWebhookId"], range(400)

    def apply(number: int) -> str | None:
        given = {
            "customer": {"externalId": f"custom_website-{10_001 + number % 40}"},
            "cart": {**CART, "id": f"cart-{number}"},
            "points": 1,
            "idempotencyKey": f"key-{number}",
        }
        try:
            done = ask(f"http://127.0.0.1:{port}/graphql", secret, d.APPLY, input=given)
        except (httpx.TransportError, AssertionError, ValueError):
            return None  # refused while shutting down, or no answer at all
        return done["redemption"]["id"]

    with ThreadPoolExecutor(16) as pool:
        with place.serving(*serve, port=port) as running:
            first = pool.map(apply, wanted)
            answered = [next(first) for _ in range(50)]
            assert running.end() == 0
            answered += list(first)
            stopped = [json.loads(line) for line in running.err.splitlines()][-1]
            assert (stopped["event"], stopped["unfinished"]) == ("stopped", 0)
        assert None in answered, "it was not stopped under load"
        assert len([each for each in answered if each]) >= 50
        with place.serving(*serve, port=port):
            again = list(pool.map(apply, wanted))
    assert None not in again
    assert len(set(again)) == 400
    assert [new for old, new in zip(answered, again, strict=True) if old not in {None, new}] == []
    assert place.run("verify").returncode == 0
