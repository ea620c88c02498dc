"""The documentation says what the code does: documents, tables, names and links hold."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import click
import pytest
from graphql import GraphQLEnumType, GraphQLSchema, parse, validate

from gateway.cli import main
from gateway.errors import Code, RequestCode
from gateway.settings import variables
from resolvers.build import build_schema, executable
from tests.house.sources import ROOT, shown

DOCS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "clients").glob("*/*.md"),
    ],
    key=lambda path: path.as_posix(),
)
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUERY = re.compile(r'"query": ("(?:[^"\\]|\\.)*")')
TABLE = re.compile(r"<!-- configuration -->\n(.*?)<!-- /configuration -->", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
NAMED_FILE = re.compile(r"`((?:gateway|schema|resolvers|models|tests|docs)/[\w./-]+)`")
COMMAND = re.compile(r"\bloyalty ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)")
ADR_PARTS = ["Context", "Decision", "Consequences", "Rejected"]
README_LINES = 350


@cache
def schema() -> GraphQLSchema:
    return executable(build_schema())


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return [body for name, body in FENCE.findall(text) if name == language]


def prose(text: str) -> str:
    return FENCE.sub("", text)


def documents(path: Path) -> list[str]:
    """Every GraphQL document of a page: its blocks, and what its shell commands send."""
    text = text_of(path)
    sent = [
        json.loads(query.replace(r"\$", "$"))
        for block in blocks(text, "sh")
        for query in QUERY.findall(block)
    ]
    return [*blocks(text, "graphql"), *sent]


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub makes of the headings of a page."""
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", text_of(path)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", head.replace("`", "").lower()) for head in heads)
    return {head.replace(" ", "-") for head in plain}


def configuration_rows() -> list[str]:
    """A row for each setting; the page groups and orders them."""
    cells = ((f"`{row.name}`", row.default, row.allowed, row.meaning) for row in variables())
    return [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in cells]


def commands() -> set[str]:
    """Every command of the command line, with its subcommands."""
    found: set[str] = set()
    for name, command in main.commands.items():
        found.add(name)
        if isinstance(command, click.Group):
            found.update(f"{name} {below}" for below in command.commands)
    return found


CASES = [
    pytest.param(document, id=f"{shown(path)}-{number}")
    for path in DOCS
    for number, document in enumerate(documents(path), start=1)
]


def test_there_are_documents_to_check():
    assert len(CASES) > 20


@pytest.mark.parametrize("document", CASES)
def test_a_graphql_document_is_valid_against_the_schema(document: str):
    assert [error.message for error in validate(schema(), parse(document))] == []


def test_the_readme_has_the_configuration_table_of_the_settings():
    found = TABLE.search(text_of(ROOT / "README.md"))
    assert found is not None
    shown = [line for line in found[1].splitlines() if line.startswith("| `")]
    assert sorted(shown) == sorted(configuration_rows())


def test_the_readme_can_be_read_in_one_sitting():
    assert len(text_of(ROOT / "README.md").splitlines()) <= README_LINES


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_a_link_leads_to_a_file_and_a_heading_that_are_there(path: Path):
    for target in LINK.findall(text_of(path)):
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        assert not anchor or anchor in anchors(file), target


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_a_file_that_is_named_is_there(path: Path):
    assert [name for name in NAMED_FILE.findall(text_of(path)) if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_a_setting_that_is_named_is_one(path: Path):
    named = set(re.findall(r"\bLOYALTY_[A-Z_]*[A-Z]\b", text_of(path)))
    assert named <= {row.name for row in variables()}


@pytest.mark.parametrize("path", DOCS, ids=shown)
def test_a_command_that_is_shown_is_one(path: Path):
    text = text_of(path)
    spans = [*re.findall(r"`([^`\n]+)`", prose(text)), *blocks(text, "sh")]
    there = commands()
    for command in [found for span in spans for found in COMMAND.findall(span)]:
        assert command in there or command.partition(" ")[0] in there, command


def test_the_guide_says_what_to_do_for_every_code():
    text = text_of(ROOT / "docs" / "guides" / "checkout-integration.md")
    rows = set(re.findall(r"^\| `([A-Z_]+)`", text, re.MULTILINE))
    assert {code.value for code in (*Code, *RequestCode)} - rows == set()


def test_the_architecture_names_every_table():
    text = text_of(ROOT / "docs" / "architecture.md")
    created = "".join(text_of(path) for path in sorted((ROOT / "models/migrations").glob("*.sql")))
    tables = set(re.findall(r"^CREATE TABLE (\w+)", created, re.MULTILINE))
    renamed = dict(re.findall(r"^ALTER TABLE (\w+) RENAME TO (\w+)", created, re.MULTILINE))
    tables = {renamed.get(table, table) for table in tables}
    assert "journal" in tables
    assert {table for table in tables if f"`{table}`" not in text} == set()


def test_the_glossary_has_every_value_that_a_caller_can_meet():
    text = text_of(ROOT / "docs" / "glossary.md")
    for name in (
        "Wallet",
        "WalletUse",
        "RedemptionStatus",
        "RedemptionRuleKind",
        "ClawbackPolicy",
        "EarningRuleKind",
        "TierMeasure",
    ):
        enum = schema().type_map[name]
        assert isinstance(enum, GraphQLEnumType)
        assert [value for value in enum.values if f"`{value}`" not in text] == [], name


@pytest.mark.parametrize("path", ADRS, ids=shown)
def test_a_decision_has_its_four_parts_and_its_number(path: Path):
    text = text_of(path)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ADR_PARTS
    assert text.startswith(f"# {path.name[:4]} ")


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in ADRS]
    assert numbers == list(range(1, len(ADRS) + 1))
    assert len(ADRS) >= 8
