"""Whatever the values are: the same data in the same order, the same errors at the same places."""

from __future__ import annotations

import asyncio
from random import Random
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, Undefined, execute

from gateway.http.documents import Document, DocumentCache, DocumentRejected
from gateway.http.limits import DocumentLimits
from gateway.http.shaping.executor import ShapingExecutor
from tests.shaping.documents import Author
from tests.shaping.executors import Alone
from tests.shaping.odd import Gardener, odd_schema

SCHEMA = odd_schema()
ROOTS = (("tree", "Tree"), ("named", "Named"))


def grow(number: int, faults: float, depth: int = 2) -> Any:
    return Gardener(Random(number), faults).tree(depth)  # noqa: S311 - the same tree each time


async def answered(executor: Any, document: Document, variables: Any, tree: Any) -> Any:
    result = execute(
        SCHEMA,
        document.node,
        context_value={"tree": tree},
        variable_values=variables,
        executor_class=executor,
        shapes=document.shapes,
    )
    if not isinstance(result, ExecutionResult):
        result = await result
    errors = [(e.formatted, type(e.original_error)) for e in result.errors or ()]
    return orjson.dumps(result.data), errors


@pytest.mark.parametrize("faults", [0, 0.03, 0.2])
async def test_the_answer_is_that_of_graphql_core(faults: float):
    random = Random(f"trees of {faults}")  # noqa: S311 - the same documents each time
    documents = DocumentCache(SCHEMA, DocumentLimits())
    whole = broken = 0
    for number in range(100):
        root, type_name = random.choice(ROOTS)
        text = Author(SCHEMA, random).document("query", "", root, type_name)
        try:
            document = documents.get(text)
        except DocumentRejected:  # too large, or fields that cannot merge
            continue
        for _ in range(4):
            variables = {name: random.random() < 0.5 for name in ("yes", "no")}
            grown = [grow(number, faults), grow(number, faults)]
            ours = await answered(ShapingExecutor, document, variables, grown[0])
            theirs = await answered(Alone, document, variables, grown[1])
            assert ours == theirs, (text, variables)
            whole, broken = whole + (not ours[1]), broken + bool(ours[1])
    await asyncio.sleep(0)  # what graphql-core left to the background
    assert whole > 20, (whole, broken)
    assert broken > 100 or faults < 0.1, (whole, broken)


ALL = """{ tree { id tags grid shade { sure } leaves { sure mood } holes { odd }
  tree { id leaf { sure maybe share odds said } perhaps { at } } %s } }"""


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("tags", lambda _: "tag"),
        ("tags", lambda _: {"a"}),
        ("tags", lambda _: iter("ab")),
        ("tags", lambda _: {"a": 1}),
        ("tags", lambda _: ["a", None]),
        ("tags", lambda _: 5),
        ("grid", lambda _: [[1], None]),
        ("grid", lambda _: [[1, "one"]]),
        ("holes", lambda _: [None, Undefined, ValueError("a hole")]),
        ("leaves", lambda _: None),
        ("leaf", lambda tree: SimpleNamespace(**vars(tree.leaf))),
        ("tree", lambda tree: SimpleNamespace(**vars(tree.tree))),
        ("tree", lambda tree: tree.leaf),
        ("tree", lambda _: Undefined),
        ("named", lambda tree: tree.leaf),
        ("id", lambda _: None),
        ("id", lambda _: 7),
    ],
)
async def test_one_thing_that_is_wrong_is_told_as_graphql_core_tells_it(field: str, wrong: Any):
    text = ALL % ("named { id }" if field == "named" else "")  # with it, not all is prepared
    document = DocumentCache(SCHEMA, DocumentLimits()).get(text)
    trees = [grow(3, 0), grow(3, 0)]
    right = await answered(Alone, document, {}, grow(3, 0))
    for tree in trees:
        setattr(tree, field, wrong(tree))
    ours = await answered(ShapingExecutor, document, {}, trees[0])
    theirs = await answered(Alone, document, {}, trees[1])
    assert ours == theirs
    assert theirs != right or field == "leaf"  # which has no `is_type_of`
