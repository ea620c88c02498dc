"""Drives a headless Chromium by its DevTools protocol, over a pair of pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

from tests.browser.finding import Chromium

SECONDS = 30
FLAGS = (
    "--headless",
    "--no-sandbox",  # as root there is no other way; the only pages are the test's own
    "--disable-gpu",
    "--force-prefers-reduced-motion",  # nothing to wait for; the pages respect it
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
    "--window-size=1440,900",
    "--remote-debugging-pipe",
)

# Chromium expects its pipes as 3 and 4; on the way there neither must be put over the other.
_HAND_OVER = """
import fcntl, os, sys
pipes = [fcntl.fcntl(int(text), fcntl.F_DUPFD, 10) for text in sys.argv[1:3]]
for number, pipe in enumerate(pipes, 3):
    os.dup2(pipe, number)
os.execvp(sys.argv[3], sys.argv[3:])
"""


class Page:
    """One page, and all that happened in it and in its workers."""

    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.send("Page.enable")
        self._watch(attached["sessionId"])

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give a command and wait for its result."""
        number = self._post(method, self._session, parameters)
        while True:
            message = self._next()
            if message.get("id") == number:
                assert "error" not in message, (method, message)
                return message["result"]

    def close(self) -> None:
        """End the browser."""
        self._post("Browser.close", None, {})

    def open(self, url: str) -> None:
        """Load a page and wait until its scripts have run."""
        self.send("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        result = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def until(self, condition: str) -> Any:
        """Wait until an expression is true in the page; give its value."""
        looks = f"""new Promise((found, failed) => {{
          const end = Date.now() + {SECONDS - 5} * 1000
          const look = () => {{
            let value; try {{ value = {condition} }} catch {{}}
            if (value) found(value instanceof Node || value)
            else if (Date.now() > end) failed(new Error(document.body.innerText.slice(0, 2000)))
            else setTimeout(look, 20)
          }}
          look()
        }})"""
        return self.run(looks)

    def type(self, text: str) -> None:
        """Type text where the cursor is, key by key: an editor closes a bracket by itself."""
        for letter in text:
            self.send("Input.insertText", text=letter)

    def press(self, key: str, code: int, *, control: bool = False) -> None:
        """Press and release a key."""
        shared = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if control else 0}
        self.send("Input.dispatchKeyEvent", type="rawKeyDown", **shared)
        self.send("Input.dispatchKeyEvent", type="keyUp", **shared)

    def click(self, selector: str) -> None:
        """Click with the mouse on the middle of the first such element."""
        element = f"document.querySelector({json.dumps(selector)})"
        x, y = self.until(
            f"(r => r && r.width && [r.x + r.width / 2, r.y + r.height / 2])"
            f"({element}.getBoundingClientRect())"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **button)

    def requests(self) -> set[str]:
        """The addresses that the page and its workers asked for."""
        named = (e for e in self.events if e["method"] == "Network.requestWillBeSent")
        return {event["params"]["request"]["url"] for event in named}

    def complaints(self) -> list[object]:
        """Errors and warnings of the console, of scripts and of the content security policy."""
        found: list[object] = []
        for event in self.events:
            method, given = event["method"], event["params"]
            if method == "Runtime.exceptionThrown":
                found.append(given["exceptionDetails"])
            if method == "Runtime.consoleAPICalled" and given["type"] in {"error", "warning"}:
                found.append([item.get("value", item) for item in given["args"]])
            if method == "Log.entryAdded" and given["entry"]["level"] in {"error", "warning"}:
                found.append(given["entry"])
        return found

    def _watch(self, session: str) -> None:
        """Hear of all that a page or a worker does, from its first instruction on."""
        for domain in ("Runtime", "Network", "Log"):
            self._post(f"{domain}.enable", session, {})
        following = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        self._post("Target.setAutoAttach", session, following)
        self._post("Runtime.runIfWaitingForDebugger", session, {})

    def _post(self, method: str, session: str | None, parameters: dict[str, Any]) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        return self._number

    def _next(self) -> dict[str, Any]:
        """The next message; an event is kept as well."""
        end = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            if not select([self._read], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError("The browser does not answer.")
            chunk = os.read(self._read, 1 << 20)
            assert chunk, "The browser is gone."
            self._buffer += chunk
        text, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        if "method" in message:
            self.events.append(message)
            if message["method"] == "Page.javascriptDialogOpening":
                # A form that asks whether to leave: yes, else nothing would go on.
                self._post("Page.handleJavaScriptDialog", self._session, {"accept": True})
            if message["method"] == "Target.attachedToTarget" and self._session is not None:
                self._watch(message["params"]["sessionId"])
        return message


@contextmanager
def browsing(chromium: Chromium, profile: Path) -> Generator[Page]:
    """A page of a browser that has never been anywhere."""
    commands_out, commands_in = os.pipe()
    answers_out, answers_in = os.pipe()
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", _HAND_OVER, str(commands_out), str(answers_in)),
            *(chromium.program, *FLAGS, f"--user-data-dir={profile}"),
        ],
        pass_fds=(commands_out, answers_in),
        env={**os.environ, **chromium.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(commands_out)
    os.close(answers_in)
    try:
        page = Page(answers_out, commands_in)
        yield page
        page.close()
    finally:
        os.close(commands_in)  # at which it ends, should it still be there
        os.close(answers_out)
        process.wait(SECONDS)
