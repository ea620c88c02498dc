"""The contract as a subgraph: it adds directives, and they say what the gateway enforces."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from graphql import build_schema, parse, print_ast, strip_ignored_characters

from gateway.cli import main
from schema.subgraph import subgraph_sdl
from tests.schema.facts import PUBLISHED, undescribed

PLAIN = PUBLISHED.read_text("utf-8")


def exported(*options: str) -> str:
    done = CliRunner().invoke(main, ["export-schema", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_without_its_directives_the_subgraph_is_the_plain_schema():
    without = re.sub(
        r" @(?:key|shareable|tag|requiresScopes)(?:\([^()]*\))?", "", exported("--federation")
    )
    without = re.sub(r"^extend schema .*\n", "", without)
    assert strip_ignored_characters(without) == strip_ignored_characters(print_ast(parse(PLAIN)))


def test_the_plain_schema_knows_nothing_of_federation():
    assert exported() == PLAIN
    assert re.findall(r"@\w+", PLAIN) == ["@oneOf"] * PLAIN.count("@oneOf")


def test_scopes_can_be_left_out_for_a_router_that_only_forwards():
    assert "requiresScopes" in exported("--federation")
    assert "requiresScopes" not in exported("--federation", "--no-scopes")
    alone = CliRunner().invoke(main, ["export-schema", "--no-scopes"])
    assert alone.exit_code == 2
    assert "--no-scopes goes with --federation" in alone.output


def test_what_is_not_for_shoppers_is_tagged_so_that_a_contract_can_leave_it_out():
    subgraph = build_schema(subgraph_sdl(PLAIN), assume_valid=True)
    kinds = (subgraph.query_type, subgraph.mutation_type)
    fields = {name: field for kind in kinds if kind for name, field in kind.fields.items()}
    tags = {
        name: [print_ast(each) for each in field.ast_node.directives if each.name.value == "tag"]
        for name, field in fields.items()
        if field.ast_node and field.ast_node.directives
    }
    assert tags["captureRedemption"] == ['@tag(name: "backend")']
    assert tags["merchant"] == tags["adjustPoints"] == ['@tag(name: "staff")']
    assert tags["applyRedemption"] == tags["me"] == []


def test_a_directive_that_is_there_stays():
    sdl = subgraph_sdl('type Query { me: Int @deprecated(reason: "old") }')
    assert 'me: Int @deprecated(reason: "old") @requiresScopes' in sdl


def test_a_root_field_without_a_scope_is_no_subgraph():
    with pytest.raises(KeyError, match=r"Query\.secret"):
        subgraph_sdl("type Query { secret: Int }")


def test_the_fields_for_the_router_are_described():
    from resolvers.build import build_schema as made  # noqa: PLC0415 - a schema of its own
    from resolvers.build import executable  # noqa: PLC0415

    subgraph = executable(made(), federation=True)
    added = set(subgraph.type_map) - set(build_schema(PLAIN).type_map)
    assert added == {"_Any", "_Entity", "_Service"}
    assert list(undescribed(subgraph)) == []
