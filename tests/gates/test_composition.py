"""The subgraph composes with another one, by both compositions that there are."""

from __future__ import annotations

import re
from typing import Any

import pytest
from graphql import build_schema, print_type

from schema.subgraph import VERSION, subgraph_sdl
from tests.gates.worker import HERE, Worker
from tests.schema.facts import PUBLISHED

BOTH = pytest.mark.parametrize("who", ["apollo", "guild"])


def orders() -> str:
    """A subgraph that leads to customers and has the same amounts of money."""
    currencies = build_schema(PUBLISHED.read_text("utf-8")).type_map["CurrencyCode"]
    return (HERE / "orders.graphql").read_text("utf-8") + print_type(currencies)


def composed(worker: Worker, loyalty: str) -> dict[str, Any]:
    return worker.ask("compose", subgraphs={"loyalty": loyalty, "orders": orders()})


@pytest.fixture(scope="module")
def supergraphs(worker: Worker) -> dict[str, Any]:
    return composed(worker, subgraph_sdl(PUBLISHED.read_text("utf-8")))


@BOTH
def test_it_composes_without_error_or_hint(supergraphs: dict[str, Any], who: str):
    assert supergraphs[who]["errors"] == []
    assert supergraphs[who]["hints"] == []


@BOTH
def test_a_customer_is_one_type_of_both(supergraphs: dict[str, Any], who: str):
    supergraph = supergraphs[who]["supergraph"]
    found = re.search(r"^type Customer[^{]*\{.*?^\}", supergraph, re.MULTILINE | re.DOTALL)
    assert found
    keys = re.findall(r'graph: (\w+), key: "externalId"', found[0])
    assert sorted(keys) == ["LOYALTY", "ORDERS"]
    assert {"points", "history", "orders"} <= set(re.findall(r"^  (\w+)", found[0], re.MULTILINE))


@BOTH
def test_the_router_is_told_what_a_field_requires(supergraphs: dict[str, Any], who: str):
    supergraph = supergraphs[who]["supergraph"]
    for name, scope in (("captureRedemption", "loyalty:capture"), ("me", "loyalty:read_own")):
        line = next(
            line
            for line in re.sub(r"\([^()]*input: [^()]*\)", "", supergraph).splitlines()
            if line.startswith(f"  {name}:")
        )
        assert f'@requiresScopes(scopes: [["{scope}"]])' in line


@BOTH
def test_without_scopes_the_router_is_told_nothing_of_them(worker: Worker, who: str):
    plain = PUBLISHED.read_text("utf-8")
    found = composed(worker, subgraph_sdl(plain, scopes=False))[who]
    assert found["errors"] == []
    assert "requiresScopes" not in found["supergraph"]


@BOTH
def test_a_contract_that_does_not_compose_is_found(worker: Worker, who: str):
    """An amount that the other subgraph has as well, but not in the same way."""
    broken = subgraph_sdl(PUBLISHED.read_text("utf-8")).replace("Money @shareable", "Money")
    errors = composed(worker, broken)[who]["errors"]
    assert any("Money.amount" in error for error in errors), errors


def test_no_newer_version_is_understood_by_both(worker: Worker):
    """Should this fail one day, the version can be raised."""
    newer = subgraph_sdl(PUBLISHED.read_text("utf-8")).replace(f"/{VERSION}", "/v2.10")
    assert composed(worker, newer)["guild"]["errors"] != []
