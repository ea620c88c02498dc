"""A page that is shown by its address alone."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.hands import Hands

Show = Callable[[Hands], None]
"""Opens a page, and waits until it shows what it is for."""


def plain(path: str, text: str) -> Show:
    """The page at an address; it is there when it says the text."""

    def show(hands: Hands) -> None:
        hands.go(path)
        hands.sees(text)

    return show
