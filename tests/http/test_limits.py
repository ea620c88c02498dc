"""The size of a document, counted as it would run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from graphql import get_introspection_query, parse

from gateway.http.documents import DocumentCache, DocumentRejected
from gateway.http.limits import DocumentLimits, excesses
from tests.http.asgi import post
from tests.http.toy import Toy

ROOMY = DocumentLimits(
    depth=100, aliases=10**9, directives=10**9, root_fields=10**9, fields=10**9, mutation_fields=9
)


def messages(query: str, limits: DocumentLimits) -> list[str]:
    return [error.message for error in excesses(parse(query), limits)]


def nested(levels: int) -> str:
    return "{ me " * (levels - 1) + "{ hello }" + " }" * (levels - 1)


@pytest.mark.parametrize(
    ("query", "limit", "noun", "size"),
    [
        (nested(5), "depth", "levels deep", 5),
        ("{ a: x  b: x { c: x } }", "aliases", "aliases", 3),
        ("{ ...F  ...F } fragment F on Q { a: x }", "aliases", "aliases", 2),
        ("{ ... on Q { me { ...F } } } fragment F on Q { a: x }", "depth", "levels deep", 2),
        ("{ x @a y { z @b @c ... @d { w } } }", "directives", "directives", 4),
        ("query ($v: I @a) @b { ...F @c } fragment F on Q @d { x }", "directives", "d", 4),
        ("{ a: x  b ...F } fragment F on Q { c  b }", "root_fields", "root fields", 3),
        ("{ x { y  z } ...F ...F } fragment F on Q { w }", "fields", "fields", 5),
    ],
)
def test_sizes_count_fragments_wherever_they_are_spread(
    query: str, limit: str, noun: str, size: int
) -> None:
    """At the limit nothing is said; one below it, the number found and the limit are."""
    assert messages(query, replace(ROOMY, **{limit: size})) == []
    [message] = messages(query, replace(ROOMY, **{limit: size - 1}))
    assert noun in message
    assert str(size) in message
    assert f"at most {size - 1} are allowed" in message


def test_every_operation_is_measured_and_the_largest_is_named() -> None:
    errors = excesses(parse("{ x }\nquery B { me { x } }"), DocumentLimits(depth=1))
    assert [error.locations for error in errors] == [[(2, 1)]]


def test_all_operations_together_are_bounded_for_each_is_validated_and_priced() -> None:
    """A quarter of a second of work in 5 kB, of which one operation of no cost would run."""
    fragment = "fragment F on Query { " + "...G " * 40 + "} fragment G on Query { hello hello }"
    query = fragment + "".join(f"query A{n} {{ ...F }}" for n in range(300))
    [message] = messages(query, DocumentLimits())
    assert "select 36300 fields and fragments in all; at most 2500 are allowed" in message
    assert messages(fragment + "{ ...F }", DocumentLimits(selections=121)) == []
    assert messages(fragment + "{ ...F }", DocumentLimits(selections=120)) != []


def test_fragments_that_double_at_each_level_are_measured_without_being_expanded() -> None:
    """2^40 aliases: expanding them would never end."""
    levels = range(40)
    doubling = "".join(
        f"fragment F{i} on Q {{ a: me {{ ...F{i + 1} }} b: me {{ ...F{i + 1} }} }}" for i in levels
    )
    query = f"{{ ...F0 }} {doubling} fragment F40 on Q {{ x }}"
    found = messages(query, DocumentLimits(depth=100))
    assert found[0] == "The operation asks for more than a million aliases; at most 30 are allowed."


@pytest.mark.parametrize(
    "query",
    [
        "{ ...F0 }"
        + "".join(f"fragment F{i} on Q {{ ...F{i + 1} }}" for i in range(250))
        + "fragment F250 on Q { x }",
        nested(150),
    ],
)
def test_nesting_that_would_exhaust_the_stack_is_refused(query: str) -> None:
    assert messages(query, ROOMY) == [
        "The document nests selections and fragments more than 100 deep."
    ]


@pytest.mark.parametrize("spread", ["...", "me { ... } "])
def test_fragments_in_a_circle_are_left_to_validation(spread: str) -> None:
    into_b, into_a = (spread.replace("...", f"...{name}") for name in "BA")
    query = f"{{ ...A }} fragment A on Query {{ {into_b} }} fragment B on Query {{ {into_a} }}"
    assert messages(query, DocumentLimits()) == []
    with pytest.raises(DocumentRejected, match="VALIDATION") as caught:
        DocumentCache(Toy().schema, DocumentLimits()).get(query)
    assert "Cannot spread fragment 'A' within itself" in caught.value.errors[0].message


def test_an_unknown_fragment_is_left_to_validation() -> None:
    assert messages("{ ...Nope me { ...Nope } }", DocumentLimits()) == []


@pytest.mark.parametrize(
    "query",
    [
        "mutation { a: charge  b: charge }",
        "mutation { charge  bump }",
        "mutation { charge ...F } fragment F on Mutation { ... on Mutation { bump } }",
    ],
)
def test_a_mutation_changes_one_thing(query: str) -> None:
    assert messages(query, DocumentLimits()) == [
        "The mutation asks for 2 changes; at most 1 are allowed in one request."
    ]
    assert messages(query, DocumentLimits(mutation_fields=2)) == []


@pytest.mark.parametrize("yes", [True, False])
@pytest.mark.parametrize(
    ("query", "runs"),
    [
        ("{ a: bump @include(if: $yes)  b: bump @skip(if: $yes) }", False),
        ("{ bump @skip(if: $yes)  charge @include(if: $yes) }", False),
        ("{ ...F @include(if: $yes)  ...F @skip(if: $yes)  b: bump }", False),
        ("{ ... @include(if: $yes) { bump } ... on Mutation @skip(if: $yes) { b: bump } }", False),
        ("{ bump(by: 1) @include(if: $yes)  bump(by: 2) }", False),
        ("{ bump  ...F @include(if: $yes) }", True),
        ("{ bump @include(if: $yes)  bump @skip(if: $yes)  bump  ...F }", True),
        ("{ bump @include(if: $yes) @skip(if: $yes)  __typename }", True),
    ],
)
async def test_no_document_changes_two_things_however_it_is_written(
    query: str, runs: bool, yes: bool
) -> None:
    """Counted behind the endpoint, whatever the directives leave of the document."""
    toy = Toy()
    fragments = "fragment F on Mutation { bump  ...G } fragment G on Mutation { bump }"
    text = f"mutation ($yes: Boolean!) {query}" + (fragments if "...F" in query else "")
    exchange = await post(toy.endpoint, text, variables={"yes": yes})
    assert ("errors" not in exchange.json) is runs
    assert toy.bumped == (1 if runs and "bump" in exchange.json["data"] else 0)


async def test_of_several_operations_each_is_held_to_one_change_and_one_runs(toy: Toy) -> None:
    text = "mutation A { bump } mutation B { bump(by: 10) }"
    assert (await post(toy.endpoint, text, operationName="B")).json == {"data": {"bump": 10}}
    text = "mutation A { bump } mutation B { a: bump  b: bump }"
    [error] = (await post(toy.endpoint, text, operationName="A")).json["errors"]
    assert "2 changes" in error["message"]
    assert toy.bumped == 10


def test_fields_that_are_merged_into_one_count_once() -> None:
    assert messages("mutation { charge  charge  __typename }", DocumentLimits()) == []


def test_only_the_listed_mutations_count_where_a_list_is_given() -> None:
    limits = DocumentLimits(counted_mutations=frozenset({"charge"}))
    assert messages("mutation { charge  bump  b: bump }", limits) == []
    assert len(messages("mutation { charge  b: charge  bump }", limits)) == 1


def test_tools_may_introspect_within_the_default_limits() -> None:
    query = get_introspection_query(specified_by_url=True, input_value_deprecation=True)
    assert DocumentCache(Toy().schema, DocumentLimits()).get(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{" + " hello" * 31 + "}", "Document contains more than 30 tokens"),
        ("{ hello }" + " " * 200, "has 209 characters; at most 200 are allowed"),
    ],
)
def test_long_documents_are_not_parsed_to_the_end(query: str, message: str) -> None:
    documents = DocumentCache(Toy().schema, DocumentLimits(tokens=30, characters=200))
    with pytest.raises(DocumentRejected, match="PARSE") as caught:
        documents.get(query)
    assert message in caught.value.errors[0].message
