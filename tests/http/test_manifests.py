"""Manifests as the tools write them, and as nobody should."""

from __future__ import annotations

import re
from pathlib import Path

import orjson
import pytest

from gateway.errors import ConfigurationError
from gateway.http.documents import DocumentCache
from gateway.http.limits import DocumentLimits
from gateway.http.manifests import Entry, read_manifests
from gateway.http.trusted import TrustedDocuments
from tests.http.test_registering import QUERY, hash_of
from tests.http.toy import Toy

APOLLO = {
    "format": "apollo-persisted-query-manifest",
    "version": 1,
    "operations": [{"id": hash_of(QUERY), "name": "Hello", "type": "query", "body": QUERY}],
}
HASHED = f"sha256:{hash_of(QUERY)}"


def written(folder: Path, content: object, name: str = "manifest.json") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))
    return path


def trusting(*paths: Path) -> TrustedDocuments:
    trusted = TrustedDocuments(DocumentCache(Toy().schema, DocumentLimits()))
    for entry in read_manifests(paths):
        trusted.add(entry)
    return trusted


def complaint(*paths: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        trusting(*paths)
    return str(caught.value)


@pytest.mark.parametrize("content", [APOLLO, {HASHED: QUERY}, {hash_of(QUERY): QUERY}])
def test_apollos_codegens_and_relays_shape_say_the_same(tmp_path: Path, content: object):
    trusted = trusting(written(tmp_path, content))
    assert len(trusted) == 1
    assert trusted.text(hash_of(QUERY)) == QUERY


def test_an_operation_has_the_name_that_its_text_gives_it():
    assert Entry(Path(), "a", "fragment F on Q { x } query Hello($a: I) { x }").name == "Hello"
    assert Entry(Path(), "a", "{ x }").name == "a document without a name"


def test_a_directory_stands_for_its_json_files_and_several_may_share_documents(tmp_path: Path):
    written(tmp_path, {HASHED: QUERY}, "codegen.json")
    written(tmp_path, {"old": QUERY, "bump": "mutation { bump }"}, "relay.json")
    written(tmp_path, b"not read", "README.md")
    trusted = trusting(tmp_path, written(tmp_path, APOLLO, "apollo.json"))
    assert len(trusted) == 2
    assert trusted.text("old") == trusted.text(hash_of(QUERY)) == QUERY


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "is not valid JSON in UTF-8"),
        (b'{"a": "\xff"}', "is not valid JSON in UTF-8"),
        ([], "is no manifest of documents"),
        (7, "is no manifest of documents"),
        ({**APOLLO, "version": 2}, "is no manifest of documents"),
        ({**APOLLO, "format": "other"}, "is no manifest of documents"),
        ({**APOLLO, "operations": {}}, "is no manifest of documents"),
        ({}, "holds no documents"),
        ({**APOLLO, "operations": []}, "holds no documents"),
        ({**APOLLO, "operations": [7]}, "'7' is not an id of 1 to 256 characters"),
        ({**APOLLO, "operations": [{"id": "a"}]}, "'a' is not an id of 1 to 256 characters"),
        ({"": QUERY}, "'' is not an id"),
        ({"x" * 257: QUERY}, "is not an id"),
        ({"a": None}, "'a' is not an id"),
        ({"a": "query Broken { nope }"}, r"Broken \(a\): Cannot query field 'nope'.*column 16\)"),
        ({"a": "query Broken {"}, r"Broken \(a\): Syntax Error.*line 1, column 15\)"),
        ({"a": "mutation M { a: bump b: bump }"}, r"M \(a\): The mutation asks for 2 changes"),
        ({f"sha256:{hash_of('other')}": QUERY}, r"Hello \(sha256:.*: the id is not the SHA-256"),
        ({"a": QUERY, hash_of(QUERY): "{ hello }"}, "the same id stands for another document"),
    ],
)
def test_a_manifest_that_cannot_serve_is_refused_by_file_operation_and_reason(
    tmp_path: Path, content: object, reason: str
):
    path = written(tmp_path, content)
    said = complaint(path)
    assert said.startswith(str(path))
    assert re.search(reason, said), said
    assert len(said) < 700


def test_two_manifests_may_not_give_one_id_to_two_documents(tmp_path: Path):
    first, second = ({"a": QUERY}, {"a": "{ hello }"})
    said = complaint(written(tmp_path, first, "1.json"), written(tmp_path, second, "2.json"))
    assert "2.json" in said


def test_what_is_not_there_is_named(tmp_path: Path):
    assert complaint(tmp_path / "gone.json").endswith(
        "gone.json cannot be read: No such file or directory."
    )
    assert "no *.json file" in complaint(tmp_path)
