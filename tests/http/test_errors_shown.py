"""What a caller sees of an error, and what is only reported."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.errors import RequestCode, RequestError
from gateway.http.limits import DocumentLimits
from gateway.http.request_id import RequestId
from tests.http.asgi import JSON, Exchange, post, scope
from tests.http.toy import Toy

GRAPHQL = (b"accept", b"application/graphql-response+json")


async def shown(toy: Toy, query: str, **variables: object) -> dict[str, Any]:
    """Return the first entry of `errors`."""
    return (await post(toy.endpoint, query, variables=variables)).json["errors"][0]


async def test_a_bug_is_masked_and_reported_once_with_the_request_id(toy: Toy) -> None:
    exchange = Exchange([b'{"query": "{ hello fail(how: \\"bug\\") }"}'])
    headers = (*JSON, (b"x-request-id", b"req-7"))
    await RequestId(toy.endpoint)(scope(headers=headers), exchange.receive, exchange.send)
    assert exchange.json["errors"] == [
        {
            "message": "Internal server error",
            "extensions": {"code": "INTERNAL_SERVER_ERROR", "requestId": "req-7"},
            "locations": [{"line": 1, "column": 9}],
            "path": ["fail"],
        }
    ]
    [(error, request_id)] = toy.unexpected
    assert (str(error), request_id) == ("password=hunter2", "req-7")
    assert error.__traceback__ is not None


async def test_one_exception_behind_two_errors_is_reported_once(toy: Toy) -> None:
    exchange = await post(toy.endpoint, "{ failTwice }")
    assert [error["path"] for error in exchange.json["errors"]] == [
        ["failTwice", 0],
        ["failTwice", 1],
    ]
    assert len(toy.unexpected) == 1


async def test_a_request_error_from_a_resolver_is_shown_with_its_code_and_field(toy: Toy) -> None:
    error = await shown(toy, '{ fail(how: "forbidden") }')
    assert error["message"] == "Staff only."
    assert error["extensions"] == {"code": "FORBIDDEN", "field": ["input", "id"]}
    busy = await shown(toy, '{ fail(how: "busy") }')
    assert busy["extensions"] == {"code": "OVERLOADED", "retryAfterSeconds": 3}
    assert toy.unexpected == []


@pytest.mark.parametrize(("how", "code"), [("graphql", "BAD_USER_INPUT"), ("own-code", "TEAPOT")])
async def test_a_graphql_error_keeps_its_message_and_its_own_code(
    toy: Toy, how: str, code: str
) -> None:
    error = await shown(toy, f'{{ fail(how: "{how}") }}')
    assert (error["message"], error["extensions"]) == ("Said by a resolver.", {"code": code})


async def test_a_result_that_does_not_fit_its_type_is_our_fault(toy: Toy) -> None:
    error = await shown(toy, "{ number }")
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "32-bit" in str(toy.unexpected[0][0])


ECHO = "query ($input: EchoInput) { echo(input: $input) }"


async def test_a_scalar_that_refuses_a_variable_keeps_its_words_and_says_where(toy: Toy) -> None:
    error = await shown(toy, ECHO, input={"nested": {"points": "many"}})
    assert error["message"] == (
        "Variable '$input' has invalid value at .nested.points: Points are whole numbers."
    )
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_a_scalar_that_refuses_a_literal_keeps_its_words(toy: Toy) -> None:
    error = await shown(toy, "{ echo(points: true) }")
    assert error["message"] == "Points are whole numbers."
    assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


async def test_what_a_scalar_says_by_accident_is_not_shown(toy: Toy) -> None:
    error = await shown(toy, ECHO, input={"points": -1})
    assert error["message"] == (
        "Variable '$input' has invalid value at .points: The value is not valid."
    )
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    assert toy.unexpected == []


@pytest.mark.parametrize("introspection", [True, False])
async def test_names_are_suggested_only_where_the_schema_is_open(introspection: bool) -> None:
    toy = Toy(limits=DocumentLimits(introspection=introspection))
    error = await shown(toy, ECHO, input={"pints": 1})
    assert "unknown field 'pints'" in error["message"]
    assert ("Did you mean 'points'" in error["message"]) is introspection


async def test_a_scalar_with_a_bug_is_masked_and_reported(toy: Toy) -> None:
    exchange = await post(toy.endpoint, ECHO, variables={"input": {"points": 5_000}})
    assert exchange.status == 500
    assert b"points_limits" not in exchange.sent[1]["body"]
    assert str(toy.unexpected[0][0]) == "table points_limits is gone"


async def test_variables_nested_deeper_than_python_recurses_are_refused(toy: Toy) -> None:
    value = b'{"nested":' * 900 + b"{}" + b"}" * 900
    body = b'{"query": "%s", "variables": {"input": %s}}' % (ECHO.encode(), value)
    exchange = Exchange([body])
    await toy.endpoint(scope(), exchange.receive, exchange.send)
    [error] = exchange.json["errors"]
    assert error["message"] == "Variable values are nested too deeply."
    assert toy.unexpected == []


@pytest.mark.parametrize("accept", [(), (GRAPHQL,)])
@pytest.mark.parametrize(
    ("refusal", "status", "header"),
    [
        (RequestError(RequestCode.UNAUTHENTICATED, "No."), 401, (b"www-authenticate", b"Bearer")),
        (RequestError(RequestCode.FORBIDDEN, "No."), 403, None),
        (RequestError(RequestCode.THROTTLED, "No.", (), 30), 429, (b"retry-after", b"30")),
        (RequestError(RequestCode.OVERLOADED, "No."), 503, (b"retry-after", b"1")),
    ],
)
async def test_a_caller_refused_at_the_door_gets_a_status_that_proxies_understand(
    refusal: RequestError, status: int, header: tuple[bytes, bytes] | None, accept: Any
) -> None:
    toy = Toy(refusal=refusal)
    exchange = Exchange([b'{"query": "{ not even looked at"}'])
    await toy.endpoint(scope(headers=(*JSON, *accept)), exchange.receive, exchange.send)
    assert exchange.status == status
    assert set(exchange.json) == {"errors"}
    assert exchange.json["errors"][0]["extensions"]["code"] == refusal.code.value
    assert header is None or header in exchange.sent[0]["headers"]


async def test_a_bug_in_making_the_context_is_masked_and_reported() -> None:
    toy = Toy(refusal=RuntimeError("no route to 10.0.0.7"))
    exchange = await post(toy.endpoint, "{ hello }")
    assert exchange.status == 500
    assert exchange.json["errors"][0]["message"] == "Internal server error"
    assert [str(error) for error, _ in toy.unexpected] == ["no route to 10.0.0.7"]


async def test_a_result_that_json_cannot_hold_is_masked_and_reported(toy: Toy) -> None:
    query: Any = toy.schema.query_type
    query.fields["hello"].resolve = lambda *_: "\ud800"
    exchange = await post(toy.endpoint, "{ hello }")
    assert exchange.status == 500
    assert len(toy.unexpected) == 1
