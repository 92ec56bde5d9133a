"""Who is at work, by the signs of life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from negotiations.desk_words import Part
from negotiations.models import Heartbeat

# A worker says that it is alive every 15 s.
WITHIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWorkers:
    """How many workers were heard of within a minute, and how long ago the clock was.

    Null: never. The clock is heard of when a worker does what it asks for every half minute, so it
    grows old where no worker is at work, too.
    """

    workers: int
    beat_age_seconds: float | None


def heard(*, now: datetime) -> HeardWorkers:
    """One SQL query."""
    rows = Heartbeat.objects.filter(kind=Part.BEAT.value) | Heartbeat.objects.filter(
        kind=Part.WORKER.value, at__gt=now - WITHIN
    )
    found = list(rows.values_list("kind", "at"))
    beats = [at for kind, at in found if kind == Part.BEAT.value]
    age = max(0.0, (now - max(beats)).total_seconds()) if beats else None
    return HeardWorkers(workers=len(found) - len(beats), beat_age_seconds=age)
