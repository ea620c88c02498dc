"""The rows of staff and of the audit log; see `tests.models.examples`."""

from __future__ import annotations

from typing import Any

GOOD_STAFF: dict[str, dict[str, Any]] = {
    "staff": {
        "merchant_id": 1,
        "id": 5,
        "email": "asha@shop.example",
        "name": "Asha",
        "role": "OWNER",
        "failed_tries": 0,
        "created_at": 1,
    },
    "staff_session": {
        "merchant_id": 1,
        "token_hash": "0" * 64,
        "staff_id": 5,
        "created_at": 1,
        "seen_at": 1,
        "expires_at": 9,
    },
    "staff_invitation": {
        "merchant_id": 1,
        "token_hash": "0" * 64,
        "staff_id": 5,
        "kind": "INVITE",
        "created_at": 1,
        "expires_at": 9,
    },
    "audit_log": {
        "merchant_id": 1,
        "id": 6,
        "at": 1,
        "actor_kind": "STAFF",
        "actor_id": 5,
        "actor_name": "Asha",
        "action": "checkout.update",
        "target": "Custom Checkout",
        "before": "{}",
        "after": "{}",
    },
}

BAD_STAFF: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "staff_role": ("staff", [{"role": "GUEST"}]),
    "staff_email": ("staff", [{"email": "a@"}, {"email": "e" * 255}]),
    "staff_tries": ("staff", [{"failed_tries": -1}]),
    "staff_session_hash": ("staff_session", [{"token_hash": "0"}]),
    "staff_session_times": ("staff_session", [{"seen_at": 0}, {"expires_at": 1}]),
    "staff_invitation_hash": ("staff_invitation", [{"token_hash": "0"}]),
    "staff_invitation_kind": ("staff_invitation", [{"kind": "GUESS"}]),
    "staff_invitation_times": ("staff_invitation", [{"expires_at": 1}]),
    "audit_log_actor": (
        "audit_log",
        [{"actor_kind": "NOBODY"}, {"actor_id": None}, {"actor_kind": "SYSTEM"}],
    ),
}
