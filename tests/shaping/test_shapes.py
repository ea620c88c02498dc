"""What is prepared: for which selections, how much, how long it is kept, and what it keeps."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from graphql import execute

from gateway.http.documents import Document, DocumentCache
from gateway.http.limits import DocumentLimits
from gateway.http.shaping.executor import ShapingExecutor
from gateway.http.shaping.shapes import Shapes
from tests.shaping.odd import odd_schema
from tests.shaping.test_faults import grow

SCHEMA = odd_schema()
DOCUMENTS = DocumentCache(SCHEMA, DocumentLimits())


class Watched(ShapingExecutor):
    """Counts the objects that graphql-core completes."""

    left: list[str]

    def collect_and_execute_subfields(self, return_type: Any, *parts: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride] - handed on
        Watched.left.append(return_type.name)
        return super().collect_and_execute_subfields(return_type, *parts)


class Watchable(dict[str, Any]):
    """A context that a weak reference can watch."""


def left_to_graphql_core(document: Document, **variables: bool) -> list[str]:
    """The objects that nothing was prepared for; the answer must be right."""
    Watched.left = []
    result: Any = execute(
        SCHEMA,
        document.node,
        context_value={"tree": grow(1, 0)},
        variable_values=variables,
        executor_class=Watched,
        shapes=document.shapes,
    )
    assert not result.errors
    assert result.data["tree"]
    return Watched.left


def test_a_plain_selection_is_left_to_graphql_core_in_no_part():
    text = "{ tree { id leaf { said ...F } grid holes { odd } } } fragment F on Leaf { mood }"
    assert left_to_graphql_core(DOCUMENTS.get(text)) == []


def test_what_is_plain_below_something_else_is_prepared():
    text = "{ tree { leaf { sure } named { id } tree { leaves { sure mood } } } }"
    assert left_to_graphql_core(DOCUMENTS.get(text)) == ["Tree"]


def test_the_same_nodes_merged_with_others_are_another_selection():
    text = """{ tree { id a: tree { ...F tree { tags } } b: tree { ...F } } }
        fragment F on Tree { tree { id } }"""
    document = DOCUMENTS.get(text)
    result: Any = execute(
        SCHEMA,
        document.node,
        context_value={"tree": grow(1, 0, depth=3)},
        executor_class=ShapingExecutor,
        shapes=document.shapes,
    )
    assert set(result.data["tree"]["a"]["tree"]) == {"id", "tags"}
    assert set(result.data["tree"]["b"]["tree"]) == {"id"}


def test_each_choice_of_conditions_is_prepared():
    text = "query ($a: Boolean!) { tree { id leaf @include(if: $a) { sure @skip(if: $a) at } } }"
    document = DOCUMENTS.get(text)
    for choice in (True, False, True):
        assert left_to_graphql_core(document, a=choice) == []


def test_no_more_is_prepared_than_fits():
    """Choices of conditions multiply what a small document asks for."""
    names = [f"v{n}" for n in range(8)]
    given = ", ".join(f"${name}: Boolean!" for name in names)
    fields = " ".join(f"{name}: id @skip(if: ${name})" for name in names)
    document = DOCUMENTS.get(f"query ({given}) {{ tree {{ id {fields} }} }}")
    left = 0
    for number in range(256):
        left += len(
            left_to_graphql_core(
                document, **{n: bool(number >> i & 1) for i, n in enumerate(names)}
            )
        )
    assert left > 200
    assert left < 256


def test_nothing_of_a_request_is_kept():
    """What is prepared outlives the request that it was prepared for."""
    document = DOCUMENTS.get("{ tree { leaf { said maybe } tree { leaves { said } } } }")
    context = Watchable(tree=grow(1, 0))
    execute(
        SCHEMA,
        document.node,
        context_value=context,
        executor_class=ShapingExecutor,
        shapes=document.shapes,
    )
    gone = weakref.ref(context)
    del context
    gc.collect()
    assert gone() is None


def test_nothing_fits_into_nothing():
    document = DOCUMENTS.get("{ tree { tags } }")
    empty = Document(document.node, document.operations, document.costs, Shapes(most=0))
    assert left_to_graphql_core(empty) == ["Tree"]
    assert left_to_graphql_core(empty) == ["Tree"]
