"""The GraphQL-over-HTTP specification, against a real server on a loopback port.

Covers the ground of the audits of the `graphql-http` package, which themselves can be run against
any server: `auditServer({ url })` from that package returns one result per audit.
"""

from __future__ import annotations

import json

import httpx
import pytest

from tests.http.toy import Toy

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
URL = "/graphql"
NAMED = "query Type($name: String!) { __type(name: $name) { name } }"


async def ask(client: httpx.AsyncClient, accept: str = GRAPHQL, **body: object) -> httpx.Response:
    return await client.post(URL, json=body, headers={"accept": accept})


def told(response: httpx.Response) -> str:
    """Return the media type of an answer, which must be in UTF-8."""
    media_type, _, charset = response.headers["content-type"].partition("; ")
    assert charset == "charset=utf-8"
    return media_type


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, {JSON}; charset=utf-8", GRAPHQL),
    ],
)
async def test_answers_in_the_media_type_that_is_accepted(
    client: httpx.AsyncClient, accept: str, answered: str
) -> None:
    response = await ask(client, accept, query="{ __typename }")
    assert (response.status_code, told(response)) == (200, answered)
    assert response.json() == {"data": {"__typename": "Query"}}


async def test_a_missing_accept_header_means_json(client: httpx.AsyncClient) -> None:
    del client.headers["accept"]
    response = await client.post(URL, json={"query": "{ __typename }"})
    assert (response.status_code, told(response)) == (200, JSON)


async def test_nothing_acceptable_is_406(client: httpx.AsyncClient) -> None:
    response = await ask(client, "text/csv, application/json;q=0", query="{ __typename }")
    assert response.status_code == 406
    assert "data" not in response.json()


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="UTF-8"'])
async def test_reads_json_in_utf_8_whether_or_not_it_says_so(
    client: httpx.AsyncClient, charset: str
) -> None:
    content = json.dumps({"query": '{ __type(name: "Run🏃") { name } }'}, ensure_ascii=False)
    headers = {"content-type": f"{JSON}{charset}"}
    response = await client.post(URL, content=content.encode(), headers=headers)
    assert (response.status_code, response.json()) == (200, {"data": {"__type": None}})


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json, text/plain",
    ],
)
async def test_any_other_body_is_415_and_runs_nothing(
    client: httpx.AsyncClient, toy: Toy, content_type: str | None
) -> None:
    headers = {} if content_type is None else {"content-type": content_type}
    content = b'{"query": "mutation { bump }"}'
    response = await client.post(URL, content=content, headers=headers)
    assert response.status_code == 415
    assert toy.bumped == 0


async def test_a_query_may_come_by_get(client: httpx.AsyncClient) -> None:
    parameters = {
        "query": NAMED + " query Other { hello }",
        "operationName": "Type",
        "variables": '{"name": "Query"}',
        "extensions": "{}",
    }
    response = await client.get(URL, params=parameters)
    assert (response.status_code, response.json()) == (200, {"data": {"__type": {"name": "Query"}}})


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_mutation_by_get_is_405_and_not_run(
    client: httpx.AsyncClient, toy: Toy, accept: str
) -> None:
    parameters = {"query": "query A { hello } mutation B { bump }", "operationName": "B"}
    response = await client.get(URL, params=parameters, headers={"accept": accept})
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert toy.bumped == 0
    parameters["operationName"] = "A"
    assert (await client.get(URL, params=parameters)).json() == {"data": {"hello": "world"}}


@pytest.mark.parametrize(
    "parameters",
    [
        {"variables": "{"},
        {"variables": "[]"},
        {"extensions": "3"},
        {"query": ""},
        {},
        {f"p{i}": "x" for i in range(30)},
    ],
)
async def test_malformed_parameters_by_get_are_400(
    client: httpx.AsyncClient, parameters: dict[str, str]
) -> None:
    given = parameters if "query" in parameters or not parameters else {"query": "{a}"} | parameters
    assert (await client.get(URL, params=given)).status_code == 400


