"""What there is to do: work that is due by kind, and how far those who tell the world are behind.

Every model that is `Work` is a kind of its own; only what is due in another way stands in a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Value

from negotiations.desk_words import ReleaseState, SubscriptionState
from negotiations.models import LedgerEntry, LedgerMark, PieceMark, Release
from negotiations.models.work import works

PIECES = "pieces"
# Work that is not to be done though it is due.
_BUT = {"feed": Q(paused=True), "subscription": ~Q(state=SubscriptionState.ACTIVE)}
# These wait for the turn of their host, or are spread over a night: nothing is late.
_PATIENT = frozenset({"evidencecheck", "feed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDue:
    """Work of a kind that nobody has begun: how much is due, and for how long the oldest."""

    kind: str
    due: int
    age_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderBehind:
    """How many numbers of the ledger a reader has not read, and how old the first of them is.

    `pieces` is what is made ready for readers; the others tell the outside.
    """

    name: str
    behind: int
    age_seconds: float


def workload(*, now: datetime) -> tuple[WorkDue, ...]:
    """All kinds, each in turn; one SQL query."""
    counts = [_count(kind, rows, moment) for kind, rows, moment in _waiting(now)]
    found = {kind: (due, since) for kind, due, since in counts[0].union(*counts[1:], all=True)}
    return tuple(
        WorkDue(kind=kind, due=due, age_seconds=_age(since, now))
        for kind, (due, since) in sorted(found.items())
    )


def readers(*, now: datetime) -> tuple[ReaderBehind, ...]:
    """Who reads the ledger on, by name; one SQL query."""
    public = LedgerEntry.objects.filter(public=True)
    marks: Any = LedgerMark.objects.annotate(**_ahead(public, "number")).order_by("name")
    rows = marks.values_list("name", "number", "newest", "since")
    return tuple(_reader(*row, now=now) for row in rows)


def pieces_behind(*, now: datetime) -> ReaderBehind | None:
    """The same of what is made ready for readers; None before it was begun. One SQL query."""
    marks: Any = PieceMark.objects.annotate(**_ahead(LedgerEntry.objects.all(), "made_to"))
    row = marks.values_list("made_to", "newest", "since").first()
    return None if row is None else _reader(PIECES, *row, now=now)


def set_aside() -> dict[str, int]:
    """How much work of each kind was set aside; one SQL query."""
    counts = [_count(kind, rows.exclude(aside=""), "due_at") for kind, rows in _works()]
    return {kind: n for kind, n, _ in counts[0].union(*counts[1:], all=True)}


def outbox_age_seconds(*, now: datetime) -> float:
    """For how long the oldest work that is due waits, or the oldest act to be told; two queries.

    What strangers' hosts are asked in turn (feeds, nightly looks) is left out.
    """
    ages = [one.age_seconds for one in workload(now=now) if one.kind not in _PATIENT]
    return max([*ages, *(one.age_seconds for one in readers(now=now))], default=0.0)


def _waiting(now: datetime) -> Iterator[tuple[str, QuerySet[Any], str]]:
    """Each kind, its rows that are due and held by nobody, and since when."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    waiting = Release.objects.filter(state=ReleaseState.WAITING, release_at__lte=now)
    yield "release", waiting, "release_at"
    for kind, rows in _works():
        due = rows.filter(free, due_at__lte=now)
        yield kind, due.exclude(_BUT[kind]) if kind in _BUT else due, "due_at"


def _works() -> Iterable[tuple[str, QuerySet[Any]]]:
    return [(kind, model._default_manager.all()) for kind, model in works().items()]


def _count(kind: str, rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
    # Grouped by a constant, which the database leaves out: a kind of which nothing waits has a row.
    told = rows.order_by().annotate(work=Value(kind)).values("work")
    return told.annotate(n=Count("pk"), since=Min(moment)).values_list("work", "n", "since")


def _ahead(acts: QuerySet[LedgerEntry], mark: str) -> dict[str, Any]:
    later = acts.filter(number__gt=OuterRef(mark)).order_by("number")
    return {
        "newest": Subquery(acts.order_by("-number").values("number")[:1]),
        "since": Subquery(later.values("at")[:1]),
    }


def _reader(
    name: str, number: int, newest: int | None, since: datetime | None, *, now: datetime
) -> ReaderBehind:
    behind = 0 if since is None else (newest or 0) - number
    return ReaderBehind(name=name, behind=behind, age_seconds=_age(since, now))


def _age(since: datetime | None, now: datetime) -> float:
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
