"""What clients register is bounded, for each and for all."""

from __future__ import annotations

from gateway.http.registered import Bounds, RegisteredDocuments

ROOMY = Bounds(1_000, 10**9)


def test_an_owner_over_its_number_loses_its_own_oldest():
    kept = RegisteredDocuments(ROOMY, Bounds(2, 10**9))
    for owner in "ab":
        for number in range(3):
            kept.put(f"{owner}{number}", "text", owner)
    assert [kept.get(f"{owner}0") for owner in "ab"] == [None, None]
    assert all(kept.get(f"{owner}{number}") == "text" for owner in "ab" for number in (1, 2))


def test_what_is_used_stays_longer_than_what_is_not():
    kept = RegisteredDocuments(Bounds(2, 10**9), ROOMY)
    kept.put("used", "text", "a")
    kept.put("idle", "text", "b")
    assert kept.get("used")
    kept.put("new", "text", "c")
    assert kept.get("idle") is None
    assert kept.get("used")
    assert kept.get("new")


def test_weight_is_bounded_for_each_and_for_all():
    each = RegisteredDocuments(ROOMY, Bounds(1_000, 5_000))
    total = RegisteredDocuments(Bounds(1_000, 5_000), ROOMY)
    for number in range(20):
        each.put(f"{number}", "x" * 1_000, "a")
        total.put(f"{number}", "x" * 1_000, number)
    assert len(each) == len(total) == 3
    each.put("large", "x" * 6_000, "a")
    assert len(each) == 0


def test_a_text_that_is_known_counts_for_whom_it_came_from_first():
    kept = RegisteredDocuments(ROOMY, Bounds(1, 10**9))
    kept.put("shared", "text", "a")
    kept.put("shared", "text", "b")
    kept.put("own", "text", "b")
    assert kept.get("shared")
    assert kept.get("own")


def test_owners_are_forgotten_with_their_texts():
    kept = RegisteredDocuments(Bounds(10, 10**9), ROOMY)
    for number in range(1_000):
        kept.put(f"{number}", "text", number)
    assert len(kept) == len(kept._shares) == 10  # a leak shows nowhere else
