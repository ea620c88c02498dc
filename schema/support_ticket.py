"""Tickets about rewards, as a help desk tells of them."""

from __future__ import annotations

from datetime import datetime

import strawberry

from schema.describe import about, optional
from schema.errors import RedemptionError
from schema.payloads import ERRORS
from schema.scalars import microseconds


@strawberry.input(description="A ticket about rewards, to be counted.")
class RecordSupportTicketInput:
    """A ticket about rewards, to be counted."""

    reference: str = about(
        "The help desk's own id of it, 1 to 255 characters. The same one again counts once."
    )
    at: datetime | None = optional("When it was opened; null: now.")

    def moment(self) -> int | None:
        """When, in microseconds."""
        return None if self.at is None else microseconds(self.at)


@strawberry.type(description="Whether the ticket was counted, or why not.")
class RecordSupportTicketPayload:
    """Whether the ticket was counted, or why not."""

    recorded: bool = about("Whether it is counted now; false when refused.")
    replayed: bool = about("Whether it had been counted before, so that nothing changed.")
    user_errors: list[RedemptionError] = about(ERRORS)
