"""Whom a call of the checkout webhook names, as far as rate limits are concerned."""

from __future__ import annotations

import pytest

from gateway.http.checkout_webhook_body import read


@pytest.mark.parametrize(("length", "kept"), [(1, True), (255, True), (256, False), (9_000, False)])
def test_a_name_that_nobody_can_have_gets_no_bucket(length: int, kept: bool) -> None:
    """Buckets are kept by name, thousands of them: with long ones they would fill the memory."""
    name = "x" * length
    assert read(f'{{"customer_id": "{name}"}}'.encode()).customer_id() == (name if kept else None)
