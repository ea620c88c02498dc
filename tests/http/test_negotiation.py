"""Media types by weight, closeness and order."""

from __future__ import annotations

import pytest

from gateway.http.negotiation import MediaType, accepts_gzip, is_json, negotiate

G, J, H = MediaType.GRAPHQL, MediaType.JSON, MediaType.HTML
g, j = G.value, J.value


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", J),
        ("  ", J),
        ("*/*", J),
        ("application/*", J),
        (f"{j}, {g}", J),
        (f"{g}, {j}", G),
        (f"{j};q=0.5, {g};q=0.6", G),
        (f"{j};q=0.5, {g};q=0.499", J),
        (f"{g};q=0, */*", J),
        (f"{j};q=0, */*", G),
        (f"*/*;q=0.1, {g};q=0.1, {j};q=0", G),
        (f"text/html, {g.upper()} ; Q=0.3", G),
        (f"{g};charset=iso-8859-1, {j};q=0.1", J),
        (f"{j};q=nonsense", J),
        (f"{j};q=0.0000001, {g};q=0.001", J),
        ("text/html", None),
        ("image/png, text/*", None),
        (f"{j};q=0", None),
        (",;,", None),
    ],
)
def test_the_caller_gets_what_it_wants_most_of_what_there_is(
    accept: str, chosen: MediaType | None
) -> None:
    assert negotiate(accept.encode()) is chosen


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", H),
        ("*/*", J),
        ("", J),
        (f"{j}, text/html;q=0.9", J),
        ("text/*", H),
    ],
)
def test_a_page_is_for_those_who_ask_for_one(accept: str, chosen: MediaType) -> None:
    assert negotiate(accept.encode(), html=True) is chosen


def test_a_header_too_long_to_remember_is_understood_all_the_same() -> None:
    assert negotiate(b"text/x-none, " * 100 + g.encode()) is G


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("application/json", True),
        ("Application/JSON ; charset=UTF-8", True),
        ('application/json;charset="utf-8"', True),
        ("application/json; charset=latin1", False),
        ("application/json-patch+json", False),
        ("application/json, application/json", False),
        ("text/plain; a=application/json", False),
        ("", False),
    ],
)
def test_only_json_in_utf_8_is_read(content_type: str, taken: bool) -> None:
    assert is_json(content_type.encode()) is taken


@pytest.mark.parametrize(
    ("header", "wanted"),
    [("", False), ("gzip", True), ("br, GZIP;q=0.1", True), ("gzip;q=0", False), ("*", True)],
)
def test_gzip_is_for_those_who_accept_it(header: str, wanted: bool) -> None:
    assert accepts_gzip(header.encode()) is wanted
