"""A small store's year on each engine: every answer, balance, order and tier as worked out."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import year
from benchmarks.place import Engine
from benchmarks.year.events import Complete, GiveBack
from benchmarks.year.naive import Naive
from benchmarks.year.script import script
from benchmarks.year.yearly import year_on

ALONE = ("events", "naive", "orders", "purse", "script", "terms")
"""What the recomputation is made of."""


async def test_a_year_comes_to_what_is_worked_out_from_its_events(
    database_url: str, engine: Engine
):
    result = await year_on(engine, database_url, seed=7, customers=60, orders=600)
    assert result.differences == []
    assert result.verified == []
    assert result.holds
    assert result.events > 1_500
    for kind in ("CAPTURE", "CLAWBACK", "DEBT", "EARN", "EXPIRE", "HOLD_EXPIRED", "REFUND"):
        assert result.moved[kind][0] > 0
    assert result.late_captures
    assert result.refused_captures


def test_what_is_compared_with_knows_nothing_of_the_gateway():
    folder = Path(year.__file__).parent
    for name in ALONE:
        tree = ast.parse((folder / f"{name}.py").read_text("utf-8"))
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        assert not [m for m in modules if m and m.split(".")[0] in {"gateway", "models", "schema"}]


def test_a_seed_is_a_story_and_another_seed_another_one():
    assert script(1, 20, 100) == script(1, 20, 100)
    assert script(1, 20, 100) != script(2, 20, 100)


def test_the_story_has_every_kind_of_trouble():
    told = script(3, 100, 2_000)
    kinds = Counter(type(event).__name__ for event in told)
    assert len(kinds) == 10
    assert min(kinds[name] for name in kinds if name not in {"NewTerms", "Merge"}) > 30
    completions = [event for event in told if isinstance(event, Complete)]
    assert {event.by for event in completions} == {"id", "cart", "nothing"}
    assert {event.lenient for event in completions} == {True, False}
    first = {event.order: event.at for event in reversed(completions)}
    early = [e for e in told if isinstance(e, GiveBack) and e.at < first.get(e.order, 0)]
    assert len(early) > 50


@pytest.mark.parametrize("seed", [1, 2])
def test_the_naive_books_repeat(seed: int):
    events = script(seed, 20, 100)
    first, second = Naive(), Naive()
    assert [first.tell(event) for event in events] == [second.tell(event) for event in events]
