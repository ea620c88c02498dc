"""Bounds what callers may write into a label: a name that anyone can choose is not one of ours."""

from __future__ import annotations

OTHER = "other"
LONGEST = 64
PER_SIDE = 50


class Names:
    """The first names that are seen stand for themselves, all later ones for `other`.

    Those of browsers and those of servers are kept apart: whoever has a publishable key, which is
    everyone, cannot fill the places of the merchant's backend.
    """

    def __init__(self, per_side: int = PER_SIDE) -> None:
        """`per_side` names of browsers, and as many of servers."""
        self._per_side = per_side
        self._known: tuple[set[str], set[str]] = set(), set()

    def bounded(self, name: str, *, trusted: bool) -> str:
        """The name, or `other`. `trusted`: the caller holds a secret of the merchant."""
        known = self._known[trusted]
        if name in known:
            return name
        if len(known) >= self._per_side or len(name) > LONGEST:
            return OTHER
        known.add(name)
        return name
