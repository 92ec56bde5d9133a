"""Checkpoints in the formats of C2SP, and the keys that sign them."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import ImproperlyConfigured

from negotiations import checkpoints
from negotiations.verifier import Wrong, read_checkpoint, read_key
from tracker.environ import seeds

HEAD = hashlib.sha256(b"head").digest()


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://parley.example"
    settings.LEDGER_KEY = (b"k" * 32,)


def test_a_checkpoint_is_a_signed_note() -> None:
    """Three lines, an empty one, and a signature over the text before it."""
    text, _, signature = checkpoints.checkpoint(41, HEAD).rpartition("\n\n")
    assert text == f"parley.example/ledger\n41\n{base64.b64encode(HEAD).decode()}"
    dash, name, sent = signature.removesuffix("\n").split(" ")
    assert (dash, name) == ("\u2014", "parley.example/ledger")
    (key,) = checkpoints.public_keys()
    named, keyid, octets = key.split("+", 2)
    public = base64.b64decode(octets)
    assert (named, public[0], len(public)) == (name, 1, 33)
    assert keyid == hashlib.sha256(f"{name}\n".encode() + public).hexdigest()[:8]
    signed = base64.b64decode(sent)
    assert signed[:4].hex() == keyid
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(signed[4:], f"{text}\n".encode())


def test_the_same_size_has_the_same_checkpoint() -> None:
    assert checkpoints.checkpoint(41, HEAD) == checkpoints.checkpoint(41, HEAD)


def test_the_ledger_is_named_by_its_host_or_as_is_said(settings: Any) -> None:
    assert checkpoints.name() == "parley.example/ledger"
    settings.SITE_URL = ""
    assert checkpoints.name() == "localhost/ledger"
    settings.LEDGER_NAME = "ledger.example/talks"
    assert checkpoints.name() == "ledger.example/talks"
    assert checkpoints.public_keys()[0].startswith("ledger.example/talks+")


def test_without_a_key_there_is_one_of_the_sites_secret(settings: Any) -> None:
    settings.LEDGER_KEY = ()
    settings.SECRET_KEY = "one"
    (first,) = checkpoints.public_keys()
    assert checkpoints.public_keys() == (first,)
    settings.SECRET_KEY = "two"
    assert checkpoints.public_keys() != (first,)


def test_who_holds_the_key_before_is_still_served(settings: Any) -> None:
    """While the old secret is a fallback, or the old key stands second."""
    settings.LEDGER_KEY = ()
    settings.SECRET_KEY = "one"
    (first,) = checkpoints.public_keys()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "two", ["one"]
    second, before = checkpoints.public_keys()
    assert before == first
    note = checkpoints.checkpoint(41, HEAD)
    for key in (first, second):
        assert read_checkpoint(note, read_key(key)) == (41, HEAD)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Wrong):
        read_checkpoint(checkpoints.checkpoint(41, HEAD), read_key(first))


def test_keys_are_read_from_the_environment() -> None:
    one, other = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
    assert seeds("LEDGER_KEY", "") == ()
    assert seeds("LEDGER_KEY", f"{one}, {other}") == (b"\1" * 32, b"\2" * 32)


@pytest.mark.parametrize("text", ["c2hvcnQ=", "no base64!"])
def test_a_key_that_is_none_stops_the_site(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="LEDGER_KEY takes 32 bytes in base64"):
        seeds("LEDGER_KEY", text)
