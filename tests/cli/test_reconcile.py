"""`loyalty reconcile`: the shop's own list against what is here, shown, and mended when asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from gateway.cli import main
from tests.cli.conftest import Loyalty
from tests.cli.running import SECRET_KEY, Place
from tests.conftest import Engine

HEADER = "orderId,paid,status,refundedAmount,externalId,email,placedAt"


@pytest.fixture
def place(engine: Engine, database_url: str, tmp_path: Path) -> Place:
    return Place(tmp_path, {"DATABASE_URL": database_url, "LOYALTY_SECRET_KEY": SECRET_KEY})


@pytest.fixture
def shop(loyalty: Loyalty) -> Loyalty:
    """A merchant with two customers, custom_website-10001 and the next."""
    loyalty("seed", "--customers", "2")
    return loyalty


def reconcile(*arguments: str, typed: str | None = None) -> Result:
    done = CliRunner().invoke(main, ["reconcile", *arguments], input=typed)
    assert "Traceback" not in done.output, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def found(done: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def kinds(done: Result) -> list[str]:
    return [each["id"] for each in found(done)]


@pytest.fixture
def listed(place: Place) -> Any:
    def write(lines: Sequence[str], header: str = HEADER) -> str:
        path = place.folder / "orders.csv"
        path.write_text("\n".join([header, *lines, ""]), "utf-8")
        return str(path)

    return write


FIRST = "1001,500.00,paid,,custom_website-10001,,2026-01-05"


def test_orders_that_are_not_here_are_shown_and_completed_when_asked(shop: Loyalty, listed: Any):
    file = listed([FIRST, "1002,100.00,cancelled,,custom_website-10002,,"])
    seen = reconcile("--csv", file, "--json")
    assert (seen.exit_code, kinds(seen)) == (1, ["ORDER_MISSING:1001"])
    assert kinds(reconcile("--csv", file, "--json")) == ["ORDER_MISSING:1001"], "showing mends"
    mended = reconcile("--csv", file, "--json", "--repair", "ORDER_MISSING", "--yes")
    assert (mended.exit_code, [each["mended"] for each in found(mended)]) == (0, [True])
    agreed = reconcile("--csv", file)
    assert (agreed.exit_code, agreed.stdout) == (0, "all of it agrees\n")
    shop("verify")


def test_what_was_cancelled_or_refunded_in_the_shop_is_told_here(shop: Loyalty, listed: Any):
    lines = [FIRST, "1002,100.00,paid,,custom_website-10002,,"]
    reconcile("--csv", listed(lines), "--repair", "ORDER_MISSING", "--yes")
    file = listed(
        [
            "1001,500.00,refunded,120.00,custom_website-10001,,",
            "1002,100.00,cancelled,,custom_website-10002,,",
        ]
    )
    seen = reconcile("--csv", file, "--json")
    assert kinds(seen) == ["ORDER_NOT_REFUNDED:1001", "ORDER_NOT_CANCELLED:1002"]
    repairs = ("--repair", "ORDER_NOT_REFUNDED:1001", "--repair", "ORDER_NOT_CANCELLED")
    asked = reconcile("--csv", file, *repairs, typed="y\n")
    assert asked.exit_code == 0, asked.output
    assert "refundOrder: done" in asked.stdout
    assert reconcile("--csv", file).stdout == "all of it agrees\n"
    whole = listed(["1001,500.00,refunded,,custom_website-10001,,"])
    assert kinds(reconcile("--csv", whole, "--json")) == ["ORDER_NOT_REFUNDED:1001"]
    less = listed(
        [FIRST.replace("paid,,", "paid,20.00,"), "1002,100.00,paid,,custom_website-10002,,"]
    )
    contrary = reconcile("--csv", less, "--json")
    assert kinds(contrary) == ["ORDER_REFUNDED_MORE:1001", "ORDER_CANCELLED_HERE:1002"]
    assert [each["repair"] for each in found(contrary)] == [[], []]
    shop("verify")


def test_a_no_mends_nothing(shop: Loyalty, listed: Any):
    file = listed([FIRST])
    asked = reconcile("--csv", file, "--repair", "ORDER_MISSING", typed="n\n")
    assert asked.exit_code == 1
    assert kinds(reconcile("--csv", file, "--json")) == ["ORDER_MISSING:1001"]


def test_an_order_refunded_before_it_was_ever_told_is_completed_and_refunded(
    shop: Loyalty, listed: Any
):
    file = listed(["1001,500.00,refunded,500.00,custom_website-10001,,"])
    seen = reconcile("--csv", file, "--json")
    assert found(seen)[0]["repair"] == ["completeOrder", "refundOrder"]
    reconcile("--csv", file, "--repair", "ORDER_MISSING", "--yes")
    assert reconcile("--csv", file).exit_code == 0


def test_what_a_person_must_look_at_is_not_mended(shop: Loyalty, listed: Any):
    reconcile("--csv", listed([FIRST]), "--repair", "ORDER_MISSING", "--yes")
    file = listed(
        [
            "1001,499.00,paid,,custom_website-10001,,",
            "1001,500.00,paid,,custom_website-10002,,",
            "1003,500.00,paid,,nobody,,",
        ]
    )
    expected = ["ORDER_DIFFERS:1001", "ORDER_OF_ANOTHER:1001", "ORDER_MISSING:1003"]
    seen = reconcile("--csv", file, "--json")
    assert kinds(seen) == expected
    assert [each["repair"] for each in found(seen)] == [[], [], []]
    chosen = [part for kind in expected for part in ("--repair", kind)]
    assert reconcile("--csv", file, *chosen, "--yes").exit_code == 1
    assert kinds(reconcile("--csv", file, "--json")) == expected
    assert "for a person to look at" in reconcile("--csv", file).stdout


def test_what_is_wrong_in_the_file_is_said_by_line_and_column_and_nothing_is_done(
    shop: Loyalty, listed: Any
):
    file = listed(
        [
            FIRST,
            ",500.00,paid,,custom_website-10001,,",
            "1002,5.001,paid,,custom_website-10001,,",
            "1003,,paid,,custom_website-10001,,",
            "1004,1.00,shipped,,custom_website-10001,,",
            "1005,1.00,paid,,,,",
            "1006,1.00,paid,,custom_website-10001,,soon",
            "1007,1.00",
        ]
    )
    done = reconcile("--csv", file, "--repair", "ORDER_MISSING", "--yes")
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    places = [line.partition(":")[0] for line in lines]
    assert places[:7] == [
        "line 3, orderId",
        "line 4, paid",
        "line 5, total",
        "line 6, status",
        "line 7, externalId",
        "line 8, placedAt",
        "line 9, ",
    ]
    assert lines[-1] == "7 errors; nothing was compared"
    assert kinds(reconcile("--csv", listed([FIRST]), "--json")) == ["ORDER_MISSING:1001"]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("orderId,paid", "externalId or email or phone is missing"),
        ("orderId,externalId", "total or paid is missing"),
        ("paid,externalId", "orderId is missing"),
        ("orderId,paid,externalId,colour", 'no column "colour"'),
        ("orderId,orderId,paid,externalId", "orderId is there more than once"),
    ],
)
def test_a_header_says_which_columns_there_are(shop: Loyalty, listed: Any, header: str, said: str):
    done = reconcile("--csv", listed([], header))
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_wrong_option_is_said(shop: Loyalty):
    for arguments, said in (
        (("--repair", "NONSENSE"), "NONSENSE is no finding"),
        (("--since", "soon"), "--since"),
        (("--since", "2026-02-02", "--until", "2026-01-01"), "before `until`"),
    ):
        done = shop("reconcile", *arguments, fails=True)
        assert said in done.stderr
