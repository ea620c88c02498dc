"""What merchants and customers may write: one refusal, and the checks that several services share.

Every check names the input field that is to blame, and says what is allowed.
"""

from __future__ import annotations

import re
from typing import Final

from gateway.errors import Code, LoyaltyError, Refusal
from gateway.rules.program import (
    BASIS_POINTS,
    MAX_SAFE_INTEGER,
    MinimumPayment,
    MinimumPaymentKind,
)

# PostgreSQL stores no NUL and UTF-8 no lone surrogate; the others break lines and logs.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LONGEST_LANGUAGE_TAG: Final = 35


def refuse(
    detail: str,
    *path: str,
    code: Code = Code.INVALID_INPUT,
) -> LoyaltyError:
    """Build the refusal of an input field; `detail` says what is allowed."""
    return LoyaltyError(Refusal(code, field=path or None), detail)


def check(
    allowed: bool,
    detail: str,
    *path: str,
    code: Code = Code.INVALID_INPUT,
) -> None:
    """Refuse with `detail` unless `allowed`."""
    if not allowed:
        raise refuse(detail, *path, code=code)


def is_text(value: str, longest: int) -> bool:
    """Whether it is 1 to `longest` characters, not all blank and none a control character."""
    return 0 < len(value) <= longest and not value.isspace() and not _CONTROL.search(value)


def is_language_tag(value: str) -> bool:
    """Whether it is formed like a BCP 47 tag, such as "en", "hi-IN" or "zh-Hant-TW"."""
    return len(value) <= _LONGEST_LANGUAGE_TAG and _LANGUAGE_TAG.fullmatch(value) is not None


def check_minimum_payment(value: MinimumPayment, *path: str) -> None:
    """Refuse an amount or a percentage out of bounds."""
    if value.kind is MinimumPaymentKind.NONE:
        check(value.value == 0, "No minimum payment has no value.", *path)
    elif value.kind is MinimumPaymentKind.FIXED:
        allowed = 0 < value.value <= MAX_SAFE_INTEGER
        detail = "A fixed minimum payment is above zero, and at most 2^53-1 minor units."
        check(allowed, detail, *path, "fixed", code=Code.INVALID_AMOUNT)
    else:
        allowed = 0 < value.value <= BASIS_POINTS
        check(allowed, "A minimum payment is above 0 % and at most 100 %.", *path, "percent")
