"""What a shopper reads: short, plain sentences in the shopper's language.

Codes never change with the language; only these sentences do. Every function takes a language
that `negotiate` returned, and a currency that `gateway.currencies` knows.
"""

from __future__ import annotations

from gateway.messages.formats import format_money
from gateway.messages.languages import LANGUAGES, negotiate
from gateway.messages.sentences import (
    credits_message,
    earned_message,
    earning_refusal_message,
    offer_message,
    refusal_message,
)

__all__ = [
    "LANGUAGES",
    "credits_message",
    "earned_message",
    "earning_refusal_message",
    "format_money",
    "negotiate",
    "offer_message",
    "refusal_message",
]
