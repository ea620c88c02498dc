"""What callers of the last release rely on is still there, or its end is accepted with a reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final

import pytest

from gateway import __version__
from tests.gates.worker import Worker
from tests.house.sources import ROOT
from tests.schema.facts import PUBLISHED

RELEASES: Final = ROOT / "docs" / "releases"
ACCEPTED: Final = "accepted.toml"


def version(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(".")))


def last_release() -> Path:
    return max(RELEASES.glob("*.graphql"), key=lambda path: version(path.stem))


def accepted() -> dict[str, str]:
    """Reasons of the changes that are accepted, by kind and path."""
    listed = tomllib.loads((RELEASES / ACCEPTED).read_text("utf-8"))
    return {f"{each['kind']} {each['path']}": each["reason"] for each in listed.get("accepted", [])}


def breaking(worker: Worker, now: str) -> dict[str, str]:
    """What the schema breaks of the last release: kind and path, and what it is in words."""
    old = last_release().read_text("utf-8")
    changes: list[dict[str, Any]] = worker.ask("breaking", old=old, now=now)
    return {
        f"{change['kind']} {change['path']}": change["message"]
        for change in changes
        if change["breaking"]
    }


def test_the_schema_breaks_nothing_of_the_last_release_but_what_is_accepted(worker: Worker):
    found = breaking(worker, PUBLISHED.read_text("utf-8"))
    meant = accepted()
    assert {name: said for name, said in found.items() if name not in meant} == {}, (
        f"this breaks callers; if it is meant, say why in docs/releases/{ACCEPTED}"
    )
    assert set(meant) - set(found) == set(), "accepted, but not there: take it out"
    assert all(len(reason.split()) >= 3 for reason in meant.values()), "a reason is a sentence"


def test_the_code_is_not_older_than_its_last_release():
    assert version(last_release().stem) <= version(__version__)


@pytest.mark.parametrize(
    ("there", "instead", "change"),
    [
        ("  externalId: String!\n", "  outsideId: String!\n", "FIELD_REMOVED Customer.externalId"),
        ("  held: Points!\n", "  held: Points\n", "FIELD_TYPE_CHANGED PointsBalance.held"),
        (
            "  quote: String = null\n",
            "  quote: String!\n",
            "INPUT_FIELD_TYPE_CHANGED ApplyRedemptionInput.quote",
        ),
        (
            "    after: String = null\n",
            "    behind: String = null\n",
            "FIELD_ARGUMENT_REMOVED Customer.history.after",
        ),
        ("  HELD\n", "  RESERVED\n", "ENUM_VALUE_REMOVED RedemptionStatus.HELD"),
        ("type Redemption implements Node {", "type Redemption {", "OBJECT_TYPE_INTERFACE_REMOVED"),
    ],
)
def test_a_change_that_breaks_callers_is_found(
    worker: Worker, there: str, instead: str, change: str
):
    released = last_release().read_text("utf-8")
    assert there in released
    found = breaking(worker, released.replace(there, instead, 1))
    assert [name for name in found if name.startswith(change)]
    assert not set(found) & set(accepted())
