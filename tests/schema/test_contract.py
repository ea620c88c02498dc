"""The schema is what was promised, is published as it is, and explains itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from graphql import GraphQLSchema, build_schema, validate_schema

from gateway.errors import Code
from gateway.ledger.movements import ACCOUNT_BUCKETS, LOT_BUCKETS, Kind
from resolvers.build import build_schema as made
from tests.schema.facts import PUBLISHED, facts, own_types, undescribed

HEART = Path(__file__).with_name("heart.graphql").read_text("utf-8")

DEVIATIONS = {
    "CaptureRedemptionInput.id": (
        "ID",
        "A backend that lost the id captures by the customer and the cart.",
    ),
    "Redemption.rule": (
        "RedemptionRule",
        "A redemption of store credit alone was made under no rule.",
    ),
}
"""Where the schema differs from the promise: its type instead, and why."""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema(made().as_str())


def test_the_published_file_is_the_schema():
    """Who changes the schema publishes it with `make schema`, and looks at the difference."""
    exported = f"{made().as_str()}\n"
    assert PUBLISHED.read_text("utf-8") == exported, "schema.graphql is old: run `make schema`"


def test_the_published_file_alone_is_a_valid_schema():
    assert validate_schema(build_schema(PUBLISHED.read_text("utf-8"))) == []


def test_everything_has_a_description(schema: GraphQLSchema):
    assert list(undescribed(schema)) == []


def test_what_lacks_a_description_is_found():
    bare = build_schema('"q" type Query { "f" a("d" x: Int, y: Int): E z: Int } "e" enum E { V }')
    assert list(undescribed(bare)) == ["Query.a(y)", "Query.z", "E.V"]


def test_a_nullable_field_says_what_null_means(schema: GraphQLSchema):
    """Every nullable thing that is answered is nullable for a reason that its description gives."""
    silent: list[str] = []
    for kind in own_types(schema):
        fields = getattr(kind, "fields", {})
        for name, field in fields.items():
            answered = hasattr(field, "args")
            nullable = not str(field.type).endswith("!")
            said = (field.description or "").lower()
            if answered and nullable and not re.search(r"null|where it is|as of|unless", said):
                silent.append(f"{kind.name}.{name}: {field.description}")
    assert silent == []


def test_every_promised_name_has_its_promised_type(schema: GraphQLSchema):
    promised, found = facts(build_schema(HEART, assume_valid=True)), facts(schema)
    differing = {
        name: (said, found.get(name))
        for name, said in promised.items()
        if found.get(name) != said and name != "Any" and not (said == "Any" and name in found)
    }
    assert {name: there for name, (_, there) in differing.items()} == {
        name: type_ for name, (type_, _) in DEVIATIONS.items()
    }, differing


def test_what_was_added_to_an_input_may_be_left_out(schema: GraphQLSchema):
    """A document that was written for the promise alone stays valid."""
    promised, found = facts(build_schema(HEART, assume_valid=True)), facts(schema)
    owners = {*promised, *map(_owner, promised)}
    required = [
        name
        for name, said in found.items()
        if name not in promised
        and _owner(name) in owners
        and (name.partition(".")[0].endswith(("Input", "Ref")) or "(" in name)
        and name.partition("(" if "(" in name else ".")[0]
        in promised  # the others are new in whole
        and said.endswith("!")
    ]
    assert required == []


def _owner(name: str) -> str:
    """What a fact is about: the field of an argument, the type of a field."""
    return name.partition("(")[0] if "(" in name else name.partition(".")[0]


def test_an_error_code_of_the_schema_is_one_of_the_gateway(schema: GraphQLSchema):
    """No code is known inside only, or outside only."""
    shown = {
        name.partition(".")[2] for name in facts(schema) if name.startswith("RedemptionErrorCode.")
    }
    assert shown == {code.name for code in Code}


def test_a_movement_is_described_in_the_words_of_the_ledger(schema: GraphQLSchema):
    entry: Any = schema.type_map["LedgerEntry"]
    kinds = set(re.findall(r"[A-Z_]{4,}", entry.fields["kind"].description))
    assert kinds == set(get_args(Kind))
    buckets = re.findall(r"\w+", entry.fields["source"].description)
    assert set(buckets) >= ACCOUNT_BUCKETS | LOT_BUCKETS


@pytest.mark.parametrize("root", ["Query", "Mutation"])
def test_a_root_field_has_one_input_of_its_own_or_plain_arguments(schema: GraphQLSchema, root: str):
    """Every mutation takes one `input`, so that arguments can be added without a break."""
    kind = schema.type_map[root]
    arguments = {name: list(field.args) for name, field in getattr(kind, "fields", {}).items()}
    if root == "Mutation":
        assert set(map(tuple, arguments.values())) == {("input",)}
    else:
        assert arguments["redemptionPreview"] == ["input"]
