"""Signed tokens in their compact form, by PyJWT: the signature alone, not what they claim.

Loading this module takes a quarter of a second (PyJWT brings all of `cryptography`), so only a
function that needs it imports it.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson
from jwt.algorithms import ECAlgorithm, HMACAlgorithm
from jwt.api_jws import PyJWS
from jwt.exceptions import PyJWTError

if TYPE_CHECKING:
    from gateway.services.signing_keys import VerifyingKey


class _PreparedHmac(HMACAlgorithm):
    """HS256 with keys that were checked when they came in.

    PyJWT would look at each use whether the key is a PEM, DER, SSH or JSON text in disguise, which
    takes as long as everything else. Here only derived keys and registered secrets come in.
    """

    def prepare_key(self, key: str | bytes) -> bytes:
        return key.encode() if isinstance(key, str) else key

    def sign(self, msg: bytes, key: bytes) -> bytes:
        return hmac.digest(key, msg, sha256)


# These two, and no `none`: an algorithm that is not registered cannot be asked for.
_JWS = PyJWS(algorithms=[])
_JWS.register_algorithm("HS256", _PreparedHmac(HMACAlgorithm.SHA256))
_JWS.register_algorithm("ES256", ECAlgorithm(ECAlgorithm.SHA256))


def sign(claims: dict[str, object], key: bytes, kid: str) -> str:
    """Make an HS256 token."""
    return _JWS.encode(orjson.dumps(claims), key, "HS256", headers={"kid": kid})


def verified_payload(token: str, key: VerifyingKey) -> bytes | None:
    """The payload of a token that this key signed, by this key's algorithm; else None."""
    try:
        payload: bytes = _JWS.decode(token, key.key, algorithms=[key.algorithm])
    except PyJWTError:
        return None
    return payload
