"""Taking work that is due, for the time of a lease, and giving it back.

Who takes a row holds it until the lease runs out; what comes from one whose lease was lost is
dropped, for its turn is no longer the newest. Work that let three leases in a row run out has
killed its workers: it is set aside, with the reason, until somebody tries it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from negotiations.models.work import Work

LEASE = timedelta(seconds=60)
MOST_LOST = 3
# The code of the refusal that stands on what was set aside.
POISONOUS = "worker_lost"
NOTHING: Mapping[str, Any] = MappingProxyType({})

W = TypeVar("W", bound=Work)


def take(
    rows: QuerySet[W],
    *,
    now: datetime,
    lease: timedelta = LEASE,
    taken: Mapping[str, Any] = NOTHING,
    lost: Mapping[str, Any] = NOTHING,
) -> W | None:
    """The row among these that is due longest and that nobody holds; None where there is none.

    What killed its workers three times is set aside on the way. Columns of the kind's own are
    written with it: `taken` to what is taken, `lost` to what is set aside.
    """
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    with transaction.atomic():
        due = rows.select_for_update(skip_locked=True, of=("self",)).filter(free, due_at__lte=now)
        # One row at a time: others that look for work meanwhile are to find the next ones free.
        while (row := due.order_by("due_at", "pk").first()) is not None:
            if row.leased_until is not None:
                row.lost += 1
            if row.lost >= MOST_LOST:
                _write(row, aside=POISONOUS, due_at=None, leased_until=None, **lost)
                continue
            _write(row, turn=row.turn + 1, leased_until=now + lease, **taken)
            return row
    return None


def give_back(row: Work, *, due_at: datetime | None, **columns: Any) -> bool:
    """End a lease: due again then, or not at all; `columns` are written with it.

    False, and nothing is written, where the lease was lost to another worker.
    """
    mine = type(row)._default_manager.filter(pk=row.pk, turn=row.turn, leased_until__isnull=False)
    ended = {"due_at": due_at, "leased_until": None, "lost": 0}
    return mine.update(**ended, **columns) == 1


def _write(row: Work, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["lost", *columns])
