"""What can be asked of the ledger about customers themselves. Frozen values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.ledger.commands import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Command):
    """Make the customer `source_id` a part of this one. To merge it again changes nothing."""

    source_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase(Command):
    """Forget who the customer is, and take all that it has. To do it again changes nothing."""
