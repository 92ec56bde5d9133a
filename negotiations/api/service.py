"""About the service itself: its words, its description, its health."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from negotiations.api.asking import Asked, read_query
from negotiations.api.reading import Read
from negotiations.api.rendering import encode
from negotiations.api.schema import document
from negotiations.definitions import Word, definitions
from negotiations.queries.heartbeats import heard
from negotiations.queries.ledger import Latest, latest_number
from negotiations.queries.shapes import Page
from negotiations.queries.workload import outbox_age_seconds
from negotiations.replicas import ALIAS, STANDING, Standing, State
from negotiations.waking import Reach, reach_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the service can read its record (`ok`), and whether its workers can be woken.

    `ledger_number` is the newest of the `database` that is written to; while that is out of reach,
    of its replica. `workers` are those heard of within a minute, `beat_age_seconds` is how long ago
    the clock was, that starts what is periodic (null: never), and `outbox_age_seconds` for how long
    the oldest work waits that is due, acts that are still to be told outside included; feeds and
    nightly looks, which wait for the turn of their host, are not. All three are null while the
    database is out of reach. `replica` is null where this site has none.
    """

    ok: bool
    database: Reach
    broker: Reach
    workers: int | None
    beat_age_seconds: int | None
    outbox_age_seconds: int | None
    ledger_number: int | None
    replica: ReplicaHealth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaHealth:
    """The copy of the database from which public reads are answered while it is `in_use`.

    Otherwise the database itself answers them: the replica is `behind` by more than this site
    allows, `unreachable`, or `not_a_replica` any more. `lag_seconds` is how far it is behind at
    most, null while that cannot be told; `ledger_number` the newest number that it has.
    """

    state: State
    lag_seconds: int | None
    ledger_number: int | None


class ListVocabulary(Read):
    """Every word that the answers use, defined in English and Korean; stages in ladder order."""

    tag = "The service"
    shape = Page[Word]

    def answer(self, asked: Asked) -> Page[Word]:  # noqa: ARG002
        """All words, on one page."""
        return Page(results=tuple(definitions().values()), next=None)

    def latest(self) -> Latest:
        """Words change with the program, not with the record."""
        return Latest()


class ShowSchema(Read):
    """This description: OpenAPI 3.1."""

    tag = "The service"
    shape = dict[str, object]

    def answer(self, asked: Asked) -> bytes:  # noqa: ARG002
        """The document as it is stored."""
        return document()

    def latest(self) -> Latest:
        """It changes with the program, not with the record."""
        return Latest()


class ShowHealth(Read):
    """Whether the service is well.

    200 while the record can be read, if from its replica alone, 503 otherwise. A broker out of
    reach, or workers that are gone, delay what is told to the outside but stop no reader, so they
    do not make the service unwell; `unknown` where the broker lives in memory. The same is told at
    `/health`, for probes.
    """

    tag = "The service"
    shape = Health
    conditional = False
    limited = False
    statuses = {200: "The record can be read.", 503: "The record cannot be read."}

    def get(self, request: Request, **path: str) -> Response:  # noqa: ARG002
        """Look now; never from a cache."""
        read_query(request.META.get("QUERY_STRING", ""), parameters=self.parameters)
        number, replica = _number(latest_number), _replica(request)
        read = replica.ledger_number if replica and replica.state == "in_use" else None
        newest = read if number is None else number
        workers, beat, outbox = (None, None, None) if number is None else _work(timezone.now())
        health = Health(
            ok=newest is not None,
            database="unreachable" if number is None else "reachable",
            broker=reach_of(settings.CELERY_BROKER_URL),
            workers=workers,
            beat_age_seconds=beat,
            outbox_age_seconds=outbox,
            ledger_number=newest,
            replica=replica,
        )
        return Response(
            encode(health),
            status=200 if health.ok else 503,
            headers={"Cache-Control": "no-store"},
            content_type="application/json",
        )


def _work(now: datetime) -> tuple[int | None, int | None, int | None]:
    """Workers, age of the clock, age of the oldest work; three SQL queries."""
    try:
        life, outbox = heard(now=now), outbox_age_seconds(now=now)
    except (OperationalError, InterfaceError):
        return None, None, None
    beat = life.beat_age_seconds
    return life.workers, None if beat is None else int(beat), int(outbox)


def _replica(request: Request) -> ReplicaHealth | None:
    standing: Standing | None = request.META.get(STANDING)
    if standing is None:
        return None
    away = standing.state == "unreachable"
    return ReplicaHealth(
        state=standing.state,
        lag_seconds=None if standing.lag_seconds is None else ceil(standing.lag_seconds),
        ledger_number=None if away else _number(lambda: latest_number(using=ALIAS)),
    )


def _number(ask: Callable[[], int]) -> int | None:
    """What it answers; None where a database does not."""
    try:
        return ask()
    except (OperationalError, InterfaceError):
        return None
