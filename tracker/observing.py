"""What is noted of every request: an id, how long it took and how it went, a line where asked for.

Counts are kept by `prometheus_client`, which adds up the processes of one web server where
PROMETHEUS_MULTIPROC_DIR is set, as `tracker.run_granian` does: each process writes to a file of its
own there, so nothing is lost with a process that is killed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import perf_counter
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Histogram

from tracker.tracing import HEADER, request_begins
from tracker.turns import CAME

Answer = Callable[[HttpRequest], HttpResponseBase]
log = logging.getLogger("tracker.access")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
SECONDS = Histogram(
    "parley_request_seconds",
    "Requests by route, method and class of status, from when they came to their first byte.",
    ["route", "method", "status"],
    buckets=_BOUNDS,
)


class Observed:
    """Outermost: notes what all others answer."""

    def __init__(self, answer: Answer) -> None:
        """Take what answers the request."""
        self._answer = answer
        # Found by what they count: `labels` would take a tenth of all that is spent here.
        self._kept: dict[tuple[str, str, int], Any] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with the id of its request."""
        meta = request.META
        came = meta.get(CAME) or perf_counter()
        own = request_begins(meta.get("HTTP_X_REQUEST_ID"))
        response = self._answer(request)
        response.headers[HEADER] = own
        found = request.resolver_match
        # Never the address: there are as many as anybody likes to ask for.
        route = found.view_name if found else "none"
        took = perf_counter() - came
        self._count(route, request.method or "", response.status_code, took)
        if log.isEnabledFor(logging.INFO):
            _tell(request, route, response.status_code, took)
        return response

    def _count(self, route: str, method: str, status: int, took: float) -> None:
        key = (route, method if method in _METHODS else "other", status // 100)
        counted = self._kept.get(key)
        if counted is None:
            counted = self._kept[key] = SECONDS.labels(route, key[1], f"{key[2]}xx")
        counted.observe(took)


def _tell(request: HttpRequest, route: str, status: int, took: float) -> None:
    """A line; what was asked for in the query is the reader's own affair."""
    told = {
        "method": request.method, "route": route, "path": request.path, "status": status,
        "duration_ms": round(took * 1000, 1),
    }  # fmt: skip
    log.info("answered", extra=told)
