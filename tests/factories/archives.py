"""What was received for a kept text, and what the nightly look said of a page."""

from __future__ import annotations

import hashlib
from typing import Any

from negotiations import models
from negotiations.desk_words import Role
from negotiations.operations import recheck_source
from negotiations.operations.console import machine


def archive(snapshot: models.Snapshot, *, html: str = "<p>He said.</p>") -> models.Archive:
    """The answer that a text was taken from."""
    warc = b"\x1f\x8b warc"
    return models.Archive.objects.create(
        snapshot=snapshot,
        warc=warc,
        warc_sha256=hashlib.sha256(warc).hexdigest(),
        html=html,
        html_sha256=hashlib.sha256(html.encode()).hexdigest(),
        final_url="https://paper.example/1",
        captured_at=snapshot.captured_at,
    )


def found(source: int, state: str, *, now: Any, before: str = "intact", **fields: Any) -> Any:
    """That the nightly look found a page so."""
    keeper = machine("keeper", Role.KEEPER)
    return recheck_source(by=keeper, now=now, source=source, state=state, before=before, **fields)
