"""Holding redemptions, holds and orders against each other, over a stretch of time.

Pages are cut by key, kind by kind, each kind from the oldest on. A page looks at a bounded number
of rows, so it may find fewer than were asked for, also none, and still have a next one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gateway.errors import bad_input
from gateway.ledger.commands import Command, Settle
from gateway.ledger.rehearsing import Rehearsal
from gateway.services.database import statement
from gateway.services.finding_queries import LEFT_OPEN, QUERIES, Query
from gateway.services.finding_rows import finding_of
from gateway.services.findings import HERE, Finding, FindingKind, Preview
from gateway.services.history import checked_size
from gateway.services.runtime import Runtime

SECOND: Final = 1_000_000
DEFAULT_SPAN: Final = 7 * 86_400 * SECOND
"""How far back is looked where nothing else is said."""
DEFAULT_GRACE_SECONDS: Final = 3_600
"""How long a capture may wait for its order."""
LONGEST_GRACE_SECONDS: Final = 30 * 86_400

MENDED: Final = HERE[:4]
"""What has a repair."""

Position = tuple[FindingKind, int, int]
"""A kind, and where among its findings."""


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on and before `until`; a capture may wait so long for its order."""

    since: int
    until: int
    grace_seconds: int = DEFAULT_GRACE_SECONDS

    def of(self, kind: FindingKind, now: int) -> tuple[int, int]:
        """The part of it in which findings of that kind count."""
        if kind is not FindingKind.CAPTURED_WITHOUT_ORDER:
            return self.since, self.until
        return self.since, min(self.until, now - self.grace_seconds * SECOND)


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Some findings; `last` is where the looking ended, None if that was all."""

    items: tuple[Finding, ...]
    last: Position | None


def span_of(
    now: int,
    since: int | None = None,
    until: int | None = None,
    grace_seconds: int | None = None,
) -> Span:
    """The stretch of time that is meant. Raises RequestError(BAD_USER_INPUT)."""
    ends = now + 1 if until is None else until  # what happens this very moment counts
    begins = ends - DEFAULT_SPAN if since is None else since
    grace = DEFAULT_GRACE_SECONDS if grace_seconds is None else grace_seconds
    if not begins < ends:
        raise bad_input("`since` must be before `until`.", "since")
    if not 0 <= grace <= LONGEST_GRACE_SECONDS:
        raise bad_input(f"`graceSeconds` is 0 to {LONGEST_GRACE_SECONDS}.", "graceSeconds")
    return Span(begins, ends, grace)


async def findings(
    runtime: Runtime,
    merchant_id: int,
    span: Span,
    kinds: Sequence[FindingKind] = HERE,
    first: int = 100,
    after: Position | None = None,
) -> FindingPage:
    """Up to `first` findings behind `after`, each with what its repair would come to.

    Raises RequestError(BAD_USER_INPUT) unless `first` is 1 to 100.
    """
    checked_size(first)
    currency = (await runtime.directory.merchant(merchant_id)).currency
    found: list[Finding] = []
    last: Position | None = None
    for kind in HERE:
        if kind not in kinds or (after is not None and HERE.index(kind) < HERE.index(after[0])):
            continue
        start = after[1:] if after is not None and after[0] is kind else (0, 0)
        wanted = first - len(found)
        made, edge = await _look(runtime, merchant_id, currency, span, kind, start, wanted)
        found += made
        if edge is not None:
            last = (kind, *edge)
            break
    return FindingPage(tuple(await previewed(runtime, found)), last)


async def all_findings(
    runtime: Runtime, merchant_id: int, span: Span, kinds: Sequence[FindingKind] = HERE
) -> AsyncIterator[Sequence[Finding]]:
    """All of them, page by page."""
    after: Position | None = None
    while True:
        page = await findings(runtime, merchant_id, span, kinds, after=after)
        yield page.items
        if page.last is None:
            return
        after = page.last


async def _look(
    runtime: Runtime,
    merchant_id: int,
    currency: str,
    span: Span,
    kind: FindingKind,
    start: tuple[int, int],
    wanted: int,
) -> tuple[list[Finding], tuple[int, int] | None]:
    """Findings of one kind, and where the looking ended before the end of the kind."""
    query = QUERIES[kind]
    given = query.arguments(merchant_id, span.of(kind, runtime.clock()), start)
    if wanted == 0:
        return [], start  # the next page begins with this kind
    listed = await statement(query.page, *given, wanted + 1)
    made = [finding_of(runtime, kind, row, currency) for row in listed[:wanted]]
    if len(listed) > wanted:
        return made, made[-1].position
    return made, await _edge(query, given)


async def _edge(query: Query, given: list[int]) -> tuple[int, int] | None:
    ends = await statement(query.edge, *given)
    return (ends[0]["position"], ends[0]["number"]) if ends else None


async def left_open(merchant_id: int, customer_id: int, order_id: str) -> int | None:
    """The redemption of the cart with the order's id that nothing was captured of, if any."""
    found = await statement(LEFT_OPEN, merchant_id, customer_id, order_id)
    return next((row["found"] for row in found), None)


async def previewed(runtime: Runtime, found: Sequence[Finding]) -> list[Finding]:
    """The same findings with what their repairs would come to; one reading for all."""
    runs = [_run(each) for each in found]
    rehearsed = iter(await runtime.ledger.rehearse([run for run in runs if run]))
    return [
        _shown(each, next(rehearsed)) if run else each
        for each, run in zip(found, runs, strict=True)
    ]


def _run(finding: Finding) -> tuple[Command, ...]:
    """What is rehearsed for it: its repair, or only what the customer has."""
    if finding.steps or finding.customer_id is None:
        return finding.steps
    if finding.kind is not FindingKind.HOLD_ENDED_UNPAID:
        return ()
    return (Settle(merchant_id=finding.merchant_id, customer_id=finding.customer_id),)


def _shown(finding: Finding, rehearsal: Rehearsal) -> Finding:
    if finding.kind is FindingKind.HOLD_ENDED_UNPAID:
        there = finding.points <= rehearsal.coins.available
        there = there and finding.credits_minor <= rehearsal.credits.available
        return replace(finding, points_there=there)
    refusals = (outcome.refusal for outcome in rehearsal.outcomes)
    refused = next((refusal for refusal in refusals if refusal is not None), None)
    last = rehearsal.outcomes[-1]
    if last.elsewhere is not None:
        return finding  # it is another customer's by now; the repair goes there
    preview = Preview(
        coins_before=rehearsal.coins,
        coins_after=last.coins,
        credits_before=rehearsal.credits,
        credits_after=last.credits,
        refusal=None if refused is None else refused.code,
    )
    return replace(finding, preview=preview)
