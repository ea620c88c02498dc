"""The same load by wrk, a load generator in C, where it is installed.

One thread, so that one counter numbers all requests. wrk is bounded in time alone, in whole
seconds, and stops without waiting for the last answers.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import orjson

from benchmarks.load import LOOPBACK, Result, Spec

SCRIPT = r"""
local text = %(text)s
local must = { %(must)s }
local number = -1
bad, first = 0, ""

function request()
  number = number + 1
  return string.format(text, %(first_customer)d + number %% %(customer_count)d%(fresh)s)
end

function response(status, headers, body)
  local plain = body:gsub('": ', '":')
  local good = status == 200 and not plain:find('"errors":', 1, true)
  for _, mark in ipairs(must) do
    good = good and plain:find(mark, 1, true)
  end
  if not good then
    bad = bad + 1
    if bad == 1 then first = status .. " " .. body:sub(1, 400) end
  end
end

local thread
function setup(made) thread = made end

function done(summary, latency, requests)
  local e = summary.errors
  local lost = e.connect + e.read + e.write + e.timeout
  io.write(string.format("\nRESULT %%d %%d %%d %%d %%d %%d %%s\n", summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99),
    thread:get("bad"), lost, thread:get("first"):gsub("%%s+", " ")))
end
"""


def available() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def generate(spec: Spec) -> Result:
    """Carry the spec out with wrk."""
    with tempfile.TemporaryDirectory(prefix="loyalty-wrk-") as folder:
        script = Path(folder) / "load.lua"
        script.write_text(_script(spec), "utf-8")
        seconds = max(1, round(spec.seconds))
        address = f"http://{LOOPBACK}:{spec.port}/"
        options = ["-t1", f"-c{spec.connections}", f"-d{seconds}s", "--timeout", "30s"]
        done = subprocess.run(
            ["wrk", *options, "-s", str(script), address],  # noqa: S607 - whichever the user has
            capture_output=True,
            text=True,
            check=True,
        )
    return _read(done.stdout)


def _script(spec: Spec) -> str:
    return SCRIPT % {
        "text": _quoted(spec.text),
        "must": ", ".join(_quoted(mark) for mark in spec.must),
        "first_customer": spec.first_customer,
        "customer_count": spec.customer_count,
        "fresh": ", number" * spec.fresh_count,
    }


def _quoted(text: str) -> str:
    """A Lua string; JSON's escapes of ASCII text are Lua's too."""
    return orjson.dumps(text).decode()


def _read(output: str) -> Result:
    line = next(x for x in output.splitlines() if x.startswith("RESULT "))
    _, count, duration, p50, p99, bad, lost, *first = line.split(" ", 7)
    failure = None
    if int(bad) or int(lost):
        failure = f"{bad} bad answers, {lost} lost; the first: {' '.join(first)}"
    micro = 1_000_000
    return Result(
        requests=int(count),
        seconds=int(duration) / micro,
        p50=int(p50) / micro,
        p99=int(p99) / micro,
        failure=failure,
    )
