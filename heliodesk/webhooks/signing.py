"""Signatures by the convention of Standard Webhooks (standardwebhooks.com), so that ready
libraries verify them.

What is signed is `<webhook-id>.<webhook-timestamp>.<body>`, by HMAC-SHA256 with the bytes that the
secret stands for: base64 after `whsec_`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
BYTES = 24


def new_secret() -> str:
    """A secret as the receiver gets it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signature(secret: str, message_id: str, timestamp: int, body: str) -> str:
    """`v1,` and the signature in base64."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
