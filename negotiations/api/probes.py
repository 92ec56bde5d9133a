"""Short addresses outside of the API, for probes and scrapers: /health and /metrics."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from negotiations.api.metrics import metrics
from negotiations.api.routes import gather
from negotiations.api.service import ShowHealth

_health = gather(ShowHealth)


def health(request: HttpRequest) -> HttpResponseBase:
    """The same as /api/v1/health/, which is where it is described."""
    return _health(request)


urlpatterns = [
    path("health", health, name="health"),
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("metrics/", metrics, name="metrics"),
]
