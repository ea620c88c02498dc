"""Pure thought stays pure: no I/O, no clock, no chance, no framework, by any route."""

from __future__ import annotations

import grimp
import pytest

from tests.house.sources import PACKAGES

IMPURE = {
    "aiosqlite",
    "asyncio",
    "asyncpg",
    "datetime",
    "os",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "starlette",
    "strawberry",
    "subprocess",
    "threading",
    "time",
    "tortoise",
    "uuid",
}
PURE_LEDGER = ("commands", "state", "decide", "settle", "movements", "redeem")
GRAPH = grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)
PURE = sorted(
    ({"gateway.rules"} | GRAPH.find_descendants("gateway.rules"))
    | {f"gateway.ledger.{name}" for name in PURE_LEDGER} & GRAPH.modules
)


def impurities(graph: grimp.ImportGraph, module: str) -> set[str]:
    """The impure modules that one reaches, itself or through what it imports."""
    return graph.find_upstream_modules(module) & IMPURE


def test_the_search_finds_an_impurity_at_one_remove():
    graph = grimp.ImportGraph()
    graph.add_import(importer="rules", imported="money")
    graph.add_import(importer="money", imported="time")
    assert impurities(graph, "rules") == {"time"}


def test_the_rules_and_the_decision_are_among_the_pure():
    assert "gateway.rules.program" in PURE


@pytest.mark.parametrize("module", PURE)
def test_a_pure_module_reaches_nothing_impure(module: str):
    found = impurities(GRAPH, module)
    chains = [GRAPH.find_shortest_chain(module, name) for name in found]
    assert chains == []
