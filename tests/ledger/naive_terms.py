"""What one version of a program says, in the naive ledger's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Gives:
    """An earning rule: `points` for every `per` minor units that were paid; no `per`: at once."""

    number: int
    kind: str
    points: int
    per: int = 0
    least: int = 0
    life: int | None = None
    product: str | None = None
    tier: str | None = None
    multiplied: bool = True
    since: int | None = None


@dataclass(frozen=True)
class Earns:
    """How customers earn. Tiers are name, threshold and multiplier in basis points."""

    rules: tuple[Gives, ...] = ()
    tiers: tuple[tuple[str, int, int], ...] = ()
    by_spend: bool = False
    window: int = 0
    life: int | None = 365 * 86_400
    reminder: int | None = 14 * 86_400
    excluded: str | None = None


@dataclass(frozen=True)
class Terms:
    """One redemption rule: `points` buy `discount`, again and again; and how points are earned."""

    enabled: bool = True
    points: int = 1
    discount: int = 100
    minimum_points: int = 0
    maximum_discount: int | None = None
    fixed_floor: int = 0
    percent_floor: int = 0
    hold: int = 900
    grace: int = 30 * 86_400
    debt_allowed: bool = False
    earns: Earns = Earns()

    def floor(self, total: int) -> int:
        """The least that must be paid."""
        share = total * self.percent_floor
        return self.fixed_floor + share // 10_000 + (1 if share % 10_000 else 0)
