"""Integer ids that grow with time, and the opaque global ids that clients see."""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64
from random import getrandbits
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

EPOCH_MILLISECONDS: Final = 1_577_836_800_000
"""2020-01-01T00:00:00Z; the 42 bits of milliseconds counted from here last until 2159."""

SEQUENCE_BITS: Final = 21
"""Low bits of an id; above them stand the milliseconds."""

MAX_ID: Final = 2**63 - 1
"""Largest id: what a signed 64-bit column holds."""

MAX_GLOBAL_ID_LENGTH: Final = 200
"""Most characters of a global id."""

_URL_ALPHABET: Final = bytes.maketrans(b"+/", b"-_")
_PLAIN_ALPHABET: Final = bytes.maketrans(b"-_", b"+/")

_PADDING: Final = b"=="
"""Enough for any length: padding beyond the last group of four is not read."""


class IdMaker:
    """Makes positive 63-bit ids, each larger than the one before, whatever the clock does.

    Each millisecond starts at a random place, so that processes seldom meet; no id of one maker
    repeats. Between two processes only the unique key of a table is a guarantee. Use one maker
    for each process, from one thread. An id is no secret: who may see what it names is decided by
    the credential.
    """

    def __init__(
        self, clock: Callable[[], int], randbits: Callable[[int], int] = getrandbits
    ) -> None:
        """Take a clock in microseconds since the Unix epoch, and a source of random bits."""
        self._clock = clock
        self._randbits = randbits
        self._last = 0

    def next(self) -> int:
        """Return the next id."""
        millisecond = self._clock() // 1000 - EPOCH_MILLISECONDS
        if millisecond > self._last >> SEQUENCE_BITS:
            self._last = millisecond << SEQUENCE_BITS | self._randbits(SEQUENCE_BITS)
        else:
            # Also when the clock stepped back; and a full millisecond carries into the next.
            self._last += 1
        return self._last


def first_id(microseconds: int) -> int:
    """The least id that could be made in the first millisecond that begins at that time or later.

    Microseconds since the Unix epoch.
    """
    milliseconds = -(-microseconds // 1000) - EPOCH_MILLISECONDS
    return min(max(milliseconds, 0) << SEQUENCE_BITS, MAX_ID)


def to_global_id(type_name: str, *parts: int | str) -> str:
    """Encode a type and the parts of its key as one opaque, URL-safe id.

    Raises ValueError when `from_global_id` could not read it back: no part or an empty one, a dot
    or an unprintable character in a part, or a result over 200 characters.
    """
    texts = [str(part) for part in parts]
    body = ".".join(texts)
    if not all(texts) or body.count(".") != len(texts) - 1 or not body.isprintable():
        raise ValueError(f"A part of a {type_name} id is empty, holds a dot or is not printable")
    value = _encode(f"{type_name}:{body}".encode())
    if len(value) > MAX_GLOBAL_ID_LENGTH:
        raise ValueError(f"A {type_name} id is longer than {MAX_GLOBAL_ID_LENGTH} characters")
    return value


def from_global_id(value: str, type_name: str) -> tuple[str, ...] | None:
    """Return the parts of a global id of that type; None for anything else.

    Only the very text that `to_global_id` makes is accepted, so no thing has two ids.
    """
    if len(value) > MAX_GLOBAL_ID_LENGTH:
        return None
    try:
        raw = a2b_base64(value.encode("ascii").translate(_PLAIN_ALPHABET) + _PADDING)
        name, _, body = raw.decode().partition(":")
    except ValueError:
        return None
    # a2b_base64 skips what it does not know, so only the way back tells whether all was read.
    if name != type_name or not body.isprintable() or _encode(raw) != value:
        return None
    parts = tuple(body.split("."))
    return parts if all(parts) else None


def id_number(part: str) -> int | None:
    """Read one part as an integer id; None unless it is written as `str` writes 0 to 2^63-1."""
    if not (part.isascii() and part.isdigit() and len(part) <= len(str(MAX_ID))):
        return None
    number = int(part)
    return number if number <= MAX_ID and str(number) == part else None


def _encode(raw: bytes) -> str:
    return b2a_base64(raw, newline=False).translate(_URL_ALPHABET, b"=").decode("ascii")
