"""Metrics from the command line."""

from __future__ import annotations

from tests.cli.conftest import Loyalty


def test_metrics_of_a_new_merchant_are_a_table_and_a_csv(loyalty: Loyalty):
    loyalty("merchant", "create", "Chai & Co.", "--currency", "INR")
    days = ("--from", "2026-10-01", "--to", "2026-10-31")
    table = loyalty("metrics", *days).output.splitlines()
    assert len(table) == 12
    assert table[9].split() == ["Discount", "cost", "(INR)", "0.00", "0.00", "-"]
    lines = loyalty("metrics", *days, "--by", "month", "--csv").output.splitlines()
    assert lines[0] == "metric,name,unit,from,to,value"
    assert "DISCOUNT_COST,Discount cost,INR,2026-08-31,2026-09-30,0.00" in lines
    assert len(lines) == 1 + 11 * 3


def test_a_range_that_cannot_be_is_one_line(loyalty: Loyalty):
    done = loyalty("metrics", "--from", "2026-10-02", "--to", "2026-10-01", fails=True)
    assert "from must not be after to" in done.output
