"""Whatever the values are: the same data in the same order, the same errors at the same places."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult, execute

from gateway.http.documents import Document, DocumentCache, DocumentRejected
from gateway.http.limits import DocumentLimits
from gateway.http.shaping.executor import ShapingExecutor
from tests.shaping.documents import Author
from tests.shaping.executors import Alone
from tests.shaping.odd import Gardener, odd_schema

SCHEMA = odd_schema()
ROOTS = (("tree", "Tree"), ("named", "Named"))


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
    random = Random(f"trees of {faults}")
    documents = DocumentCache(SCHEMA, DocumentLimits())
    whole = broken = 0
    for number in range(150):
        root, type_name = random.choice(ROOTS)
        text = Author(SCHEMA, random).document("query", "", root, type_name)
        try:
            document = documents.get(text)
        except DocumentRejected:  # too large, or fields that cannot merge
            continue
        for _ in range(4):
            variables = {name: random.random() < 0.5 for name in ("yes", "no")}
            grown = [Gardener(Random(f"{number}"), faults).tree() for _ in range(2)]
            ours = await answered(ShapingExecutor, document, variables, grown[0])
            theirs = await answered(Alone, document, variables, grown[1])
            assert ours == theirs, (text, variables)
            whole, broken = whole + (not ours[1]), broken + bool(ours[1])
    await asyncio.sleep(0)  # what graphql-core left to the background
    assert whole > 20, (whole, broken)
    assert broken > 100 or faults < 0.1, (whole, broken)
