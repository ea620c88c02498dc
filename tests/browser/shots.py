"""Pictures of every page of the console: `python -m tests.browser.shots [FOLDER]`, to be looked at.

Light, dark and at the width of a phone, with a demo that has something to show.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from gateway.services.demo import OWNER_EMAIL, OWNER_PASSWORD
from tests.browser.chromium import Page, browsing
from tests.browser.finding import find
from tests.browser.hands import Hands, look, picture
from tests.browser.pages import PAGES, furnish
from tests.browser.running import running_demo
from tests.house.sources import ROOT

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"width": 390, "height": 844},
}
AT_REST = """
new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  .then(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => 0))))
"""
"""What moves has come to its end; what was changed just before has begun to move by then."""


def shoot(page: Page, demo: dict[str, Any], folder: Path, only: list[str]) -> None:
    """Write all pictures."""
    hands = Hands(page, demo["endpoint"].removesuffix("/graphql"))
    hands.go("/sign-in")
    hands.sees("to the merchant console")
    for name, given in LOOKS.items():
        look(page, **given)
        (folder / f"sign-in-{name}.png").write_bytes(picture(page))
    hands.sign_in(OWNER_EMAIL, OWNER_PASSWORD)
    hands.sees("Setup")
    for shown, show in PAGES.items():
        if only and shown not in only:
            continue
        for name, given in LOOKS.items():
            look(page, **given)
            show(hands)
            page.run(AT_REST)
            (folder / f"{shown}-{name}.png").write_bytes(picture(page))


def main(folder: Path, only: list[str]) -> None:
    """Run a demo and look at it."""
    chromium = find()
    assert chromium is not None, "No Chromium: run `python -m tests.browser.finding`."
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as name, running_demo(Path(name), "--history") as demo:
        furnish(demo)
        with browsing(chromium, Path(name) / "profile") as page:
            shoot(page, demo, folder, only)
    sys.stdout.write(f"The pictures are in {folder}.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "shots", sys.argv[2:])
