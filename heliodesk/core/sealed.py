"""Secrets that the desk has to read again: another system's token, a key to sign with.

What the desk only compares (passwords, its own API tokens) is hashed instead. A seal holds as long
as SECRET_KEY is kept: with another key everything sealed has to be entered anew.
"""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"heliodesk.core.sealed"


class Unsealable(Exception):
    """What is stored was not sealed with this desk's key, or was changed."""


def seal(text: str) -> str:
    """`text` so that only this desk can read it; sealed twice it looks different."""
    return _keys(*_secrets()).encrypt(text.encode()).decode()


def unseal(text: str) -> str:
    """What was sealed. Fails with `Unsealable`, after SECRET_KEY was changed for example."""
    try:
        return _keys(*_secrets()).decrypt(text.encode()).decode()
    except InvalidToken as error:
        raise Unsealable("SECRET_KEY is not the one with which this was sealed") from error


def _secrets() -> tuple[str | bytes, ...]:
    """The present key, then those before it, which still open what they sealed."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _keys(*secrets: str | bytes) -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    """A key of its own: what SECRET_KEY signs elsewhere says nothing about it."""
    plain = secret.encode() if isinstance(secret, str) else secret
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(plain)
    return base64.urlsafe_b64encode(derived)
