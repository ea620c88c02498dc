"""Lines of a CSV file: what is read from them, and what is told of the wrong ones."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from gateway.rules.program import MAX_SAFE_INTEGER
from gateway.services.import_rows import COLUMNS
from tests.services.importing import FIXTURES, read, where
from tests.services.making import NOW

HEADER = ",".join(COLUMNS)
"""externalId, phone, email, birthday, tier, tags, locale, points, …From, …ExpireAt, credits, …"""


@pytest.mark.parametrize(
    ("line", "column", "allowed"),
    [
        (",,,,,,,,,,1,", "externalId", "1 to 255"),
        ("x" * 256 + ",,,,,,,,,,,", "externalId", "1 to 255"),
        ("a\x00b,,,,,,,,,,,", "externalId", "printable"),
        ("a,0123456789,,,,,,,,,,", "phone", "calling code"),
        ("a,+9198\x0000000001,,,,,,,,,,", "phone", "digits"),
        ("a,,nobody,,,,,,,,,", "email", "a@example.com"),
        ("a,,,1990-02-30,,,,,,,,", "birthday", "1990-04-23"),
        ("a,,,,gold\x07,,,,,,,", "tier", "1 to 64"),
        ("a,,,,,one||two,,,,,,", "tags", "1 to 64"),
        ("a,,,,," + "|".join(map(str, range(101))) + ",,,,,,", "tags", "At most 100"),
        ("a,,,,,,hi_IN,,,,,", "locale", "BCP 47"),
        ("a,,,,,,,-5,,,,", "points", "digits only"),
        ("a,,,,,,,1.5,,,,", "points", "digits only"),
        ("a,,,,,,,1e3,,,,", "points", "digits only"),
        ("a,,,,,,,٣,,,,", "points", "digits only"),
        (f"a,,,,,,,{MAX_SAFE_INTEGER + 1},,,,", "points", str(MAX_SAFE_INTEGER)),
        ("a,,,,,,," + "9" * 5_000 + ",,,,", "points", str(MAX_SAFE_INTEGER)),
        ("a,,,,,,,5,2027-02-30,,,", "pointsAvailableFrom", "ISO date"),
        ("a,,,,,,,5,,31/12/2027,,", "pointsExpireAt", "ISO date"),
        ("a,,,,,,,5,,2027-W05-1,,", "pointsExpireAt", "ISO date"),
        ("a,,,,,,,5,,2020-01-01,,", "pointsExpireAt", "later than now"),
        ("a,,,,,,,5,2098-01-02,2098-01-01,,", "pointsExpireAt", "pointsAvailableFrom"),
        ("a,,,,,,,,,,1.234,", "credits", "at most 2 decimals"),
        ("a,,,,,,,,,,-1,", "credits", "negative"),
        ('a,,,,,,,,,,"1,000",', "credits", "plain decimal"),
        ("a,,,,,,,,,,1,soon", "creditsExpireAt", "ISO date"),
        ("a,,,,,,,,,,1,2020-01-01", "creditsExpireAt", "later than now"),
        ("a,,", "", "3 cells"),
        ("a,,,,,,,,,,,,", "", "13 cells"),
    ],
)
def test_a_wrong_cell_is_told_by_line_and_column_with_what_is_allowed(
    line: str, column: str, allowed: str
):
    _, errors = read(f"{HEADER}\nfine,,,,,,,,,,,\n{line}\nfine-2,,,,,,,,,,,\n")
    assert where(errors) == [(3, column)]
    assert allowed in errors[0].message


def test_every_wrong_cell_of_a_line_is_told():
    _, errors = read(f"{HEADER}\na,1,b,x,\x07,c||d,e_f,g,h,i,j,k\n")
    assert {column for _, column in where(errors)} == set(COLUMNS) - {"externalId"}


def test_a_line_with_a_wrong_cell_is_still_held_against_the_others():
    rows, _ = read("externalId,phone,points\na,+919800000001,many\n")
    assert [(row.external_id, row.phone, row.points) for row in rows] == [("a", "+919800000001", 0)]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("", "externalId is missing"),
        ("phone,points", "externalId is missing"),
        ("externalId,colour", '"colour"'),
        ("externalid", '"externalid"'),
        ("externalId;phone", '"externalId;phone"'),
        ("externalId,phone,phone", "phone is there more than once"),
    ],
)
def test_a_wrong_header_is_told_with_the_allowed_columns(header: str, told: str):
    rows, errors = read(f"{header}\na,b,c\n" if header else "")
    assert (rows, where(errors)) == ([], [(1, "")])
    assert told in errors[0].message
    assert all(name in errors[0].message for name in COLUMNS)


def test_columns_come_in_any_order_and_only_some_of_them():
    rows, errors = read("points,tags,externalId\n7,b|a|b,x\n")
    assert errors == []
    row = rows[0]
    assert (row.line, row.external_id, row.tags, row.points) == (2, "x", '["a","b"]', 7)
    assert (row.phone, row.credits_minor, row.points_expire_at) == (None, 0, None)


def test_lines_are_numbered_as_a_spreadsheet_numbers_them():
    """With a byte order mark, CRLF, a blank line, a line of empty cells, a break in a cell."""
    rows, errors = read((FIXTURES / "spreadsheet.csv").read_bytes())
    assert [(row.line, row.external_id) for row in rows] == [
        (2, "sheet-1"),
        (4, "sheet-2"),
        (5, "sheet-3"),
        (7, "sheet-4"),
    ]
    assert rows[2].tags == '["say \\"hi\\""]'
    assert where(errors) == [(4, "tags"), (7, "points")]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("Zoë".encode("latin-1"), "UTF-8"),
        ("x".encode("utf-16"), "UTF-8"),
        (b'"a"b,', "CSV"),
        (b"a,b\rc,d", "CSV"),
        (b'"never closed', "CSV"),
        (b'"' + b"never closed\n" * 6_000, "65536 bytes"),
        (b"x" * 65_537, "65536 bytes"),
    ],
)
def test_what_is_no_csv_in_utf8_ends_the_reading_with_its_line(wrong: bytes, told: str):
    rows, errors = read(b"externalId,tier\nfine,\n" + wrong + b"\nunread,\n")
    assert [row.external_id for row in rows] == ["fine"]
    assert where(errors) == [(3, "")]
    assert told in errors[0].message


def test_a_line_of_ten_megabytes_is_refused_before_it_is_in_memory(tmp_path: Path):
    source = BytesIO(b"externalId\n" + b"x" * 10_000_000)
    content = source.getvalue()
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        _, errors = read(content)
        most = tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()
    assert where(errors) == [(2, "")]
    assert most < 1_000_000


def test_money_is_read_in_the_merchants_currency():
    yen, errors = read("externalId,credits\na,5\nb,5.00\nc,5.5\n", "JPY")
    assert [row.credits_minor for row in yen] == [5, 5, 0]
    assert where(errors) == [(4, "credits")]
    dinar, _ = read("externalId,credits\na,0.005\n", "KWD")
    assert dinar[0].credits_minor == 5


def test_without_points_their_times_are_checked_but_do_not_count():
    rows, errors = read(f"{HEADER}\na,,,,,,,0,,2020-01-01,0,2020-01-01\n")
    assert errors == []
    assert (rows[0].points_expire_at, rows[0].credits_expire_at) == (None, None)


def test_points_of_an_earlier_time_are_available_at_once():
    rows, _ = read("externalId,points,pointsAvailableFrom\na,5,2020-01-01\n")
    assert rows[0].points_from == NOW
