"""A program version to its stored form and back, and the in-process cache of versions.

A stored version never changes, so the cache needs no invalidation; which version is current is
read with the rows that the decision needs, in the same statement.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict
from threading import Lock
from typing import Any

import orjson

from gateway.rules.earning_rules import (
    NO_EARNING,
    Earning,
    EarningKind,
    EarningRule,
    Tier,
    TierMeasure,
)
from gateway.rules.program import ClawbackPolicy, MinimumPayment, MinimumPaymentKind, Program, Rule
from gateway.rules.program import RuleKind as Kind

_SETS = ("product_ids", "collection_ids", "tiers", "tags")
_EXCLUDED = ("excluded_product_ids", "excluded_collection_ids")

ProgramKey = tuple[int, int]


class ProgramCache:
    """Program versions by merchant and version, least recently used ones dropped.

    Safe to use from several threads: the event loop's, and those of the SQLite store.
    """

    def __init__(self, size: int = 4096) -> None:
        """Keep at most `size` versions."""
        self._size = size
        self._programs: OrderedDict[ProgramKey, Program] = OrderedDict()
        self._lock = Lock()

    def get(self, key: ProgramKey) -> Program | None:
        """The version, or None when it is not in the cache."""
        with self._lock:
            program = self._programs.get(key)
            if program is not None:
                self._programs.move_to_end(key)
            return program

    def add(self, body: str) -> Program:
        """Decode a stored version and keep it."""
        program = decode(body)
        with self._lock:
            self._programs[program.merchant_id, program.version] = program
            if len(self._programs) > self._size:
                self._programs.popitem(last=False)
        return program


def encode(program: Program) -> str:
    """The stored form of a program version."""
    body = asdict(program)
    earning = body["earning"]
    for rule in body["rules"]:
        _each(rule, _SETS, sorted)
    for rule in earning["rules"]:
        _each(rule, _SETS + _EXCLUDED, sorted)
    _each(earning, _EXCLUDED, sorted)
    return orjson.dumps(body).decode()


def decode(body: str) -> Program:
    """The program version from its stored form; one of before there was earning has none.

    Whether lines are demanded is False in those that do not say so: it was no part of them.
    """
    values: dict[str, Any] = orjson.loads(body)
    values["rules"] = tuple(_rule(rule) for rule in values["rules"])
    values["minimum_payment"] = _minimum(values["minimum_payment"])
    values["clawback_policy"] = ClawbackPolicy(values["clawback_policy"])
    earning = values.get("earning")
    values["earning"] = NO_EARNING if earning is None else _earning(earning)
    return Program(**values)


def _rule(values: dict[str, Any]) -> Rule:
    _each(values, _SETS, frozenset)
    values["kind"] = Kind(values["kind"])
    own = values["minimum_payment"]
    values["minimum_payment"] = None if own is None else _minimum(own)
    return Rule(**values)


def _earning(values: dict[str, Any]) -> Earning:
    _each(values, _EXCLUDED, frozenset)
    values["rules"] = tuple(_earning_rule(rule) for rule in values["rules"])
    values["tiers"] = tuple(Tier(**tier) for tier in values["tiers"])
    values["tier_measure"] = TierMeasure(values["tier_measure"])
    return Earning(**values)


def _earning_rule(values: dict[str, Any]) -> EarningRule:
    _each(values, _SETS + _EXCLUDED, frozenset)
    values["kind"] = EarningKind(values["kind"])
    return EarningRule(**values)


def _each(values: dict[str, Any], names: tuple[str, ...], form: Callable[[Any], object]) -> None:
    for name in names:
        values[name] = form(values[name])


def _minimum(values: dict[str, Any]) -> MinimumPayment:
    return MinimumPayment(MinimumPaymentKind(values["kind"]), values["value"])
