"""Signed checkpoints of the ledger, in the formats of C2SP (signed-note, tlog-checkpoint).

A checkpoint is three lines (the name of the ledger, how many entries, the head over them), a blank
one, and a line for each signature (Ed25519). It tells no time: for a size there is no other one.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_ED25519 = b"\1"
_PURPOSE = b"parley ledger"


@dataclass(frozen=True, slots=True)
class _Signer:
    """A private key with the first four bytes of its id, and what others need to know of it."""

    private: Ed25519PrivateKey
    keyid: bytes
    public: str


def name() -> str:
    """What the ledger is called, in its checkpoints and keys: LEDGER_NAME, or the site's host."""
    return settings.LEDGER_NAME or f"{urlsplit(settings.SITE_URL).netloc or 'localhost'}/ledger"


def public_keys() -> tuple[str, ...]:
    """The keys by which checkpoints are verified, the present one first: `name+id+key`."""
    return tuple(signer.public for signer in _signers(name()))


def checkpoint(size: int, head: bytes) -> str:
    """The checkpoint of the first `size` entries, signed with each of the site's keys."""
    body = f"{name()}\n{size}\n{_text(head)}\n"
    signed = (
        f"— {name()} {_text(signer.keyid + signer.private.sign(body.encode()))}\n"
        for signer in _signers(name())
    )
    return f"{body}\n{''.join(signed)}"


def _signers(name: str) -> tuple[_Signer, ...]:
    return tuple(_signer(name, seed) for seed in _seeds())


@cache
def _signer(name: str, seed: bytes) -> _Signer:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key = _ED25519 + private.public_key().public_bytes_raw()
    keyid = hashlib.sha256(f"{name}\n".encode() + key).digest()[:4]
    return _Signer(private, keyid, f"{name}+{keyid.hex()}+{_text(key)}")


def _seeds() -> Iterator[bytes]:
    """Those of LEDGER_KEY, else one made of each secret key of the site (RFC 5869)."""
    if settings.LEDGER_KEY:
        yield from settings.LEDGER_KEY
        return
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        made = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
        yield made.derive(str(secret).encode())


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
