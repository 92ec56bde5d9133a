"""What came when a source was fetched: the answer as a WARC record, and its page, cleaned."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Q

from negotiations.models.captures import Capture
from negotiations.models.fields import text as free_text
from negotiations.models.sources import Snapshot
from negotiations.models.triggers import APPEND_ONLY


class Sha256OfBytes(Func):
    """PostgreSQL's own digest of bytes, in hexadecimal."""

    template = "encode(sha256(%(expressions)s), 'hex')"
    output_field: Any = models.CharField()


class Sha256OfText(Sha256OfBytes):
    """The same of a text, in UTF-8."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"


class _Received(models.Model):
    """The last answer of a fetch: `warc` is packed (gzip), `html` empty where it was no page."""

    warc = models.BinaryField()
    warc_sha256 = models.CharField(max_length=64)
    html = free_text()
    html_sha256 = models.CharField(max_length=64)
    final_url = models.TextField()
    captured_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(warc_sha256=Sha256OfBytes(F("warc"))), name="%(class)s_warc_digest"
            ),
            models.CheckConstraint(
                condition=Q(html_sha256=Sha256OfText(F("html"))), name="%(class)s_html_digest"
            ),
        ]


class CaptureArchive(_Received):
    """The answer that a capture found, until the capture is kept or forgotten."""

    capture = models.OneToOneField(Capture, models.CASCADE, related_name="archive")

    def __str__(self) -> str:
        return self.warc_sha256


class Archive(_Received):
    """The answer that a kept text was taken from; never changed. A transcribed text has none."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="archive")

    class Meta(_Received.Meta):
        triggers = APPEND_ONLY

    def __str__(self) -> str:
        return self.warc_sha256