async def test_a_url_in_another_encoding_than_utf_8_is_400(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{URL}?query=%7Bhello%7D%23%ff")).status_code == 400


async def test_empty_parameters_by_get_count_as_absent(client: httpx.AsyncClient) -> None:
    response = await client.get(f"{URL}?query=%7Bhello%7D&operationName=&variables=&extensions=")
    assert response.json() == {"data": {"hello": "world"}}


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{ "not a JSON',
        b'{"query": "{ hello }\xff"}',
        b"\xef\xbb\xbf{}",
        b'{"query": "{ hello }", "variables": {"a": "\\ud800"}}',
        b"null",
        b"3",
        b'"{ hello }"',
        b'[{"query": "{ hello }"}]',
        b"[" * 5_000,
        b'{"query": "{ hello }", "variables": ' + b'{"a":' * 1_500 + b"1" + b"}" * 1_501,
        b'{"qeury": "{ hello }"}',
        *(b'{"query": %s}' % v for v in (b"null", b"0", b"false", b'["a"]', b'{"o": 1}')),
        *(
            b'{"query": "{ hello }", "%s": %s}' % (name, value)
            for name, values in {
                b"operationName": (b"0", b"false", b'["a"]', b'{"o": 1}'),
                b"variables": (b'"string"', b"0", b"false", b'["array"]'),
                b"extensions": (b'"string"', b"0", b"false", b'["array"]'),
            }.items()
            for value in values
        ),
    ],
)
async def test_a_body_that_is_not_well_formed_is_400_without_data(
    client: httpx.AsyncClient, toy: Toy, accept: str, body: bytes
) -> None:
    headers = {"content-type": JSON, "accept": accept}
    response = await client.post(URL, content=body, headers=headers)
    assert (response.status_code, told(response)) == (400, accept)
    assert set(response.json()) == {"errors"}
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert (toy.contexts, toy.unexpected) == (0, [])


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize("parameter", ["variables", "operationName", "extensions"])
async def test_null_parameters_count_as_absent(
    client: httpx.AsyncClient, accept: str, parameter: str
) -> None:
    response = await ask(client, accept, query="{ hello }", **{parameter: None})
    assert response.json() == {"data": {"hello": "world"}}


async def test_an_empty_operation_name_counts_as_absent(
    client: httpx.AsyncClient, toy: Toy
) -> None:
    response = await ask(client, query="mutation B { bump }", operationName="")
    assert (response.json(), toy.bumped) == ({"data": {"bump": 1}}, 1)


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_parameters_of_the_right_types_are_taken(
    client: httpx.AsyncClient, accept: str
) -> None:
    response = await ask(
        client,
        accept,
        query=NAMED,
        operationName="Type",
        variables={"name": "Query"},
        extensions={"some": "value"},
    )
    assert response.json() == {"data": {"__type": {"name": "Query"}}}


@pytest.mark.parametrize(("accept", "status"), [(GRAPHQL, 400), (JSON, 200)])
@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nope }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query ($id: ID!) { hello @skip(if: $id) }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query ($id: ID!) { __typename }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": NAMED, "variables": {"name": None}}, "BAD_USER_INPUT"),
        ({"query": NAMED, "variables": {}}, "BAD_USER_INPUT"),
        ({"query": "{ hello }", "operationName": "Nope"}, "BAD_USER_INPUT"),
        ({"query": "query A { hello } query B { hello }"}, "BAD_USER_INPUT"),
        ({"query": "fragment F on Query { hello }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "subscription { ticks }"}, "BAD_USER_INPUT"),
    ],
)
async def test_an_error_before_execution_has_no_data_and_the_status_of_its_media_type(
    client: httpx.AsyncClient, accept: str, status: int, body: dict[str, object], code: str
) -> None:
    response = await ask(client, accept, **body)
    assert (response.status_code, told(response)) == (status, accept)
    assert set(response.json()) == {"errors"}
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {code}


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
@pytest.mark.parametrize(
    ("query", "data"),
    [('{ hello fail(how: "bug") }', {"hello": "world", "fail": None}), ("{ sure }", None)],
)
async def test_an_error_during_execution_is_200_and_keeps_the_data_entry(
    client: httpx.AsyncClient, accept: str, query: str, data: object
) -> None:
    response = await ask(client, accept, query=query)
    assert response.status_code == 200
    assert response.json()["data"] == data
    assert response.json()["errors"][0]["path"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
async def test_other_methods_are_405_and_are_told_the_right_ones(
    client: httpx.AsyncClient, method: str
) -> None:
    response = await client.request(method, URL)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST, OPTIONS")


async def test_options_tells_the_methods(client: httpx.AsyncClient) -> None:
    response = await client.options(URL)
    assert (response.status_code, response.headers["allow"]) == (204, "GET, POST, OPTIONS")


@pytest.mark.parametrize("query", ["{ hello }", "{", "{ nope }"])
async def test_no_answer_may_be_kept_by_a_cache(client: httpx.AsyncClient, query: str) -> None:
    response = await ask(client, query=query)
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept, Accept-Encoding, Origin"
    assert response.headers["x-request-id"]
