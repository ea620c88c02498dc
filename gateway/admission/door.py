"""Who is limited by what: from a caller to the buckets that pay for what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gateway.auth import CallerKind, Principal
from gateway.throttling.kept import Key
from gateway.throttling.local import Limit
from gateway.throttling.refusing import throttled


@dataclass(frozen=True, slots=True)
class Limits:
    """A limit for each kind of caller; None: none."""

    customer: Limit | None = None
    """Of one customer, with all its tokens."""
    address: Limit | None = None
    """Of one client address, with one publishable key or without a credential."""
    publishable_key: Limit | None = None
    """Of one publishable key, from all addresses."""
    backend: Limit | None = None
    """Of one Secret Webhook ID or admin key."""


class Spent(NamedTuple):
    """The caller's tightest bucket after a request."""

    limit: int
    """Units in a full one."""
    left: int


class _Due(NamedTuple):
    limit: Limit | None
    key: Key
    whose: str


class Admission:
    """Takes the cost of a request out of every bucket that it concerns, or out of none."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    async def admit(
        self,
        principal: Principal | None,
        cost: int,
        *,
        address: str = "",
        customer_external_id: str | None = None,
    ) -> Spent | None:
        """Let a request in; None where nothing limits its caller.

        `customer_external_id` is whom a backend says to act for: that customer pays as well, out of
        the bucket that its own tokens have. Raises RequestError(THROTTLED), and takes nothing then.
        """
        spent: Spent | None = None
        paid: list[_Due] = []
        longest, whose = 0, ""
        for due in self._dues(principal, address, customer_external_id):
            if due.limit is None:
                continue
            wait, left = await due.limit.take(due.key, cost)
            if not wait:
                paid.append(due)
            if wait > longest:
                longest, whose = wait, due.whose
            if spent is None or left < spent.left:
                spent = Spent(due.limit.rate.burst, left)
        if longest:
            for due in paid:
                if due.limit is not None:
                    due.limit.give_back(due.key, cost)
            raise throttled(longest, f"requests from this {whose}")
        return spent

    def _dues(
        self, principal: Principal | None, address: str, customer: str | None
    ) -> tuple[_Due, ...]:
        """The buckets that a request concerns. A key begins with the merchant."""
        limits = self._limits
        if principal is None:
            return (_Due(limits.address, (0, address), "address"),) if address else ()
        merchant, credential = principal.merchant_id, principal.credential_id
        if principal.kind is CallerKind.CUSTOMER:
            return (_Due(limits.customer, (merchant, principal.external_id), "customer"),)
        if principal.kind is CallerKind.PUBLISHABLE:
            whole = _Due(limits.publishable_key, (merchant, credential), "publishable key")
            one = _Due(limits.address, (merchant, credential, address), "address")
            return (one, whole) if address else (whole,)
        if principal.kind is CallerKind.STAFF:
            return (_Due(limits.address, (merchant, "staff", principal.staff_id), "person"),)
        own = _Due(limits.backend, (merchant, credential), "credential")
        if customer is None:
            return (own,)
        return (own, _Due(limits.customer, (merchant, customer), "customer"))
