"""The guide's commands work as they are written."""

from __future__ import annotations

import asyncio
import os
import re
import shutil

import pytest

from tests.e2e.deliveries import open_platform
from tests.e2e.serving import Served
from tests.house.sources import ROOT

GUIDE = (ROOT / "docs" / "guides" / "order-webhooks.md").read_text("utf-8")
COMMANDS = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    ("kind", "script"), list(zip(("GENERIC", "SHOPIFY"), COMMANDS, strict=True))
)
async def test_the_commands_of_the_guide_send_a_delivery(served: Served, kind: str, script: str):
    for tool in ("bash", "curl", "openssl"):
        assert shutil.which(tool) is not None, f"{tool} is not on the PATH"
    platform = await open_platform(served, kind)
    seconds = served.clock() // 1_000_000  # the gateway's clock stands still in tests
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-euc",
        script.replace("$(date +%s)", str(seconds)),
        env={
            "PATH": os.environ["PATH"],
            "SECRET": platform.secret,
            "URL": f"http://127.0.0.1:{served.port}{platform.path}",
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert (out.decode().splitlines()[-1][-3:], err) == ("202", b"")
    await platform.run()
    assert await platform.states() == [("DONE", None)]
    ((order_id),) = [item["orderId"] for item in await platform.inbox()]
    assert (await platform.order(order_id))["earnedPoints"] == 500
