"""Requests of every shape that the schema allows, made up by schemathesis."""

from __future__ import annotations

from collections import Counter
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.graphql import nodes

from gateway.errors import RequestCode
from tests.hostile.conftest import Besieged
from tests.house.sources import ROOT

AMOUNTS = st.decimals(-1, 10**6, places=2) | st.text("0123456789.-e", max_size=30)
POINTS = st.integers(-1, 2**53) | st.integers(0, 500)
schemathesis.graphql.scalar("Decimal", AMOUNTS.map(str).map(nodes.String))
schemathesis.graphql.scalar("Points", POINTS.map(nodes.Int))
SCHEMA = schemathesis.graphql.from_path(ROOT / "schema.graphql")
DOCUMENTED = {code.value for code in RequestCode if code is not RequestCode.INTERNAL}


def test_whatever_is_asked_every_error_has_a_documented_code(besieged: Besieged):
    """As staff, who may ask everything; in front of a server that is never at fault itself."""
    came: Counter[str] = Counter()

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=SCHEMA.as_strategy())
    def asked(case: Any) -> None:
        answer = besieged.send(besieged.admin_key, case.body)
        body = answer.json()
        assert answer.status_code == 200, body
        codes = {error["extensions"]["code"] for error in body.get("errors", ())}
        assert codes <= DOCUMENTED, body
        came.update(codes or {"answered"})

    asked()
    assert came["answered"] >= 20, came
    assert came["BAD_USER_INPUT"] >= 20, came
