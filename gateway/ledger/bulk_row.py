"""One customer of a file that is imported, and how many are worked on together."""

from __future__ import annotations

from typing import NamedTuple

CHUNK = 5_000
"""Rows that are staged together."""


PAGE = 2_000
"""Customers who are locked, decided and written together."""


class BulkRow(NamedTuple):
    """One customer of the file; None leaves what is there. Values are checked already."""

    line: int
    """Unique, and ascending as the rows are staged."""
    new_id: int
    """The id that the customer gets if there is none yet with this external id."""
    external_id: str
    phone: str | None
    email: str | None
    birthday: str | None
    tier: str | None
    tags: str | None
    """A JSON list."""
    locale: str | None
    points: int
    """Of the lot to open in the wallet COINS; 0: none."""
    points_from: int
    """Not before the time of the import."""
    points_expire_at: int | None
    """None also where there are no points; so with the credits."""
    credits_minor: int
    """Of the lot to open in the wallet CREDITS; 0: none."""
    credits_expire_at: int | None
    awards_due_at: int | None
    """When to look at what is given to the customer, if it is a new one."""
    birthday_due_at: int | None
    """When to look again, at the latest, if it is one who is there; None: as before."""
