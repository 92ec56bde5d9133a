"""Keeping what near-identical texts are found by."""

from __future__ import annotations

from negotiations.likeness import bands_of
from negotiations.models import Fingerprint, Snapshot


def keep_fingerprint(snapshot: Snapshot) -> None:
    """Keep the fingerprint of a text, in the transaction that keeps the text."""
    Fingerprint.objects.create(snapshot=snapshot, bands=bands_of(snapshot.text))
