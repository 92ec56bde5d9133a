"""What was received for a text: kept with its capture, then beside the text that was taken from it.

It is evidence for a text and no act of its own: the text's entry in the ledger tells of it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from negotiations.models import Archive, CaptureArchive

# What nobody has made a source's text by then.
KEPT_FOR = timedelta(days=30)
_COLUMNS = ("warc", "warc_sha256", "html", "html_sha256", "final_url", "captured_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The answer to a fetch as a packed WARC file, and its page, cleaned; "" where it is none."""

    warc: bytes
    html: str
    final_url: str


def keep_received(received: Received, *, capture: int, captured_at: datetime) -> None:
    """Keep what a capture received, in place of what an earlier attempt left."""
    columns = {
        "warc": received.warc,
        "warc_sha256": hashlib.sha256(received.warc).hexdigest(),
        "html": received.html,
        "html_sha256": hashlib.sha256(received.html.encode()).hexdigest(),
        "final_url": received.final_url,
        "captured_at": captured_at,
    }
    CaptureArchive.objects.update_or_create(capture_id=capture, defaults=columns)


def keep_archive(*, capture: int, snapshot: int) -> None:
    """Put what a capture received beside the text that was taken from it, for good."""
    for found in CaptureArchive.objects.filter(capture=capture).values(*_COLUMNS):
        Archive.objects.create(snapshot_id=snapshot, **found)


def forget_received(*, now: datetime) -> None:
    """Drop what was received for captures that are old; what was kept stands beside its text."""
    CaptureArchive.objects.filter(captured_at__lt=now - KEPT_FOR).delete()
