"""Answers kept for a time: bounds, expiry, clocks and forgetting."""

from __future__ import annotations

from gateway.services.remembered import Remembered


def test_a_value_is_good_from_when_it_was_found_until_its_end():
    memory: Remembered[str] = Remembered(10)
    memory.put("key", "value", 100, 200, memory.generation)
    assert memory.get("key", 100) == "value"
    assert memory.get("key", 199) == "value"
    assert memory.get("key", 200) is None
    assert len(memory) == 0


def test_a_clock_that_steps_back_gives_no_longer_life():
    memory: Remembered[str] = Remembered(10)
    memory.put("key", "value", 100, 200, memory.generation)
    assert memory.get("key", 99) is None
    assert memory.get("key", 150) is None


def test_the_value_not_asked_for_longest_makes_room():
    memory: Remembered[int] = Remembered(2)
    memory.put("a", 1, 0, 9, 0)
    memory.put("b", 2, 0, 9, 0)
    assert memory.get("a", 1) == 1
    memory.put("c", 3, 0, 9, 0)
    assert [memory.get(key, 1) for key in "abc"] == [1, None, 3]


def test_what_was_being_looked_up_during_a_forget_is_not_kept():
    memory: Remembered[str] = Remembered(10)
    before = memory.generation
    memory.forget()
    memory.put("key", "stale", 100, 200, before)
    assert memory.get("key", 150) is None


def test_a_value_without_a_lifetime_is_not_kept():
    memory: Remembered[str] = Remembered(10)
    memory.put("key", "value", 100, 100, 0)
    assert len(memory) == 0
