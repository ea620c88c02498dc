"""Jobs run again and again, each for itself, until they are told to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from gateway.services.work import Job, Workers


class Clock:
    now = 0

    def __call__(self) -> int:
        return self.now


@asynccontextmanager
async def working(
    *jobs: Job, clock: Clock | None = None, failed: list[str] | None = None
) -> AsyncGenerator[Workers]:
    said = [] if failed is None else failed
    workers = Workers(jobs, clock or Clock(), lambda name, _: said.append(name))
    workers.start()
    try:
        async with asyncio.timeout(5):
            yield workers
    finally:
        await workers.stop(5)


async def test_a_job_that_fails_or_hangs_keeps_no_other_from_running():
    ran = asyncio.Event()
    failed: list[str] = []

    async def fail() -> int:
        raise OSError

    async def hang() -> int:
        await asyncio.sleep(3_600)
        return 0

    async def well() -> int:
        ran.set()
        return 0

    jobs = (Job("fails", 60, fail), Job("hangs", 60, hang), Job("runs", 60, well))
    workers = Workers(jobs, Clock(), lambda name, _: failed.append(name))
    workers.start()
    async with asyncio.timeout(5):
        await ran.wait()
    await workers.stop(0.01)
    assert failed == ["fails"]


async def test_a_job_that_drains_runs_at_once_until_nothing_is_left():
    left = [3, 2, 1, 0]
    empty = asyncio.Event()

    async def drain() -> int:
        done = left.pop(0)
        if not left:
            empty.set()
        return done

    async with working(Job("drains", 3_600, drain, drains=True)):
        await empty.wait()


async def test_a_job_with_a_share_rests_in_between():
    """A tenth of the time: nine times as long as it worked."""
    times: list[float] = []
    empty = asyncio.Event()

    async def drain() -> int:
        begun = asyncio.get_running_loop().time()
        while asyncio.get_running_loop().time() - begun < 0.01:
            pass
        times.extend((begun, asyncio.get_running_loop().time()))
        if len(times) < 6:
            return 1
        empty.set()
        return 0

    async with working(Job("shares", 3_600, drain, drains=True, share=0.1)):
        await empty.wait()
    rests = [times[2] - times[1], times[4] - times[3]]
    assert all(rest > 0.08 for rest in rests), rests


async def test_a_wake_runs_a_job_before_its_time_also_while_it_runs():
    runs: asyncio.Queue[int] = asyncio.Queue()
    workers: Workers

    async def run() -> int:
        if runs.empty() and not count:
            workers.wake("job")  # something came in after it had looked
        count.append(1)
        runs.put_nowait(1)
        return 0

    count: list[int] = []
    async with working(Job("job", 3_600, run)) as workers:
        await runs.get()
        await runs.get()
        workers.wake("job")
        await runs.get()
        workers.wake("no such job")


async def test_the_end_waits_for_what_is_underway_and_finishes_it():
    begun, go, told = asyncio.Event(), asyncio.Event(), list[str]()

    async def run() -> int:
        begun.set()
        await go.wait()
        told.append("ran")
        return 1

    async def finish() -> None:
        told.append("finished")

    workers = Workers([Job("job", 1, run, drains=True, finish=finish)], Clock())
    workers.start()
    await begun.wait()
    ending = asyncio.create_task(workers.stop(5))
    await asyncio.sleep(0)
    go.set()
    await ending
    assert told == ["ran", "finished"]


async def test_a_job_that_has_not_ended_well_for_long_is_named():
    clock = Clock()

    async def fail() -> int:
        raise OSError

    async with working(Job("fails", 10, fail), clock=clock) as workers:
        clock.now = 80_000_000
        assert workers.late() == []
        clock.now = 91_000_000
        assert workers.late() == ["fails"]


async def test_workers_that_never_started_end_at_once():
    await Workers([], Clock()).stop(5)
