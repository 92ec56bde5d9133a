"""Turns of strangers' hosts: one page of a host at a time, and the next one ten seconds after it
at the earliest, whichever process asks, for feeds and nightly looks alike (`HostTurn`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from negotiations.addresses import host_of
from negotiations.models import HostTurn
from negotiations.models.work import Work
from negotiations.operations.leases import take

# Two questions to one host are so far apart.
GAP = timedelta(seconds=10)
# Letters of a name; of a feed it is refused beyond.
_MOST = 300
_USUAL_PORTS = frozenset({None, 80, 443})

W = TypeVar("W", bound=Work)


def host_key(url: str) -> str:
    """What is asked once at a time: the host, with its port where that is an unusual one."""
    port, host = urlsplit(url).port, host_of(url)
    return (host if port in _USUAL_PORTS else f"{host}:{port}")[:_MOST]


def know_hosts(hosts: Iterable[str], *, now: datetime) -> None:
    """Rows for the turns of these hosts, where there are none yet: they may be asked now."""
    turns = [HostTurn(host=host, next_at=now) for host in sorted(set(hosts))]
    HostTurn.objects.bulk_create(turns, ignore_conflicts=True)


def take_in_turn(rows: QuerySet[W], *, now: datetime) -> W | None:
    """The row that is due longest among those whose `host` is free; None where there is none.

    The host is held as long as its lease (`leased_until`). One that killed its workers three times
    is set aside on the way.
    """
    tried: list[str] = []
    with transaction.atomic():
        while (turn := _free(rows, now, tried)) is not None:
            row = take(rows.filter(host=turn.host), now=now)
            if row is not None:
                HostTurn.objects.filter(pk=turn.pk).update(next_at=row.leased_until)
                return row
            # Somebody is changing the one that was due.
            tried.append(turn.host)
    return None


def leave_host(host: str, *, held: datetime, until: datetime) -> None:
    """Let it be asked again from then on, unless another worker than who held it has taken it."""
    HostTurn.objects.filter(host=host, next_at=held).update(next_at=until)


def _free(rows: QuerySet[Any], now: datetime, tried: Sequence[str]) -> HostTurn | None:
    """The host that may be asked and has the row that is due longest, locked."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    due = rows.filter(free, host=OuterRef("host"), due_at__lte=now).order_by("due_at")
    hosts = HostTurn.objects.select_for_update(skip_locked=True, of=("self",))
    waiting = hosts.filter(next_at__lte=now).exclude(host__in=tried)
    ranked = waiting.annotate(first=Subquery(due.values("due_at")[:1]))
    return ranked.filter(first__isnull=False).order_by("first", "host").first()
