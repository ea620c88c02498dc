"""What a caller is told who has asked for too much."""

from __future__ import annotations

from gateway.errors import RequestCode, RequestError
from gateway.throttling.bucket import SECOND


def throttled(wait: int, what: str) -> RequestError:
    """The refusal of a request that would be admitted after `wait` nanoseconds.

    `what` there was too much of, in words that hold no secret and no personal data.
    """
    seconds = max(1, -(-wait // SECOND))
    return RequestError(
        RequestCode.THROTTLED,
        f"Too many {what}. Try again in {seconds} s.",
        retry_after_seconds=seconds,
    )
