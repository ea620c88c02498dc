"""How calls that concern redemptions end, by merchant: for its metrics, not for the process's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gateway.errors import RequestCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from gateway.http.documents import Document
    from gateway.http.observed import Observed
    from gateway.http.pipeline import Prepared
    from gateway.services.sightings import Sightings

CALLS: Final = frozenset(
    {
        "redemptionPreview",
        "applyRedemption",
        "captureRedemption",
        "releaseRedemption",
        "refundRedemption",
        "completeOrder",
    }
)
WEBHOOK: Final = "checkoutWebhook"
MERCHANT: Final = "merchant"
"""Where in a request's state the checkout webhook leaves whose it is."""

MOST_KEPT: Final = 200
DONE, REFUSED, FAILED = 0, 1, 2
_OURS: Final = frozenset({RequestCode.INTERNAL.value, RequestCode.OVERLOADED.value})
_OK: Final = "OK"
OUR_FAULT: Final = 500
CALLERS_FAULT: Final = 400


class CallOutcomes:
    """Notes each call that has ended. A call of nobody known, or that its caller left, is none."""

    def __init__(self, sightings: Sightings, clock: Callable[[], int]) -> None:
        self._sightings = sightings
        self._clock = clock
        self._kept: dict[tuple[int, str | None], tuple[Document, tuple[str, ...]]] = {}

    def __call__(self, seen: Observed) -> None:
        """Note it, if it is one."""
        if not seen.status and seen.scope["type"] == "http":
            return
        if seen.operation is None:
            merchant_id = seen.scope["state"].get(MERCHANT)
            if merchant_id is not None:
                self._sightings.call(merchant_id, WEBHOOK, self._clock(), _by_status(seen.status))
            return
        principal = seen.context and seen.context.principal
        if not principal:
            return
        for name in self._calls(seen, seen.operation):
            outcome = _by_code(seen.code, seen.status)
            self._sightings.call(principal.merchant_id, name, self._clock(), outcome)

    def _calls(self, seen: Observed, operation: Prepared) -> tuple[str, ...]:
        """Which calls the operation consists of: looked up once for a document that is kept."""
        document, asked = operation.document, operation.asked.operation_name
        kept = self._kept.get((id(document), asked))
        if kept is not None and kept[0] is document:
            return kept[1]
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        found = tuple(name for name in seen.fields() if name in CALLS)
        self._kept[id(document), asked] = document, found
        return found


def _by_code(code: str | None, status: int) -> int:
    if code in _OURS or status >= OUR_FAULT:
        return FAILED
    return DONE if code == _OK else REFUSED


def _by_status(status: int) -> int:
    if status >= OUR_FAULT:
        return FAILED
    return DONE if status < CALLERS_FAULT else REFUSED
