"""Tokens written by hand, good and hostile, without the library that the gateway uses."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

Signer = Callable[[bytes], bytes]


def segment(raw: bytes) -> str:
    """One part of a token."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def token(header: dict[str, Any], claims: Any, signer: Signer) -> str:
    """A token with any header and any claims; raw bytes stand for themselves."""
    payload = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    body = f"{segment(json.dumps(header).encode())}.{segment(payload)}"
    return f"{body}.{segment(signer(body.encode()))}"


def hs256(key: bytes) -> Signer:
    return lambda message: hmac.digest(key, message, sha256)


def es256(key: ec.EllipticCurvePrivateKey) -> Signer:
    def sign(message: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    return sign


def unsigned(_: bytes) -> bytes:
    return b""


def public_pem(key: Any) -> str:
    """The public half of a key pair, as merchants hand it over."""
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def private_pem(key: ec.EllipticCurvePrivateKey) -> str:
    """The half that must never be handed over."""
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
