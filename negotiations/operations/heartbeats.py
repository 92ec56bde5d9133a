"""Signs of life: who is at work says so, in a row of its own.

It is work and no act on the record (DECISIONS 39), so it leaves no entry in the ledger.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from negotiations.desk_words import Part
from negotiations.models import Heartbeat

# The one clock of an installation.
BEAT = "beat"
_KEPT_FOR = timedelta(days=1)


def note_life(*, name: str, now: datetime, kind: Part = Part.WORKER) -> None:
    """Say that this process was alive at that moment; one SQL statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name[:200], kind=kind.value, at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["kind", "at"],
    )


def note_end(*, name: str) -> None:
    """Say that this process ends in order, so nobody waits to hear of it."""
    Heartbeat.objects.filter(name=name[:200]).delete()


def forget_silent(*, now: datetime) -> int:
    """Drop what was not heard of for a day; how many."""
    return Heartbeat.objects.filter(at__lt=now - _KEPT_FOR).delete()[0]
