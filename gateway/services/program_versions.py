"""An older version of a merchant's program, for a redemption that was made under it."""

from __future__ import annotations

import models
from gateway.ledger.programs import ProgramCache
from gateway.rules.program import Program


async def program_version(cache: ProgramCache, merchant_id: int, version: int) -> Program:
    """That version, from memory or from the database; a version never changes.

    Raises tortoise's DoesNotExist for a version that was never made.
    """
    cached = cache.get((merchant_id, version))
    if cached is not None:
        return cached
    row = await models.Program.get(merchant_id=merchant_id, version=version)
    return cache.add(row.body)
