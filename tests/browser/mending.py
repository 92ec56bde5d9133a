"""Corrects one seeded statement and retracts another, so that such pages can be looked at.

Run as a process of its own against the site's database; prints the ids of the two.
"""

from __future__ import annotations

import json
import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")


def main() -> None:
    """Draft and publish both through the write door, by two officers."""
    django.setup()
    from django.utils import timezone  # needs the settings

    from negotiations import models, operations  # likewise

    now = timezone.now()
    drafter, publisher = (
        operations.Actor(officer=models.Officer.objects.create_superuser(username=name).pk)
        for name in ("drafter", "publisher")
    )
    corrected, retracted = models.Statement.objects.filter(
        quotation="", speaker__isnull=False
    ).order_by("pk")[:2]
    mended = operations.draft_statement(
        by=drafter, now=now, supersedes=corrected.pk, correction_reason="The wrong day.",
        **_same(corrected) | {"said_on": "2025-03-05"},
    )  # fmt: skip
    operations.publish(
        by=publisher, now=now, noun="statement", id=mended.id, version=1, seen=mended.number
    )
    withdrawn = operations.draft_retraction(
        by=drafter, now=now, noun="statement", id=retracted.pk, correction_reason="Never said."
    )
    operations.publish(
        by=publisher, now=now, noun="statement", id=withdrawn.id, version=1, seen=withdrawn.number
    )
    print(json.dumps({"corrected": corrected.pk, "retracted": retracted.pk, "mended": mended.id}))


def _same(statement: Any) -> dict[str, Any]:
    """What a new version of a paraphrase takes over."""
    told = (
        "zone", "kind", "language", "paraphrase_en", "paraphrase_ko", "modality", "attribution",
        "credibility",
    )  # fmt: skip
    return {name: getattr(statement, name) for name in told} | {
        "source": statement.source_id,
        "speaker": statement.speaker.slug,
        "tracks": [f"{t.negotiation.slug}/{t.slug}" for t in statement.tracks.all()],
        "parties_for": [party.code for party in statement.parties.all()],
    }


if __name__ == "__main__":
    main()
