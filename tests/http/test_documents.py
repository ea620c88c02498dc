"""Documents are parsed and validated once, and bad ones cannot push out good ones."""

from __future__ import annotations

import pytest
from graphql import OperationType, build_schema

from gateway.errors import RequestCode
from gateway.http.documents import DocumentCache, DocumentRejected
from gateway.http.limits import DocumentLimits
from tests.http.toy import Toy

SCHEMA = build_schema(
    """
    type Query { points: Int  customer(id: ID!): Query }
    type Mutation { charge: Int  refund: Int }
    """
)


def cache(size: int = 100, max_bytes: int = 10**7, **limits: object) -> DocumentCache:
    settings = DocumentLimits(**limits)  # pyright: ignore[reportArgumentType] - any limit
    return DocumentCache(SCHEMA, settings, size, max_bytes=max_bytes)


def rejected(documents: DocumentCache, query: str) -> DocumentRejected:
    with pytest.raises(DocumentRejected) as caught:
        documents.get(query)
    return caught.value


def test_the_same_text_gives_the_same_document_and_other_text_another() -> None:
    documents = cache()
    assert documents.get("{ points }") is documents.get("{ points }")
    assert documents.get("{ points }") is not documents.get("{points}")


def test_a_document_knows_the_type_of_the_operation_that_would_run() -> None:
    document = cache().get("query A { points } mutation B { charge }")
    assert document.kind("A") is OperationType.QUERY
    assert document.kind("B") is OperationType.MUTATION
    assert document.kind(None) is None
    assert document.kind("C") is None
    assert cache().get("mutation B { charge }").kind(None) is OperationType.MUTATION
    assert cache().get("mutation B { charge }").kind("A") is None
    assert cache().get("{ points }").kind(None) is OperationType.QUERY


def test_the_document_used_longest_ago_goes_first() -> None:
    documents = cache(size=2)
    kept = documents.get("{ points }")
    gone = documents.get("{ a: points }")
    assert documents.get("{ points }") is kept
    documents.get("{ b: points }")
    assert documents.get("{ points }") is kept
    assert documents.get("{ a: points }") is not gone


def test_documents_are_bounded_by_bytes_as_well_as_by_number() -> None:
    documents = cache(max_bytes=12_000)
    first = documents.get("{ points }")  # some 6,000 bytes as weighed
    for name in "abcdefgh":
        documents.get(f"{{ {name}: points }}")
    assert documents.get("{ points }") is not first


def test_a_document_larger_than_the_whole_cache_is_served_and_not_kept() -> None:
    documents = cache(max_bytes=100)
    assert documents.get("{ points }") is not documents.get("{ points }")


def test_bad_documents_never_push_out_good_ones() -> None:
    documents = cache(size=2)
    good = documents.get("{ points }")
    for i in range(300):
        rejected(documents, f"{{ nope{i} }}")
    assert documents.get("{ points }") is good


def test_a_rejection_is_remembered_and_raised_afresh_each_time() -> None:
    documents = cache()
    first, second, third = (rejected(documents, "{ nope }") for _ in range(3))
    assert first.errors is not None
    assert second is not third
    assert second.errors is third.errors is first.errors


def test_errors_hold_no_part_of_the_document_and_bounded_text() -> None:
    name = "n" * 5_000
    for error in rejected(cache(), f"{{ {name} a b c d e f g h i j k l m n o p q r s t }}").errors:
        assert error.nodes is None
        assert error.source is None
        assert len(error.message) <= 501


@pytest.mark.parametrize(
    ("query", "code", "message", "line_and_column"),
    [
        ("{", RequestCode.PARSE_FAILED, "Syntax Error: Expected Name, found <EOF>.", (1, 2)),
        ("", RequestCode.PARSE_FAILED, "Syntax Error: Unexpected <EOF>.", (1, 1)),
        ("{\n nope }", RequestCode.VALIDATION_FAILED, "Cannot query field 'nope'", (2, 2)),
    ],
)
def test_a_rejection_says_what_and_where(
    query: str, code: RequestCode, message: str, line_and_column: tuple[int, int]
) -> None:
    rejection = rejected(cache(), query)
    assert rejection.code is code
    assert rejection.errors[0].message.startswith(message)
    assert rejection.errors[0].locations == [line_and_column]


def test_a_lone_surrogate_in_the_text_is_rejected_not_a_crash() -> None:
    assert rejected(cache(), "{ \ud800 }").code is RequestCode.PARSE_FAILED


def test_with_introspection_off_the_schema_stays_hidden() -> None:
    open_, closed = cache(), cache(introspection=False)
    for query in ("{ __schema { types { name } } }", '{ __type(name: "Query") { name } }'):
        assert open_.get(query)
        assert "introspection has been disabled" in rejected(closed, query).errors[0].message
    assert "Did you mean" in rejected(open_, "{ point }").errors[0].message
    assert "Did you mean" not in rejected(closed, "{ point }").errors[0].message
    assert closed.get("{ __typename }")


def test_extra_rules_are_applied() -> None:
    from graphql import FieldNode, GraphQLError, ValidationRule  # noqa: PLC0415 - for this test

    class NoPoints(ValidationRule):
        def enter_field(self, node: FieldNode, *_: object) -> None:
            self.report_error(GraphQLError("No.", node))

    documents = DocumentCache(SCHEMA, DocumentLimits(), extra_rules=[NoPoints])
    assert rejected(documents, "{ points }").errors[0].message == "No."


def test_comparing_fields_of_one_name_with_each_other_ends_soon() -> None:
    """Also in a fragment that no operation uses, whose fields no limit counts."""
    documents = DocumentCache(Toy().schema, DocumentLimits())
    many = "{ hello } fragment F on Query {" + " hello" * 400 + " }"
    with pytest.raises(DocumentRejected, match="VALIDATION") as caught:
        documents.get(many)
    expected = "The document asks for the same fields too many times."
    assert [error.message for error in caught.value.errors] == [expected]
    composed = "{" + " ...F" * 40 + " } fragment F on Query { hello me { hello number } }"
    apart = [f"fragment F{i} on Query {{ hello me {{ hello number }} }}" for i in range(40)]
    assert documents.get(composed)
    assert documents.get(f"{{ {' '.join(f'...F{i}' for i in range(40))} }} {' '.join(apart)}")
