"""Secrets that must be read again are kept sealed: a copy of the database alone does not open them.

The key is made of SECRET_KEY; those of SECRET_KEY_FALLBACKS still open what they sealed.
"""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from negotiations.refusals import Refusal


def seal(secret: str) -> str:
    """The secret in the form in which it is kept."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(kept: str) -> str:
    """The secret again; Refusal `secret_unreadable` where it was sealed with another key."""
    try:
        return _keys().decrypt(kept.encode()).decode()
    except InvalidToken:
        raise Refusal("secret_unreadable") from None


def _keys() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(str(one)) for one in keys])


def _key(secret_key: str) -> Fernet:
    digest = hashlib.sha256(b"parley webhooks\0" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
