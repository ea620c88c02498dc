"""Manifests on the command line: checked by a command, and by every start."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Loyalty
from tests.cli.running import Place
from tests.cli.test_serving import WEB
from tests.house.sources import ROOT

MANIFESTS = ROOT / "tests" / "fixtures" / "manifests"
RELAY = MANIFESTS / "relay-persisted-queries.json"


def broken(folder: Path) -> Path:
    path = folder / "broken.json"
    path.write_text('{"ab12": "query Wallet { nope }"}', "utf-8")
    return path


def test_check_documents_lists_every_operation_with_its_id(loyalty: Loyalty):
    listed = loyalty("check-documents", str(MANIFESTS)).output.splitlines()
    assert len(listed) == 16
    cost, name, key = next(line for line in listed if "PreviewRedemption" in line).split()
    assert int(cost) >= 1
    assert (name, key[:7]) == ("PreviewRedemption", "sha256:")


def test_check_documents_names_what_is_wrong(loyalty: Loyalty, place: Place):
    said = loyalty("check-documents", str(RELAY), str(broken(place.folder)), fails=True).stderr
    assert "broken.json: Wallet (ab12): Cannot query field 'nope'" in said


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"LOYALTY_TRUSTED_DOCUMENTS": "broken.json"}, "LOYALTY_TRUSTED_DOCUMENTS: broken.json: W"),
        ({"LOYALTY_TRUSTED_DOCUMENTS": "gone.json"}, "LOYALTY_TRUSTED_DOCUMENTS: gone.json cannot"),
        ({"LOYALTY_TRUSTED_ONLY": "true"}, "LOYALTY_TRUSTED_ONLY: without LOYALTY_TRUSTED_DOCUM"),
        (
            {
                "LOYALTY_TRUSTED_ONLY": "true",
                "LOYALTY_TRUSTED_DOCUMENTS": str(RELAY),
                "LOYALTY_FEDERATION": "true",
            },
            "LOYALTY_TRUSTED_ONLY: the router of a federated graph",
        ),
    ],
)
def test_no_gateway_starts_with_documents_that_cannot_serve(
    place: Place, settings: dict[str, str], reason: str
):
    broken(place.folder)
    done = Place(place.folder, {**place.settings, **settings}).run(
        "serve", "--migrate", "--port", "0"
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"Error: {reason}")


def test_several_workers_are_not_started_with_documents_that_cannot_serve(
    loyalty: Loyalty, place: Place, monkeypatch: pytest.MonkeyPatch
):
    """Each would fail, and be started again, without end. The database is not asked before."""
    monkeypatch.setenv("DATABASE_URL", "postgres://loyalty@127.0.0.1:1/nowhere")
    monkeypatch.setenv("LOYALTY_TRUSTED_DOCUMENTS", str(broken(place.folder)))
    said = loyalty("serve", "--workers", "2", "--port", "0", fails=True).stderr
    assert "Cannot query field 'nope'" in said


def test_a_gateway_that_trusts_manifests_alone_runs_nothing_else(place: Place):
    settings = {
        **place.settings,
        "LOYALTY_TRUSTED_DOCUMENTS": str(MANIFESTS),
        "LOYALTY_TRUSTED_ONLY": "true",
    }
    strict = Place(place.folder, settings)
    seeded = json.loads(strict.run("seed", "--customers", "2", "--json").stdout)
    headers = {"authorization": f"Bearer {seeded['adminKey']}"}
    relay: dict[str, str] = json.loads(RELAY.read_text("utf-8"))
    name, text = next(pair for pair in relay.items() if "query CheckoutPreviewQuery" in pair[1])
    cart = {"id": "c", "total": {"amount": "500.00", "currencyCode": "INR"}}
    customer = {"externalId": "custom_website-10001"}
    variables = {"input": {"cart": cart, "customer": customer}}
    with strict.serving("serve", "--port", "0") as running:

        def codes(**body: object) -> list[str]:
            answer = WEB.post(f"{running.address}/graphql", json=body, headers=headers).json()
            assert ("data" in answer) is not ("errors" in answer)
            return [error["extensions"]["code"] for error in answer.get("errors", ())]

        assert codes(documentId=name, variables=variables) == []
        assert codes(query=text, variables=variables) == []
        assert codes(query="{ program { name } }") == ["DOCUMENT_NOT_TRUSTED"]
        assert codes(query="{ __schema { types { name } } }") == ["DOCUMENT_NOT_TRUSTED"]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="the guide's commands need it")
def test_the_commands_of_the_guide_register_a_document_and_name_it(place: Place, port: int):
    guide = (ROOT / "docs" / "guides" / "documents.md").read_text("utf-8")
    [commands] = [b for b in re.findall(r"```sh\n(.*?)```", guide, re.DOTALL) if "HASH=" in b]
    keys = place.folder / "keys.json"
    arguments = ("demo", "--port", str(port), "--data-dir", "demo", "--credentials", str(keys))
    with place.serving(*arguments, port=port):
        given = json.loads(keys.read_text("utf-8"))
        names = {"ENDPOINT": given["endpoint"], "TOKEN": given["customers"][0]["token"]}
        done = subprocess.run(
            ["/bin/sh", "-c", commands],
            env={"PATH": os.environ["PATH"], **names},
            capture_output=True,
            text=True,
            check=True,
        )
    told = done.stdout.replace("}{", "}\n{").splitlines()
    assert "PersistedQueryNotFound" in told[0]
    assert told[1:] == [told[1]] * 3
    assert json.loads(told[1])["data"]["me"]["points"]["available"] > 0
