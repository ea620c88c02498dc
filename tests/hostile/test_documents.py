"""Documents that are made to cost: refused before they do, with a code, whoever sends them."""

from __future__ import annotations

import pytest

from tests.hostile.conftest import Besieged

LEVELS = 2_000
PARSE, VALIDATION = "GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"
CIRCLE = "{ ...A } fragment A on Query { me { id } ...B } fragment B on Query { ...C ...A }"
DOUBLING = "".join(
    f"fragment F{i} on Customer {{ a: points {{ ...F{i + 1} }} b: points {{ ...F{i + 1} }} }} "
    for i in range(60)
)

COSTLY: dict[str, tuple[str, int, str]] = {
    "20,000 aliases": (
        "{" + " ".join(f"a{i}: me {{ id }}" for i in range(20_000)) + "}",
        413,
        "BAD_USER_INPUT",
    ),
    "as many aliases as fit": (
        "{" + " ".join(f"a{i}:me{{id}}" for i in range(280)) + "}",
        200,
        VALIDATION,
    ),
    "10,000 directives": ("{ me " + "@skip(if:1)" * 5_000 + "{ id } }", 200, PARSE),
    "10,000 unknown directives": ("{ me " + "@a" * 10_000 + "{ id } }", 200, PARSE),
    "2,000 levels": ("{me" * LEVELS + "{id}" + "}" * LEVELS, 200, PARSE),
    "as many levels as fit": ("{me" * 600 + "{id}" + "}" * 600, 200, PARSE),
    "fragments in circles": (CIRCLE + " fragment C on Query { ...A }", 200, VALIDATION),
    "a fragment of itself": ("{ ...A } fragment A on Query { ...A }", 200, VALIDATION),
    "fragments that double": (
        "{ me { ...F0 } } " + DOUBLING + "fragment F60 on Customer { id }",
        200,
        VALIDATION,
    ),
    "one field many times": ("{ me {" + " id" * 1_900 + " } }", 200, VALIDATION),
    "one field many times where it is not used": (
        "{ me { id } } fragment F on Customer {" + " id" * 1_900 + " }",
        200,
        VALIDATION,
    ),
    "many roots": ("{" + " me { id }" * 240 + "}", 200, VALIDATION),
    "many unknown fields": ("{" + " ".join(f"f{i}" for i in range(900)) + "}", 200, VALIDATION),
    "a long document": ("{ me { id } }" + " " * 70_000, 200, PARSE),
    "deep input": ("{ customer(by: " + "{a:" * 600 + "1" + "}" * 600 + ") { id } }", 200, PARSE),
}


@pytest.mark.parametrize("kind", COSTLY)
def test_a_costly_document_is_refused_at_little_cost(besieged: Besieged, kind: str):
    """Sent five times, each a little different, so that none is known from before."""
    document, status, code = COSTLY[kind]
    with besieged.spending_at_most(cpu_seconds=2):
        for number, bearer in enumerate((None, besieged.token) * 2 + (None,)):
            answer = besieged.send(bearer, f"{document} #{number}")
            errors = answer.json()["errors"]
            assert (answer.status_code, "data" in answer.json()) == (status, False)
            assert {error["extensions"]["code"] for error in errors} == {code}
            assert len(answer.content) < 20_000


HIDDEN = {
    "introspection": "{ __schema { types { name } } }",
    "introspection of one type": '{ __type(name: "Query") { name } }',
    "introspection in a fragment": "{ ...F } fragment F on Query { __schema { types { name } } }",
    "a field nearly right": "{ program { nam } }",
    "a root field nearly right": "{ m { id } }",
    "an argument nearly right": '{ customer(b: { externalId: "x" }) { id } }',
    "an input field nearly right": '{ customer(by: { externalld: "x" }) { id } }',
    "a type nearly right": "query ($a: CartInpu) { me { id } }",
    "a directive nearly right": "{ me @skp(if: true) { id } }",
    "an enum value nearly right": (
        '{ redemptionPreview(input: { wallets: COIN, cart: { id: "c", total: { amount: "1",'
        " currencyCode: INR } } }) { points } }"
    ),
}


@pytest.mark.parametrize("kind", HIDDEN)
def test_the_schema_is_not_told(besieged: Besieged, kind: str):
    """No introspection, and no message that proposes the name that was meant."""
    answer = besieged.send(besieged.token, HIDDEN[kind]).json()
    assert {error["extensions"]["code"] for error in answer["errors"]} == {VALIDATION}
    assert "data" not in answer
    assert not [e for e in answer["errors"] if "Did you mean" in e["message"]]


def test_nor_by_a_variable_that_is_nearly_right(besieged: Besieged):
    document = "query ($by: CustomerRef!) { customer(by: $by) { id } }"
    answer = besieged.send(besieged.token, document, by={"externalld": "x"}).json()
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"BAD_USER_INPUT"}
    assert "Did you mean" not in str(answer)


def test_there_is_no_page_to_try_queries_on(besieged: Besieged):
    page = besieged.http.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"].partition(";")[0]) == (
        400,
        "application/json",
    )
    assert besieged.http.get("/graphql/assets/index.js").status_code == 404
