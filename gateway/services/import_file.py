"""The bytes of a CSV file as records, one at a time, each with the number that a spreadsheet shows.

Nothing is trusted: the length of a record is bounded while it is read, so a file without line
breaks or with an open quote is refused before it is in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

LONGEST_RECORD: Final = 65_536
"""Most bytes of one record, line breaks inside of quotes included."""

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(slots=True)
class UnreadableError(Exception):
    """The file cannot be read from this line on; `message` says what is allowed."""

    line: int
    message: str


class Digest(Protocol):
    """Takes the bytes as they are read."""

    def update(self, data: bytes, /) -> None:
        """Add these bytes."""
        ...


def records(source: BinaryIO, digest: Digest) -> Iterator[tuple[int, list[str]]]:
    """The cells of each record with its line, from 1: blank lines count, but have no cells.

    A record with line breaks in its cells is one line, as in a spreadsheet. All bytes that were
    read went into `digest`. Raises UnreadableError.
    """
    lines = _Lines(source, digest)
    reader = csv.reader(lines, strict=True)
    try:
        for cells in reader:
            yield lines.record, cells
            lines.record += 1
            lines.size = 0
    except csv.Error:
        raise UnreadableError(
            lines.record,
            "This is not CSV. A cell that holds a comma, a quote or a line break stands in double"
            ' quotes, and a quote inside of it is doubled: "so ""quoted"", like this".',
        ) from None


@dataclass(slots=True)
class _Lines:
    """Decoded lines of the file; knows how much of the record at hand was read."""

    source: BinaryIO
    digest: Digest
    record: int = 1
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = self.source.readline(LONGEST_RECORD + 1)
        if not raw:
            raise StopIteration
        self.digest.update(raw)
        self.size += len(raw)
        if self.size > LONGEST_RECORD:
            detail = "or the closing quote of a cell is missing" if self.size > len(raw) else ""
            raise UnreadableError(
                self.record, f"A line has at most {LONGEST_RECORD} bytes {detail}".strip() + "."
            )
        if self.record == 1:
            raw = raw.removeprefix(_BOM)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            raise UnreadableError(
                self.record, "This is not UTF-8. Save the file as CSV UTF-8 and try again."
            ) from None
