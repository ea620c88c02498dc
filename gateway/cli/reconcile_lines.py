"""Findings as lines: for a person, or as JSON, one object a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import click
import orjson

from gateway.ledger.commands import Balance, Outcome
from gateway.money import to_decimal
from gateway.services.findings import Finding, Preview


class Lines:
    """Prints findings as they come, and counts them."""

    def __init__(self, currency: str, *, as_json: bool, only_mended: bool = False) -> None:
        """Amounts are in `currency`."""
        self._currency = currency
        self._as_json = as_json
        self._only_mended = only_mended
        self._found: Counter[str] = Counter()
        self._mended = 0

    def anew(self, *, only_mended: bool) -> Lines:
        """The same, with nothing counted."""
        return Lines(self._currency, as_json=self._as_json, only_mended=only_mended)

    def show(self, finding: Finding, outcomes: Sequence[Outcome]) -> None:
        """Print it, with what its repair came to or would come to."""
        self._found[finding.kind.value] += 1
        self._mended += bool(outcomes) and outcomes[-1].refusal is None
        if self._only_mended and not outcomes:
            return
        if self._as_json:
            click.echo(orjson.dumps(self._object(finding, outcomes)).decode())
            return
        click.echo(finding.id)
        click.echo(f"  {finding.sentence}")
        click.echo(f"  {_result(finding, outcomes)}")

    def summary(self) -> None:
        """Print how many there are of each kind."""
        if self._as_json:
            return
        for kind, count in sorted(self._found.items()):
            click.echo(f"{count:>9,} {kind}")
        mended = f"; {self._mended:,} mended" if self._mended else ""
        total = sum(self._found.values())
        click.echo(f"{total:,} findings{mended}" if total else "all of it agrees")

    def _object(self, finding: Finding, outcomes: Sequence[Outcome]) -> dict[str, object]:
        preview = finding.preview
        amount = finding.amount_minor
        return {
            "id": finding.id,
            "kind": finding.kind.value,
            "open": finding.open,
            "sentence": finding.sentence,
            "at": finding.at,
            "orderId": finding.order_id,
            "customer": finding.customer_id,
            "redemption": finding.redemption_id,
            "points": finding.points,
            "amount": None if amount is None else to_decimal(amount, self._currency),
            "pointsThere": finding.points_there,
            "repair": finding.repairs,
            "preview": preview and _previewed(preview),
            "mended": outcomes[-1].refusal is None if outcomes else None,
            "refusal": next((o.refusal.code.value for o in outcomes if o.refusal), None),
        }


def _previewed(preview: Preview) -> dict[str, object]:
    return {
        "refusal": preview.refusal,
        "before": _balances(preview.coins_before, preview.credits_before),
        "after": _balances(preview.coins_after, preview.credits_after),
    }


def _balances(coins: Balance, credit: Balance) -> dict[str, int]:
    return {
        "available": coins.available,
        "held": coins.held,
        "pending": coins.pending,
        "debt": coins.debt,
        "creditsMinor": credit.available,
    }


def _result(finding: Finding, outcomes: Sequence[Outcome]) -> str:
    repair = ", then ".join(finding.repairs)
    if not finding.steps:
        there = {True: "its points are there", False: "its points are gone", None: ""}
        return there[finding.points_there] or "for a person to look at"
    if outcomes:
        refusal = outcomes[-1].refusal
        return f"{repair}: refused, {refusal.code.value}" if refusal else f"{repair}: done"
    preview = finding.preview
    if preview is None:  # the customer was merged into another one
        return repair
    if preview.refusal is not None:
        return f"for a person to look at ({repair} would be refused: {preview.refusal})"
    before = _balances(preview.coins_before, preview.credits_before)
    after = _balances(preview.coins_after, preview.credits_after)
    moved = [
        f"{name} {before[name]:,} → {after[name]:,}"
        for name in before
        if before[name] != after[name]
    ]
    return f"{repair}: {', '.join(moved) or 'no points move'}"
