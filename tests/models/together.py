"""Several real processes that do the same thing at the same time."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60


async def run_together(count: int, script: str, *arguments: str) -> list[str]:
    """Run the script in `count` processes; answers what each of them printed.

    It prints a line when it is ready, and then waits for a line of input: so they start at once.
    """
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={"PATH": os.defpath},
            text=True,
        )
        for _ in range(count)
    ]
    for run in runs:
        assert run.stdout is not None
        run.stdout.readline()
    waits = (asyncio.to_thread(run.communicate, "go\n", SECONDS) for run in runs)
    answers = await asyncio.gather(*waits)
    assert [run.returncode for run in runs] == [0] * count, answers
    return [printed.strip() for printed, _ in answers]
