"""Uses a page as a person does: by what buttons say and fields are called, not by their classes."""

from __future__ import annotations

import json
from base64 import b64decode

from tests.browser.chromium import Page

# By accessible name, as far as the console's pages need it; hidden elements are not there.
_LOOK = """
(() => {
  const seen = (e) => e && e.getClientRects().length > 0
    && getComputedStyle(e).visibility !== "hidden";
  const text = (e) => (e.innerText || e.textContent || "").replace(/\\s+/g, " ").trim();
  const name = (e) => {
    const by = e.getAttribute("aria-labelledby");
    if (e.getAttribute("aria-label")) return e.getAttribute("aria-label");
    if (e.labels && e.labels.length) return text(e.labels[0]);
    if (by) return by.split(" ").map((id) => text(document.getElementById(id) || e)).join(" ");
    return text(e);
  };
  // Over a dialog nothing else is to be reached.
  const dialogs = [...document.querySelectorAll('[role="dialog"]')].filter(seen);
  const middle = (r) => document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
  const onTop = dialogs.filter((e) => e.contains(middle(e.getBoundingClientRect())));
  const within = onTop.at(-1) || dialogs.at(-1) || document;
  const all = (selector) => [...within.querySelectorAll(selector)].filter(seen);
  const named = (selector, wanted) => all(selector).find((e) => name(e) === wanted);
  return {
    button: (wanted) => named(
      'button, a, summary, [role="button"], [role="tab"], [role="menuitem"]', wanted)
      || [...document.querySelectorAll('[role="menuitem"]')]
        .find((e) => seen(e) && name(e) === wanted),
    field: (wanted) => named("input, textarea, select", wanted),
    tick: (wanted) => [...within.querySelectorAll('input[type="radio"], input[type="checkbox"]')]
      .find((e) => name(e) === wanted || name(e).startsWith(wanted + " ")),
  };
})()
"""

# The middle of what has stood still for a moment. A menu that opens, say, is not there yet.
_STANDING = """
(e) => {
  if (!e || e.disabled) return false;
  e.scrollIntoView({ block: "center" });
  const r = e.getClientRects()[0];  // of a link in two lines, the first
  if (!r) return false;
  const at = [r.x + r.width / 2, r.y + r.height / 2];
  const over = document.elementFromPoint(...at);
  const clear = over && e.contains(over);
  const moving = document.getAnimations().some((each) => each.playState === "running"
    && each.effect.getTiming().iterations !== Infinity);
  const place = clear && !moving ? JSON.stringify(at) : "";
  if (window.__place !== place || window.__on !== e) {
    window.__place = place; window.__on = e; window.__since = performance.now();
  }
  return place !== "" && performance.now() - window.__since > 100 && at;
}
"""


def _found(kind: str, name: str) -> str:
    return f"{_LOOK}.{kind}({json.dumps(name)})"


class Hands:
    """A person at the console."""

    def __init__(self, page: Page, home: str) -> None:
        """`home`: the address of the gateway."""
        self.page = page
        self.home = home

    def go(self, path: str) -> None:
        """Open a page of the console by its address, whatever is unsaved."""
        self.page.send("Page.navigate", url="about:blank")
        self.page.until("location.href === 'about:blank'")
        self.page.open(f"{self.home}/console{path}")

    def sees(self, text: str) -> None:
        """Wait until the page says so."""
        wanted = json.dumps(" ".join(text.split()))
        said = "document.body.innerText.replace(/\\s+/g, ' ')"
        self.page.until(f"{said}.includes({wanted})")

    def press(self, name: str) -> None:
        """Press the button, the link or the tab of that name."""
        self._click(_found("button", name))

    def tick(self, name: str) -> None:
        """Choose a radio button, or switch a switch."""
        element = _found("tick", name)
        self.page.until(f"{element} && !{element}.disabled && true")
        self.page.run(f"{element}.click()")

    def write(self, name: str, text: str) -> None:
        """Put a text into the field of that name, in the place of what is there."""
        element = _found("field", name)
        self.page.until(f"{element} && !{element}.disabled && true")
        self.page.run(f"(e => {{ e.focus(); e.select() }})({element})")
        if text:
            self.page.send("Input.insertText", text=text)
        else:
            self.page.press("Backspace", 8)

    def value(self, name: str) -> str:
        """What stands in the field of that name."""
        return self.page.until(f"{_found('field', name)}?.value")

    def sign_in(self, email: str, password: str) -> None:
        """Come in by the door."""
        self.write("E-mail address", email)
        self.write("Password", password)
        self.press("Sign in")

    def _click(self, element: str) -> None:
        """With the mouse, as soon as it stands still and nothing is over it."""
        x, y = self.page.until(f"({_STANDING})({element})")
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            button = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
            self.page.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, **button)


def look(page: Page, *, width: int = 1440, height: int = 900, dark: bool = False) -> None:
    """Set the size of the window, and whether the system is dark."""
    page.send(
        "Emulation.setDeviceMetricsOverride",
        width=width,
        height=height,
        deviceScaleFactor=1,
        mobile=False,
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    page.send("Emulation.setEmulatedMedia", features=[scheme])


def picture(page: Page) -> bytes:
    """The page as a PNG, also what is below."""
    page.run("document.fonts.ready.then(() => true)")
    width, height = page.run("[innerWidth, document.documentElement.scrollHeight]")
    size = {"width": width, "height": height}
    page.send("Emulation.setDeviceMetricsOverride", deviceScaleFactor=1, mobile=False, **size)
    return b64decode(page.send("Page.captureScreenshot", format="png")["data"])
