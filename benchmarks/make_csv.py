"""A customer file to import, of any size: `python -m benchmarks.make_csv 1000000 customers.csv`.

The same number always makes the same file. Ids count up; phones and e-mails are spread at random,
as in a real shop, so that the indexes do not have it easier than they will.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

HEADER = "externalId,phone,email,tier,tags,locale,points,pointsExpireAt,credits"
TIERS = ("", "silver", "gold")
TAGS = ("", "newsletter", "newsletter|app")
LOCALES = ("en-IN", "hi-IN", "")
STEP = 7_368_787
"""Prime to every power of ten up to 10^9, so that multiples of it never meet there."""


def lines(count: int) -> Iterator[str]:
    """The lines of the file, header first."""
    yield HEADER
    chance = random.Random(count)  # noqa: S311 - made-up customers are no secret
    for number in range(1, count + 1):
        scattered = number * STEP % 1_000_000_000
        money = f"{chance.randrange(500)}.50" if number % 10 == 0 else ""
        expiry = f"2099-{chance.randrange(1, 13):02}-28" if number % 4 else ""
        yield (
            f"custom_website-{number},+919{scattered:09},shopper{scattered:09}@example.com,"
            f"{TIERS[number % 3]},{TAGS[number // 3 % 3]},{LOCALES[number % 3]},"
            f"{chance.randrange(1, 5_000)},{expiry},{money}"
        )


def make_csv(count: int, file: Path) -> None:
    """Write the file."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.writelines(f"{line}\r\n" for line in lines(count))


if __name__ == "__main__":
    make_csv(int(sys.argv[1]), Path(sys.argv[2]))
