"""What a Prometheus server is told: requests of all web processes, and the state of the work."""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily as Gauge
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from negotiations.api.problems import told
from negotiations.api.routes import bare
from negotiations.lifetimes import PRIVATE
from negotiations.queries import jobs, workload
from negotiations.queries.heartbeats import heard
from negotiations.queries.ledger import latest_number, newest_number
from negotiations.refusals import Refusal
from negotiations.replicas import STANDING, Standing
from negotiations.visitors import address_of
from negotiations.waking import reach_of


def metrics(request: HttpRequest) -> HttpResponseBase:
    """All metrics, to whom they may be told; refuses `method_not_allowed`, `metrics_closed`.

    While the database is out of reach, what is known without it.
    """
    if request.method not in ("GET", "HEAD"):
        return _refused(request, Refusal("method_not_allowed", name=(request.method or "")[:20]))
    if not is_welcome(request):
        return _refused(request, Refusal("metrics_closed"))
    own = CollectorRegistry()
    own.register(_State(timezone.now(), request.META.get(STANDING)))
    body = generate_latest(_web()) + generate_latest(own)
    headers = {"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": PRIVATE}
    return HttpResponse(body, headers=headers)


def is_welcome(request: HttpRequest) -> bool:
    """Whether it brings METRICS_TOKEN; where there is none, whether it comes from this machine.

    What a proxy handed on does not, unless the proxy is believed (BEHIND_HTTPS) and says so.
    """
    if settings.METRICS_TOKEN:
        sent = request.headers.get("Authorization", "").encode(errors="replace")
        return hmac.compare_digest(sent, f"Bearer {settings.METRICS_TOKEN}".encode())
    handed_on = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    if handed_on and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    address = address_of(request)
    # Of IPv6 it is the network, and that of ::1 is nobody else's.
    return address is not None and (address == "::" or ip_address(address).is_loopback)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponseBase:
    return bare(told(request, refusal))


def _web() -> CollectorRegistry:
    """What the web processes counted: all of this server's where they share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    every = CollectorRegistry()
    MultiProcessCollector(every)  # type: ignore[no-untyped-call]
    return every


class _State(Collector):
    """The state of the record and the work, as it is at this moment."""

    def __init__(self, now: datetime, standing: Standing | None) -> None:
        self._now, self._standing = now, standing

    def collect(self) -> Iterator[Gauge]:
        try:
            stored = list(_stored(self._now))
        except (OperationalError, InterfaceError):
            stored = []
        yield Gauge("parley_database_up", "Whether the database answers.", bool(stored))
        yield from stored
        reach = reach_of(settings.CELERY_BROKER_URL)
        if reach != "unknown":
            yield Gauge("parley_broker_up", "Whether the broker answers.", reach == "reachable")
        if self._standing is not None:
            yield from _replica(self._standing)


def _stored(now: datetime) -> Iterator[Gauge]:
    yield Gauge("parley_ledger_number", "The newest act of the ledger.", newest_number())
    yield Gauge("parley_ledger_public_number", "The newest public act.", latest_number())
    life = heard(now=now)
    yield Gauge("parley_workers", "Workers heard of within a minute.", life.workers)
    if life.beat_age_seconds is not None:
        text = "How long ago the clock was heard of that starts what is periodic."
        yield Gauge("parley_beat_age_seconds", text, life.beat_age_seconds)
    yield from _work(now)
    yield from _readers(now)
    ended = Gauge(
        "parley_job_ended_timestamp_seconds", "When a long job ended well last.", labels=["job"]
    )
    for name, at in jobs.last_ends().items():
        ended.add_metric([name], at.timestamp())
    yield ended


def _work(now: datetime) -> Iterator[Gauge]:
    due = Gauge("parley_work_due", "Work that is due and nobody has begun.", labels=["kind"])
    age = Gauge("parley_work_age_seconds", "For how long the oldest of it is due.", labels=["kind"])
    for one in workload.workload(now=now):
        due.add_metric([one.kind], one.due)
        age.add_metric([one.kind], one.age_seconds)
    aside = Gauge("parley_work_set_aside", "Work that was set aside.", labels=["kind"])
    for kind, count in workload.set_aside().items():
        aside.add_metric([kind], count)
    yield from (due, age, aside)


def _readers(now: datetime) -> Iterator[Gauge]:
    behind = Gauge(
        "parley_reader_behind_acts", "Entries of the ledger that are unread.", labels=["reader"]
    )
    age = Gauge("parley_reader_age_seconds", "How old the first of them is.", labels=["reader"])
    for one in (workload.pieces_behind(now=now), *workload.readers(now=now)):
        if one is not None:
            behind.add_metric([one.name], one.behind)
            age.add_metric([one.name], one.age_seconds)
    yield from (behind, age)


def _replica(standing: Standing) -> Iterator[Gauge]:
    in_use = standing.state == "in_use"
    yield Gauge("parley_replica_in_use", "Whether the replica answers public reads.", in_use)
    if standing.lag_seconds is not None:
        text = "By how much the replica is behind at most."
        yield Gauge("parley_replica_lag_seconds", text, standing.lag_seconds)
