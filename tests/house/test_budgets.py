"""Files and functions stay small: the budgets of the house."""

from __future__ import annotations

import math
from statistics import median

import pytest

from tests.house.sources import PACKAGES, TOOLING, functions, line_count, python_files, shown

FILES = {shown(path): line_count(path) for path in python_files(*PACKAGES)}
FUNCTIONS = {name: length for path in python_files(*PACKAGES) for name, length in functions(path)}


def percentile_95(lengths: dict[str, int]) -> int:
    """The least length that 95 of 100 do not exceed."""
    return sorted(lengths.values())[math.ceil(len(lengths) * 0.95) - 1]


def longest(lengths: dict[str, int], above: int) -> dict[str, int]:
    return {name: length for name, length in lengths.items() if length > above}


def test_the_95th_percentile_leaves_five_of_a_hundred_above():
    assert percentile_95({str(n): n for n in range(1, 101)}) == 95
    assert percentile_95({"only": 7}) == 7


def test_the_budgets_are_taken_over_the_real_sources():
    assert "gateway/settings.py" in FILES
    assert "gateway/settings.py:load" in FUNCTIONS


@pytest.mark.parametrize(
    ("lengths", "middle", "most", "limit"), [(FILES, 90, 250, 400), (FUNCTIONS, 8, 30, 60)]
)
def test_sources_keep_the_budgets(lengths: dict[str, int], middle: int, most: int, limit: int):
    """Files: median, 95th percentile and maximum in lines; the same for functions."""
    assert longest(lengths, limit) == {}
    assert percentile_95(lengths) <= most, longest(lengths, most)
    assert median(lengths.values()) <= middle, longest(lengths, middle)


def test_no_other_python_file_is_over_the_limit_either():
    tooling = {shown(path): line_count(path) for path in python_files(*TOOLING)}
    assert longest(tooling, 400) == {}
