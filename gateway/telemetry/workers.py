"""The counts of several worker processes, added up: each leaves its own in one shared folder.

Whichever worker is asked reads the files of the others. A worker that has died goes on counting by
its file, so that no sum ever falls, but its gauges do not; the next worker takes the file over.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from gateway.errors import ConfigurationError
from gateway.telemetry.exposition import as_lists, combined, from_lists, render
from gateway.telemetry.metrics import Registry, Series

FOLDER_VARIABLE = "_LOYALTY_METRICS_FOLDER"
"""Set by `loyalty serve` for its workers alone; no setting."""
WRITE_SECONDS = 1


@contextmanager
def shared_folder() -> Generator[None]:
    """A folder that the workers started meanwhile find; it is removed with all that is in it."""
    try:
        folder = tempfile.mkdtemp(prefix="loyalty-metrics-")
    except OSError as error:
        raise ConfigurationError(
            f"LOYALTY_METRICS: several workers need a directory for temporary files: {error}"
        ) from error
    os.environ[FOLDER_VARIABLE] = folder
    try:
        yield
    finally:
        del os.environ[FOLDER_VARIABLE]
        shutil.rmtree(folder, ignore_errors=True)


class Workers:
    """This process among the workers of one server; without a folder it is the only one."""

    def __init__(self, registry: Registry, folder: Path | None = None) -> None:
        """Take over the counts of one worker that has died, if there is one."""
        self._registry = registry
        self._folder = folder
        if folder is not None:
            self._mine = folder / f"{os.getpid()}.json"
            self._adopt(folder)

    def _adopt(self, folder: Path) -> None:
        for path in folder.glob("*.json"):
            if _alive(path):
                continue
            try:
                path.rename(self._mine)  # of several that try, one succeeds
            except FileNotFoundError:
                continue
            for name, series in from_lists(orjson.loads(self._mine.read_bytes())).items():
                metric = self._registry.metrics.get(name)
                if metric is not None and metric.lasting:
                    metric.series.update(series)
            return

    def write(self) -> None:
        """Leave the counts where the others find them; in one step, so that none reads half.

        A full disk costs figures, nothing else.
        """
        if self._folder is None:
            return
        new = self._mine.with_suffix(".new")
        with suppress(OSError):
            new.write_bytes(orjson.dumps(as_lists(self._registry.read())))
            new.replace(self._mine)

    def page(self) -> bytes:
        """The numbers of all workers together, as Prometheus reads them."""
        self.write()  # what was shown once must not be lost with this process
        parts = [self._registry.read(), *self._others()]
        metrics = self._registry.metrics.values()
        whole = {m.name: combined(m, [part.get(m.name, {}) for part in parts]) for m in metrics}
        return render(metrics, whole)

    def _others(self) -> list[dict[str, Series]]:
        """What the other workers have left; again from the start if a file is taken over meanwhile.

        Else its counts would lack once, and a sum would fall.
        """
        while True:
            with suppress(FileNotFoundError):
                folder = self._folder
                paths = [] if folder is None else list(folder.glob("*.json"))
                return [self._still_true(path) for path in paths if path != self._mine]

    def _still_true(self, path: Path) -> dict[str, Series]:
        alive = _alive(path)
        numbers = from_lists(orjson.loads(path.read_bytes()))
        return {name: each for name, each in numbers.items() if alive or self._lasting(name)}

    def _lasting(self, name: str) -> bool:
        metric = self._registry.metrics.get(name)
        return metric is not None and metric.lasting


def _alive(path: Path) -> bool:
    if os.name != "posix":
        return True  # to ask by signal would end the process there
    try:
        os.kill(int(path.stem), 0)
    except ProcessLookupError:
        return False
    return True
